import { z } from 'zod'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'

/** Where the days of a year come from: brought by the program, or loaded from a form or a file of this kind. */
export const CALENDAR_SOURCES = ['builtIn', 'form', 'csv', 'json', 'ics', 'withdrawn'] as const
export const calendarSource = z.enum(CALENDAR_SOURCES)

const day = z.iso.date()
const days = z.array(day).max(366)
/** A year's exceptions from Monday to Friday: days off (weekends among them are allowed), and weekends worked. */
export const yearDays = z.object({ year: z.int().min(2004).max(2100), off: days, worked: days })
export type YearInput = z.infer<typeof yearDays>

/** A year of the calendar as it is in force. */
export const calendarYear = z.object({
  year: z.int(),
  /** False: not announced yet, counted as ordinary weekdays. */
  announced: z.boolean(),
  source: calendarSource.nullable(),
  /** The last change of it; 0: nobody has loaded it. */
  version: z.int(),
  loadedBy: person.nullable(),
  loadedAt: z.iso.datetime().nullable(),
  note: z.string(),
  off: z.array(day),
  worked: z.array(day),
  /** Days that are worked in all. */
  workdays: z.int(),
  /** Days that differ from what the program brings, where it brings the year. */
  different: z.int(),
})
export type CalendarYear = z.infer<typeof calendarYear>

/** Each change of a year that was ever made. */
export const calendarVersion = z.object({
  year: z.int(),
  version: z.int(),
  source: calendarSource,
  note: z.string(),
  by: person,
  at: z.iso.datetime(),
})
export type CalendarVersion = z.infer<typeof calendarVersion>

/** `provisional`: open rectifications whose due day waits for a year to be announced. `versions`: the latest change first. */
export const calendarYears = z.object({
  years: z.array(calendarYear),
  provisional: z.int(),
  versions: z.array(calendarVersion),
})

/** What is wrong (it cannot be loaded) or strange (somebody should look again), as a code and the days concerned. */
export const CALENDAR_PROBLEMS = [
  'noYear',
  'otherYear',
  'both',
  'workedWeekday',
  'tooFewOff',
  'tooManyOff',
  'tooManyWorked',
  'workdays',
  'noSpringFestival',
  'missingHoliday',
  'longRun',
  'unreadable',
] as const
export const calendarProblem = z.object({
  level: z.enum(['error', 'warning']),
  code: z.enum(CALENDAR_PROBLEMS),
  days: z.array(z.string()),
})
export type CalendarProblem = z.infer<typeof calendarProblem>

export const dayKind = z.enum(['off', 'worked'])
/** How a day is worked by what is loaded, and by what it is held against. */
export const dayDifference = z.object({ day, loaded: dayKind, other: dayKind })

export const dueChange = z.object({ rectificationId: z.int(), siteName: z.string(), from: day, to: day })

/** A dry run: what loading a year would mean. */
export const calendarReport = yearDays.extend({
  workdays: z.int(),
  problems: z.array(calendarProblem),
  /** What it was held against: what the program brings, what is in force, or nothing. */
  against: z.enum(['builtIn', 'inForce']).nullable(),
  differences: z.array(dayDifference),
  /** Due days of open rectifications that would change. */
  changes: z.array(dueChange),
  /** Version that it would replace. */
  version: z.int(),
})
export type CalendarReport = z.infer<typeof calendarReport>

/** A file (its text and name), or the days of a form. */
export const calendarCheckInput = z.union([
  z.object({ text: z.string().min(1).max(500_000), name: z.string().max(200) }),
  yearDays,
])
export const calendarCheck = z.object({
  source: calendarSource,
  /** Lines or entries that cannot be read; nothing can be loaded then. */
  unreadable: z.array(z.string()),
  reports: z.array(calendarReport),
})
export type CalendarCheck = z.infer<typeof calendarCheck>

export const loadYearInput = z.object({
  version: z.int().nonnegative(),
  off: days,
  worked: days,
  source: calendarSource.extract(['form', 'csv', 'json', 'ics']),
  /** Such as the number of the notice that announces it. */
  note: sentText.max(200).default(''),
})
export const withdrawYearInput = z.object({ version: z.int().positive() })
