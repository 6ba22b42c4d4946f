import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { yearOf } from '../../../shared/base/time.ts'
import type { CalendarCode } from '../../../shared/people/settings/settings.ts'

/*
 * The years that the program brings. Of `chinese-days` only the data are used: its functions read a day in the time
 * zone of the process (one day off in the west), and take years that they do not know for plain Monday to Friday.
 */

/** The exceptions of one year, each in order. */
export interface YearDays {
  readonly off: readonly string[]
  readonly worked: readonly string[]
}

function byYear(): Map<number, YearDays> {
  const years = new Map<number, { off: string[]; worked: string[] }>()
  const of = (day: string) => {
    const year = yearOf(day)
    const days = years.get(year) ?? { off: [], worked: [] }
    years.set(year, days)
    return days
  }
  for (const day of Object.keys(chineseDays.holidays).sort()) of(day).off.push(day)
  for (const day of Object.keys(chineseDays.workdays).sort()) of(day).worked.push(day)
  return years
}

/** A calendar that can be chosen for the installation, as data. */
export interface BuiltIn {
  readonly years: ReadonlyMap<number, YearDays>
  /** Its years are announced one by one, and look like those of China (`check.ts`); else every year is known. */
  readonly isAnnounced: boolean
}

/** Monday to Friday, for as long as anybody reckons. */
const PLAIN: readonly number[] = Array.from({ length: 200 }, (_, n) => 1950 + n)

export const BUILT_IN: Readonly<Record<CalendarCode, BuiltIn>> = {
  china: { years: byYear(), isAnnounced: true },
  weekdays: { years: new Map(PLAIN.map((year) => [year, { off: [], worked: [] }])), isAnnounced: false },
}
const builtInYears = [...BUILT_IN.china.years.keys()]
/** The first and the last that are brought of China's. */
export const BUILT_IN_YEARS = { first: Math.min(...builtInYears), last: Math.max(...builtInYears) } as const
