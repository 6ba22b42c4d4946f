import { unitIdsOf } from '../../people/rights/rights-rules.ts'
import type { Waiter } from '../notifications/waiting-rules.ts'
import type { Rectification } from './rectifications.ts'
import { isCheckedByPerson, isPaused, WORKING_STAGES } from './rectifications-rules.ts'

/** The next step is theirs or their unit's: it is to be mended, or what they raised themselves is to be looked at. */
export function rectificationWaitsFor(
  rectification: Rectification,
  { id, role, scope }: Waiter,
  now: number,
): boolean {
  const { stage, assignee, unitId, raisedBy } = rectification
  if (stage === 'submitted' || stage === 'verifying')
    return isCheckedByPerson(rectification) && raisedBy?.id === id
  if (!WORKING_STAGES.some((one) => one === stage) || isPaused(rectification, now)) return false
  return assignee ? assignee.id === id : role === 'unit' && unitIdsOf(scope).includes(unitId)
}
