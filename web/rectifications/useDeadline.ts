import { call } from '../call.ts'
import { useCity } from '../city/store.ts'
import { type Remote, useRemote } from '../ui/useRemote.ts'

/**
 * The last day of a term of so many Chinese working days; the calendar is the server's.
 * @param from undefined: today; null: not of one day, so nothing is asked.
 */
export function useDeadline(
  workdays: () => number,
  from: () => string | null | undefined,
): Remote<{ due: string }> {
  const city = useCity()
  return useRemote(
    () => ({ day: from() === undefined ? city.today : from(), workdays: workdays() }),
    ({ day, workdays: n }) =>
      day && Number.isInteger(n) && n >= 1 && n <= 250
        ? call('deadlines', { query: { from: day, workdays: n } })
        : null,
  )
}
