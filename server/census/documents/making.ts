import { sql } from 'kysely'
import type { Asked } from '../../../shared/census/documents/documents.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { Refusal } from '../../base/refusal.ts'
import { languageFor } from '../../base/words/offered.ts'
import { inBoth } from '../../base/words/refusals.ts'
import { say } from '../../base/words/say.ts'
import { notify } from '../../desk/notices/notify.ts'
import { findById, scopeOf } from '../../people/accounts/queries.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { requireRound } from '../rounds/service.ts'
import { type Claim, claimDocument, keepPart, takeFromGone } from './claim.ts'
import { hashOf, makeData } from './data/make.ts'
import { placeOf } from './paper/place.ts'
import './tables.ts'

export const MAKE_QUEUE = queue('documents.make')
/** A nation's takes minutes; a job that takes longer than this is begun anew. */
export const MOST_SECONDS = 30 * 60
const BROKEN_QUEUE = queue('documents.broken')

/** How many sites a document is made of; of what no site is counted in, one. */
export async function sizeOf(db: Db, { kind, district, siteId, roundId }: Asked): Promise<number> {
  const counts =
    kind === 'register' || kind === 'ranking' || (kind === 'deep-report' && roundId === undefined)
  if (siteId !== undefined || !counts) return 1
  let query = db.selectFrom('site').select(sql<number>`count(*)::int`.as('n'))
  if (district !== undefined) query = query.where('district', '=', district)
  return (await query.executeTakeFirstOrThrow()).n
}

/** Makes large documents, once for all processes; what was broken off is begun anew within minutes, at a start at once. */
export async function startMakeWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work<{ id: number }>(MAKE_QUEUE, 1, ({ id }) => makeWaiting(ctx, id))
  await jobs.work(BROKEN_QUEUE, 1, () => beginAnew(ctx, jobs))
  await jobs.every('* * * * *', BROKEN_QUEUE)
  await beginAnew(ctx, jobs)
}

/** Has documents made whose maker was killed, or cut off, or never began, small ones too. */
export async function beginAnew(ctx: Context, jobs: Pick<Jobs, 'send'>): Promise<void> {
  for (const id of await takeFromGone(ctx, MOST_SECONDS * 1_000)) {
    ctx.log.warn({ id }, 'a document was broken off, or never begun, and is begun anew')
    await jobs.send(MAKE_QUEUE, { id }, { withinS: MOST_SECONDS })
  }
}

/**
 * Makes one that waits, and tells whoever asked for it. One that is made already, or by somebody else, or gone, is left.
 * @throws Error where whoever drafted it has no account any more: it stays so, is set aside and begun by nobody's clock
 */
export async function makeWaiting(ctx: Context, id: number): Promise<void> {
  const row = await ctx.db
    .selectFrom('document')
    .select(['drafted_by', 'data_hash'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.data_hash !== null) return
  const account = await findById(ctx.db, row.drafted_by)
  if (!account) {
    const claim = await claimDocument(ctx, id)
    await claim?.end(true)
    throw new Error(inBoth({ reason: 'documents.drafterGone', values: {} }))
  }
  const { id: userId, name, role } = account
  if (!(await makeNow(ctx, id, { id: userId, name, role, scope: scopeOf(account) }))) return
  const { title } = await ctx.db
    .selectFrom('document')
    .select('title')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await ctx.db.transaction().execute(async (tx) => {
    const things = [
      { text: { word: 'papers.told.thing', values: { title } } as const, path: `/documents/${id}` },
    ]
    const reason = { word: 'papers.told.ready' } as const
    await notify(tx, { recipients: [account.id], about: { things }, reason }, ctx.clock.now())
  })
  ctx.wake()
}

/**
 * Fills a document that is not made yet with what it says.
 * @returns false: somebody else makes it, or has made it
 * @throws Refusal as its kind has it
 */
export async function makeNow(ctx: Context, id: number, user: Principal): Promise<boolean> {
  const claim = await claimDocument(ctx, id)
  if (!claim) return false
  let isMade = false
  try {
    await fillClaimed(ctx, claim, user)
    isMade = true
  } finally {
    await claim.end(!isMade)
  }
  return true
}

async function fillClaimed(ctx: Context, claim: Claim, user: Principal): Promise<void> {
  const { db } = ctx
  const { id, maker } = claim
  const { asked, total } = await db
    .selectFrom('document')
    .select(['asked', 'total'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const round = asked.roundId === undefined ? null : await requireRound(ctx, db, user, asked.roundId)
  const told = async (done: number) => {
    await db.updateTable('document').set({ done }).where('id', '=', id).execute()
  }
  const data = await makeData(
    { ctx, db, user, asked, round },
    {
      // One that is made at once is followed by nobody.
      told: total > 1 ? told : async () => {},
      keep: async (part, rows, done) => {
        await keepPart(ctx, claim, part, rows)
        await told(done)
      },
    },
  )
  const language = languageFor()
  const values = { place: placeOf(data, language), ...data.window, number: data.round?.number ?? '' }
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('document')
      .set({
        data: JSON.stringify(data),
        data_hash: hashOf(data),
        title: say({ word: `papers.title.${asked.kind}`, values }, language),
      })
      .set((eb) => ({ done: eb.ref('total'), maker: null, seen_at: null }))
      .where('id', '=', id)
      .where('maker', '=', maker)
      .where('data_hash', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal('conflict', 'documents.changedMeanwhile')
    const at = new Date(ctx.clock.now())
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'document.made',
      entity: 'document',
      entityId: id,
      detail: { ...asked },
    })
  })
}
