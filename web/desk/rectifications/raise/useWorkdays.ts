import { yearOf } from '../../../../shared/base/time.ts'
import { type Calendar, workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'

/** Working days between two days, see `shared/register/workdays/workdays.ts`; null until the calendar is there. */
export type CountWorkdays = (from: string, to: string) => number | null

let loaded: { year: number; calendar: Promise<Calendar> } | undefined

/** Once for all labels of a page, and again when the year has changed. */
function load(year: number): Promise<Calendar> {
  if (loaded?.year !== year) {
    const calendar = call('calendar').then(({ years, off, worked }) => ({
      years: new Set(years),
      off: new Set(off),
      worked: new Set(worked),
    }))
    loaded = { year, calendar }
    calendar.catch(() => {
      loaded = undefined
    })
  }
  return loaded.calendar
}

/** Counts Chinese working days by the server's calendar. */
export function useWorkdays(): CountWorkdays {
  const city = useCity()
  const calendar = useQuery(() => yearOf(city.today), load)
  return (from, to) => (calendar.data.value ? workdaysBetween(calendar.data.value, from, to) : null)
}
