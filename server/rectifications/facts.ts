import type { NewFact, RectificationFactKind } from '../../shared/facts.ts'
import type { Rectification } from '../../shared/rectifications.ts'
import type { Person } from '../../shared/users.ts'

/**
 * The fact that something was done to a fix.
 * @param fix as it is after that; changed in this transaction.
 * @param actor null for the monitor.
 * @param text note or reason; for the monitor's own, the code of its result.
 */
export function factOf(
  kind: RectificationFactKind,
  fix: Rectification,
  actor: Person | null,
  text: string | null,
  now: number,
): NewFact {
  return {
    at: new Date(now).toISOString(),
    kind,
    siteId: fix.siteId,
    district: fix.district,
    actor: actor && { id: actor.id, name: actor.name },
    data: { rectification: fix, text },
  }
}
