import { call } from '../call.ts'
import { useCity } from '../city/store.ts'
import { type Remote, useRemote } from '../ui/useRemote.ts'

/** The last day of a term of so many Chinese working days from today; the calendar is the server's. */
export function useDeadline(workdays: () => number): Remote<{ due: string }> {
  const city = useCity()
  return useRemote(
    () => ({ from: city.today, workdays: workdays() }),
    (query) =>
      Number.isInteger(query.workdays) && query.workdays >= 1 && query.workdays <= 250
        ? call('deadlines', { query })
        : null,
  )
}
