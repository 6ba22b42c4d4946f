import { setAside } from '../../../base/aside/set-aside.ts'
import type { Context } from '../../../base/context.ts'
import type { Untold } from '../channels/careful.ts'

/** Sets aside what could not be told: one entry for a fact, however many it was for. */
export async function setUntoldAside(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake'>,
  untold: readonly Untold[],
): Promise<void> {
  const entries = new Map<string, Untold[]>()
  for (const one of untold) {
    const ref = one.fact === null ? `subscription ${one.subscriptionId}` : String(one.fact.seq)
    entries.set(ref, [...(entries.get(ref) ?? []), one])
  }
  for (const [ref, ones] of entries) {
    const [{ fact, error }] = ones as [Untold, ...Untold[]]
    const subscriptions = ones.flatMap(({ subscriptionId }) => subscriptionId ?? [])
    const data = { subscriptions, calls: ones.length > subscriptions.length, kind: fact?.kind ?? null }
    await setAside(ctx, { kind: 'notice', ref, siteId: fact?.siteId ?? null, data }, error)
  }
}
