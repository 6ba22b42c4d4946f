import { districtsOf, type Principal, unitIdsOf } from '../../people/rights/rights-rules.ts'
import type { Alert } from '../alerts/alerts.ts'

/*
 * What waits for somebody, as lists show it (of rectifications: `shared/desk/rectifications/waiting-rules.ts`);
 * `server/desk/notifications/delivery/waiting.ts` counts the same in the database. The figure of the badge and the list
 * behind it are one.
 */

/** Whose badge it is. */
export type Waiter = Pick<Principal, 'id' | 'role' | 'scope'>

/** Nobody has taken it on, and it was given to them or their unit, is of their unit's sites, or was carried up to them. */
export function alertWaitsFor(alert: Alert, { id, role, scope }: Waiter, now: number): boolean {
  const isSilenced = alert.silencedUntil !== null && Date.parse(alert.silencedUntil) > now
  if (alert.status !== 'open' || isSilenced) return false
  if (alert.incidentId !== null && alert.rule !== 'PLATFORM' && !alert.alone) return false
  // It has said that it has it in hand; above it the clock runs on.
  if (role === 'unit' && alert.informed && Date.parse(alert.informed.until) > now) return false
  const units = unitIdsOf(scope)
  if (alert.assignee) return alert.assignee.id === id
  if (alert.assignedUnit && units.includes(alert.assignedUnit.id)) return true
  if (role === 'unit') return alert.unitId !== null && units.includes(alert.unitId)
  const level = alert.escalation?.level
  if (role === 'district') return level === role && districtsOf(scope).some((one) => one === alert.district)
  return role === 'workgroup' && level === role
}
