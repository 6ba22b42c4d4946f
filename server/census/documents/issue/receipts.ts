import type { Document } from '../../../../shared/census/documents/documents.ts'
import { type Principal, unitIdsOf } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { refuseBeyondQuota } from '../../../base/facts/quota.ts'
import { Refusal } from '../../../base/refusal.ts'
import { toDocument } from '../queries.ts'
import { requireDocument } from '../service.ts'
import { tell } from './told.ts'

/** Notes that somebody of a unit that was told has opened it; once more changes nothing. @throws Refusal not_found */
export async function openDocument(ctx: Context, user: Principal, id: number): Promise<Document> {
  return ctx.db.transaction().execute(async (tx) => {
    await requireDocument(tx, user, id)
    await tx
      .updateTable('document_receipt')
      .set({ opened_at: new Date(ctx.clock.now()), opened_by: user.id })
      .where('document_id', '=', id)
      .where('unit_id', 'in', [0, ...unitIdsOf(user.scope)])
      .where('opened_at', 'is', null)
      .execute()
    return toDocument(tx, await requireDocument(tx, user, id), user)
  })
}

/** What a unit says to a document that it was told of; the last word stands. @throws Refusal not_found, forbidden, too_many_requests */
export async function replyDocument(
  ctx: Context,
  user: Principal,
  id: number,
  { text }: { text: string },
): Promise<Document> {
  const after = await ctx.db.transaction().execute(async (tx) => {
    await requireDocument(tx, user, id)
    await refuseBeyondQuota(tx, user, ctx, { kinds: ['document.replied'], reason: 'facts.saidTooMuchOneDay' })
    const at = new Date(ctx.clock.now())
    const { numUpdatedRows } = await tx
      .updateTable('document_receipt')
      .set((eb) => ({
        ...{ reply: text, replied_at: at, replied_by: user.id },
        opened_at: eb.fn.coalesce('opened_at', eb.val(at)),
        opened_by: eb.fn.coalesce('opened_by', eb.val(user.id)),
      }))
      .where('document_id', '=', id)
      .where('unit_id', 'in', [0, ...unitIdsOf(user.scope)])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal('forbidden', 'documents.notTold')
    return tell(ctx, tx, user, id, 'document.replied', text)
  })
  ctx.wake()
  return after
}
