import { type ComputedRef, computed } from 'vue'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'

/** Working days and hours that a term may have, as the server allows them. */
export const MOST_WORKDAYS = 250
export const MOST_HOURS = 720

/** A term as the API takes it: neither is the default of the rules. */
export interface TermInput {
  readonly dueWorkdays?: number
  readonly dueHours?: number
}

/** What a number of working days leads to: a day, why there is none, or that it is still being asked for. */
export type Deadline =
  | { readonly state: 'none' | 'asking' | 'refused' }
  | { readonly state: 'known'; readonly due: string; readonly provisional: boolean }

/**
 * The last day of a term of so many Chinese working days; the calendar is the server's. An answer to another number
 * is no answer to this one.
 * @param workdays null: nothing is asked.
 * @param from undefined: today; null: not of one day, so nothing is asked.
 */
export function useDeadline(
  workdays: () => number | null,
  from: () => string | null | undefined,
): ComputedRef<Deadline> {
  const city = useCity()
  const asked = () => ({ day: from() === undefined ? city.today : from(), n: workdays() })
  const answer = useQuery(asked, async ({ day, n }) => {
    if (!day || n === null) return null
    return { day, n, ...(await call('deadlines', { query: { from: day, workdays: n } })) }
  })
  return computed(() => {
    const { day, n } = asked()
    if (!day || n === null) return { state: 'none' }
    const known = answer.data.value
    if (known && known.day === day && known.n === n) {
      return { state: 'known', due: known.due, provisional: known.provisional }
    }
    return { state: answer.isLoading.value ? 'asking' : 'refused' }
  })
}
