import type { AsideEntry, AsideKind } from '../../../shared/base/aside/aside.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { findAside } from '../../base/aside/queries.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { appendAside } from './facts.ts'

/**
 * Ends what is set aside: it is tried again, and comes back if it still cannot be done.
 * @throws Refusal not_found; conflict when it has ended already.
 */
export async function endAside(ctx: Context, user: Principal, id: number): Promise<AsideEntry> {
  const at = new Date(ctx.clock.now())
  const after = await ctx.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('set_aside')
      .set({ ended_at: at, ended_by: user.id })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    const entry = await findAside(tx, id)
    if (!entry) throw new Refusal('not_found', 'aside.nothingNumberSetAside')
    if (numUpdatedRows === 0n) {
      throw new Refusal('conflict', 'aside.beenSettledAlready', { current: entry })
    }
    const { kind, ref } = entry
    if (kind === 'reading' && entry.site) await visitSoon(tx, entry.site.id, at)
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'aside.ended',
      entity: 'aside',
      entityId: id,
      detail: { kind, ref },
    })
    return entry
  })
  await appendAside(ctx)
  return after
}

/** A page that could not be read is let be for a while, unless somebody asks. */
async function visitSoon(tx: Tx, siteId: number, at: Date): Promise<void> {
  await tx
    .updateTable('site_state')
    .set({ next_visit_at: at, read_again: true })
    .where('site_id', '=', siteId)
    .execute()
}

/** Ends what is set aside of a kind by its ref, if anything is: somebody wants it done again. */
export async function endAsideOf(
  tx: Tx,
  kind: AsideKind,
  ref: string,
  by: Principal,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('set_aside')
    .set({ ended_at: at, ended_by: by.id })
    .where('kind', '=', kind)
    .where('ref', '=', ref)
    .where('ended_at', 'is', null)
    .execute()
}
