import { sql } from 'kysely'
import { type Attachment, MAX_ATTACHMENTS } from '../../../shared/desk/attachments/attachments.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { type Claim, checkContent } from '../../people/files/content.ts'
import { keepContent } from '../../people/files/keep.ts'
import { factOf } from '../rectifications/facts.ts'
import { findRectification } from '../rectifications/queries.ts'
import { refuseBeyondRoom } from './keep.ts'
import { findAttachment } from './queries.ts'

/** The rectification, if this person may add to it now. @throws Refusal not_found, forbidden, conflict */
export async function requireAttachable(
  db: Context['db'],
  user: Principal,
  id: number,
): Promise<Rectification> {
  const rectification = await findRectification(db, user.scope, id)
  if (!rectification) throw new Refusal('not_found', 'common.noSuchRectification')
  if (!may(user, 'rectification.attach', rectification)) {
    throw new Refusal('forbidden', 'attachments.mayNotAddAttachments')
  }
  if (rectification.stage === 'closed') {
    throw new Refusal('conflict', 'attachments.rectificationClosedTakesNoMore')
  }
  return rectification
}

/**
 * Adds a file to a rectification. The same content is stored once, whoever adds it.
 * @throws Refusal not_found, forbidden, conflict, invalid
 */
export async function attach(
  ctx: Context,
  user: Principal,
  rectificationId: number,
  claim: Claim,
  bytes: Buffer,
): Promise<Attachment> {
  const { name, type } = await checkContent(bytes, claim)
  const now = ctx.clock.now()
  const added = await ctx.db.transaction().execute(async (tx) => {
    const rectification = await requireRoom(tx, user, rectificationId)
    await refuseBeyondRoom(tx, user, rectificationId, now)
    const hash = await keepContent(tx, bytes)
    const { id } = await tx
      .insertInto('rectification_file')
      .values({
        rectification_id: rectificationId,
        name,
        type,
        hash,
        uploaded_by: user.id,
        uploaded_at: new Date(now),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tell(tx, user, 'attached', rectification, { id, name, hash, size: bytes.length }, now)
    const attachment = await findAttachment(tx, user.scope, id)
    if (!attachment) throw new Error(`attachment ${id} is gone in its own transaction`)
    return attachment
  })
  ctx.wake()
  return added
}

/** So that a fact carries the rectification as it is when the fact is told. */
async function lockRectification(tx: Tx, rectificationId: number): Promise<void> {
  await sql`select from rectification where id = ${rectificationId} for no key update`.execute(tx)
}

/** Locked, so that two files at once do not both become the last one. */
async function requireRoom(tx: Tx, user: Principal, rectificationId: number): Promise<Rectification> {
  await lockRectification(tx, rectificationId)
  const rectification = await requireAttachable(tx, user, rectificationId)
  const { count } = await tx
    .selectFrom('rectification_file')
    .where('rectification_id', '=', rectificationId)
    .where('hidden_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) >= MAX_ATTACHMENTS) {
    throw new Refusal('conflict', 'attachments.rectificationAttachmentsMost', {
      values: { maxAttachments: MAX_ATTACHMENTS },
    })
  }
  return rectification
}

/**
 * Hides an attachment: nobody sees it any more, but it is kept, and who hid it. One's own; those of others
 * only with the right to close a rectification by hand.
 * @throws Refusal not_found, forbidden
 */
export async function detach(ctx: Context, user: Principal, id: number): Promise<void> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute(async (tx) => {
    const attachment = await findAttachment(tx, user.scope, id)
    if (attachment) await lockRectification(tx, attachment.rectificationId)
    const rectification = attachment && (await findRectification(tx, user.scope, attachment.rectificationId))
    if (!rectification) throw new Refusal('not_found', 'attachments.noSuchAttachment')
    if (attachment.by.id !== user.id && !may(user, 'rectification.override', rectification)) {
      throw new Refusal('forbidden', 'attachments.mayOnlyRemoveAttachmentsOwn')
    }
    const { numUpdatedRows } = await tx
      .updateTable('rectification_file')
      .set({ hidden_at: new Date(now), hidden_by: user.id })
      .where('id', '=', id)
      .where('hidden_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n)
      await tell(tx, user, 'detached', rectification, { id, name: attachment.name }, now)
  })
  ctx.wake()
}

async function tell(
  tx: Tx,
  user: Principal,
  action: 'attached' | 'detached',
  rectification: Rectification,
  file: { id: number; name: string; hash?: string; size?: number },
  now: number,
): Promise<void> {
  const kind = `rectification.${action}` as const
  await recordAudit(tx, {
    at: new Date(now),
    actor: user,
    action: kind,
    entity: 'rectification',
    entityId: rectification.id,
    detail: { ...file },
  })
  await appendFacts(tx, [factOf(kind, rectification, user, file.name, now)])
}
