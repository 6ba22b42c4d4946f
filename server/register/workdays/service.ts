import { sql } from 'kysely'
import type { z } from 'zod'
import { localDay, yearOf } from '../../../shared/base/time.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { CalendarCode } from '../../../shared/people/settings/settings.ts'
import type {
  CalendarCheck,
  CalendarReport,
  CalendarVersion,
  CalendarYear,
  calendarCheckInput,
  calendarYears,
  loadYearInput,
  YearInput,
} from '../../../shared/register/workdays/calendar.ts'
import { type Calendar, KNOWABLE_YEARS } from '../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { BUILT_IN, type YearDays } from './builtin.ts'
import { calendarWith, type LoadedYears, loadedYears } from './calendar.ts'
import { differencesOf, problemsOf, workdaysIn } from './check.ts'
import { readFile } from './read.ts'

declare module '../../base/context.ts' {
  interface After {
    /** Another calendar is in force; what was reckoned by the old one is reckoned anew. `now`: epoch ms. */
    calendarChanged(ctx: Context, now: number): Promise<void>
    /** What that would do. */
    calendarWouldChange(db: Db, calendar: Calendar): Promise<CalendarReport['changes']>
  }
}

interface LastRow {
  readonly year: number
  readonly version: number
  readonly off: string[] | null
  readonly worked: string[] | null
  readonly source: string
  readonly note: string
  readonly loaded_by: number
  readonly loaded_name: string
  readonly loaded_at: Date
}

/** The last change of each year that anybody has changed. */
async function lastRows(db: Db): Promise<Map<number, LastRow>> {
  const { rows } = await sql<LastRow>`
    select distinct on (year) c.*, u.name as loaded_name from calendar_year c join user_account u on u.id = c.loaded_by
    order by year, version desc`.execute(db)
  return new Map(rows.map((row) => [row.year, row]))
}

/**
 * The years from last year to as far ahead as days are reckoned, and those that somebody has loaded; how many rectifications
 * wait for one; and all changes.
 */
export async function listYears(db: Db, now: number): Promise<z.output<typeof calendarYears>> {
  const thisYear = yearOf(localDay(now))
  const rows = await lastRows(db)
  const { chosen } = await loadedYears(db)
  const shown = Array.from({ length: KNOWABLE_YEARS + 2 }, (_, n) => thisYear - 1 + n)
  const years = [...new Set([...shown, ...rows.keys()])].sort((a, b) => a - b)
  const { rows: waiting } = await sql<{ count: number }>`
    select count(*)::int as count from rectification where stage <> 'closed' and due_provisional`.execute(db)
  return {
    years: years.map((year) => toYear(year, rows.get(year), chosen)),
    provisional: waiting[0]?.count ?? 0,
    versions: await versionsOf(db),
  }
}

async function versionsOf(db: Db): Promise<CalendarVersion[]> {
  const { rows } = await sql<Omit<LastRow, 'off' | 'worked'>>`
    select c.year, c.version, c.source, c.note, c.loaded_by, c.loaded_at, u.name as loaded_name
    from calendar_year c join user_account u on u.id = c.loaded_by order by c.id desc`.execute(db)
  return rows.map(({ year, version, source, note, loaded_by, loaded_name, loaded_at }) => ({
    year,
    version,
    source: source as CalendarVersion['source'],
    note,
    by: { id: loaded_by, name: loaded_name },
    at: loaded_at.toISOString(),
  }))
}

function toYear(year: number, row: LastRow | undefined, chosen: CalendarCode): CalendarYear {
  const loaded = row?.off && row.worked ? { off: row.off, worked: row.worked } : null
  const builtIn = BUILT_IN[chosen].years.get(year)
  const days = loaded ?? builtIn
  const none = { chosen, years: new Map() }
  const calendar = withYear(none, year, days)
  return {
    year,
    announced: days !== undefined,
    source: loaded && row ? (row.source as CalendarYear['source']) : builtIn ? 'builtIn' : null,
    version: row?.version ?? 0,
    loadedBy: row ? { id: row.loaded_by, name: row.loaded_name } : null,
    loadedAt: row?.loaded_at.toISOString() ?? null,
    note: row?.note ?? '',
    off: [...(days?.off ?? [])],
    worked: [...(days?.worked ?? [])],
    workdays: workdaysIn(calendar, year),
    different: loaded && builtIn ? differencesOf(year, calendar, withYear(none, year, builtIn)).length : 0,
  }
}

type Base = Pick<LoadedYears, 'chosen' | 'years'>

function withYear({ chosen, years }: Base, year: number, days: YearDays | undefined) {
  return calendarWith(days ? new Map([...years, [year, days]]) : years, chosen)
}

/** A dry run of a file or of the days of a form: what it says, what is wrong with it, and what it would change. */
export async function checkCalendar(
  ctx: Context,
  input: z.output<typeof calendarCheckInput>,
): Promise<CalendarCheck> {
  if ('year' in input) return { source: 'form', unreadable: [], reports: [await report(ctx, input)] }
  const { source, days, unreadable } = readFile(input.text)
  const years = new Map<number, { off: Set<string>; worked: Set<string> }>()
  for (const { day, isOff } of days) {
    const year = yearOf(day)
    const of = years.get(year) ?? { off: new Set(), worked: new Set() }
    years.set(year, of)
    of[isOff ? 'off' : 'worked'].add(day)
  }
  const reports: CalendarReport[] = []
  for (const [year, { off, worked }] of [...years].sort(([a], [b]) => a - b)) {
    reports.push(await report(ctx, { year, off: [...off], worked: [...worked] }))
  }
  return { source, unreadable: [...unreadable], reports }
}

async function report(ctx: Context, { year, off, worked }: YearInput): Promise<CalendarReport> {
  const days = tidy({ off, worked })
  const base = await loadedYears(ctx.db)
  const { chosen } = base
  const calendar = withYear(base, year, days)
  const builtIn = BUILT_IN[chosen].years.get(year)
  const inForce = base.years.get(year)
  const other = builtIn ?? inForce
  const problems = problemsOf(year, days, BUILT_IN[chosen].isAnnounced)
  const isWrong = problems.some(({ level }) => level === 'error')
  return {
    year,
    ...days,
    workdays: workdaysIn(calendar, year),
    problems,
    against: builtIn ? 'builtIn' : inForce ? 'inForce' : null,
    differences: other
      ? differencesOf(year, calendar, withYear({ chosen, years: new Map() }, year, other))
      : [],
    changes: isWrong ? [] : await ctx.after.calendarWouldChange(ctx.db, calendar),
    version: (await lastRows(ctx.db)).get(year)?.version ?? 0,
  }
}

/** Each once, in order. */
function tidy({ off, worked }: YearDays): { off: string[]; worked: string[] } {
  return { off: [...new Set(off)].sort(), worked: [...new Set(worked)].sort() }
}

/**
 * Loads a year in place of what is in force for it, and reckons again whatever rests on it: due days of rectifications at once,
 * the steps of escalations at their next look.
 * @throws Refusal invalid, when it is not plausible; conflict, when somebody else has changed it.
 */
export async function loadYear(
  ctx: Context,
  user: User,
  year: number,
  input: z.output<typeof loadYearInput>,
): Promise<CalendarYear> {
  const days = tidy(input)
  const { chosen } = await loadedYears(ctx.db)
  const wrong = problemsOf(year, days, BUILT_IN[chosen].isAnnounced).filter(({ level }) => level === 'error')
  if (wrong.length > 0) {
    throw new Refusal('invalid', 'workdays.calendarNotPlausible', {
      issues: wrong.map(({ code, days: which }) => ({ path: code, message: which.join(', ') || code })),
    })
  }
  const { version, source, note } = input
  return change(ctx, user, { year, version, source, note, days })
}

/** Takes back what was loaded for a year, so that what the program brings counts again. @throws Refusal conflict */
export function withdrawYear(ctx: Context, user: User, year: number, version: number): Promise<CalendarYear> {
  return change(ctx, user, { year, version, source: 'withdrawn', note: '', days: null })
}

interface Change {
  readonly year: number
  readonly version: number
  readonly source: string
  readonly note: string
  readonly days: { off: string[]; worked: string[] } | null
}

async function change(ctx: Context, user: User, what: Change): Promise<CalendarYear> {
  const now = ctx.clock.now()
  await ctx.db.transaction().execute((tx) => store(tx, user, what, now))
  await ctx.after.calendarChanged(ctx, now)
  const { chosen } = await loadedYears(ctx.db)
  return toYear(what.year, (await lastRows(ctx.db)).get(what.year), chosen)
}

async function store(
  tx: Tx,
  user: User,
  { year, version, source, note, days }: Change,
  now: number,
): Promise<void> {
  const added = await tx
    .insertInto('calendar_year')
    .values({
      year,
      version: version + 1,
      off: days && JSON.stringify(days.off),
      worked: days && JSON.stringify(days.worked),
      source,
      note,
      loaded_by: user.id,
      loaded_at: new Date(now),
    })
    .onConflict((on) => on.columns(['year', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const before = (await lastRows(tx)).get(year)?.version ?? 0
  if (!added || before !== version + 1) {
    throw new Refusal('conflict', 'workdays.yearBeenChangedMeanwhile')
  }
  await recordAudit(tx, {
    at: new Date(now),
    actor: user,
    action: days ? 'calendar.loaded' : 'calendar.withdrawn',
    entity: 'calendar',
    entityId: year,
    detail: { version: version + 1, source, note, ...days },
  })
}
