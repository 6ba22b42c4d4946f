import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

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
    const year = Number(day.slice(0, 4))
    const days = years.get(year) ?? { off: [], worked: [] }
    years.set(year, days)
    return days
  }
  for (const day of Object.keys(chineseDays.holidays).sort()) of(day).off.push(day)
  for (const day of Object.keys(chineseDays.workdays).sort()) of(day).worked.push(day)
  return years
}

export const BUILT_IN: ReadonlyMap<number, YearDays> = byYear()
const builtInYears = [...BUILT_IN.keys()]
/** The first and the last of them. */
export const BUILT_IN_YEARS = { first: Math.min(...builtInYears), last: Math.max(...builtInYears) } as const
