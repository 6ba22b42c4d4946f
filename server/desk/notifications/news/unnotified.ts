import { groupBy } from '../../../../shared/base/lists/group.ts'
import { setAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import type { Unnotified } from '../delivery/careful.ts'

/** Sets aside what nobody could be notified of: one entry for a fact, however many it was for. */
export async function setUnnotifiedAside(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
  unnotified: readonly Unnotified[],
): Promise<void> {
  const entries = groupBy(unnotified, ({ fact, subscriptionId }) =>
    fact === null ? `subscription ${subscriptionId}` : String(fact.seq),
  )
  for (const [ref, ones] of entries) {
    const [{ fact, error }] = ones as [Unnotified, ...Unnotified[]]
    const subscriptions = ones.flatMap(({ subscriptionId }) => subscriptionId ?? [])
    const data = { subscriptions, calls: ones.length > subscriptions.length, kind: fact?.kind ?? null }
    await setAside(ctx, { kind: 'notice', ref, siteId: fact?.siteId ?? null, data }, error)
  }
}
