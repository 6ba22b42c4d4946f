import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import { localDay } from '../../../../shared/base/time.ts'
import type { RectificationPause } from '../../../../shared/desk/rectifications/rectifications.ts'
import {
  addWorkdays,
  type Calendar,
  isProvisional,
  workdaysBetween,
} from '../../../../shared/register/workdays/workdays.ts'
import { doOneByOne } from '../../../base/aside/one-by-one.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { BUILT_IN_CALENDAR, type CalendarInForce, calendarIn } from '../../../register/workdays/calendar.ts'
import { factOf } from '../facts.ts'
import { rectificationsById } from '../queries.ts'
import { atRiskDay } from './due.ts'

/** What the term of an open rectification is reckoned from. */
interface TermRow {
  readonly id: number
  readonly site_id: number
  readonly raised_at: Date
  readonly due_on: string
  readonly at_risk_on: string | null
  readonly due_from: string | null
  readonly due_in: number | null
  readonly due_provisional: boolean
  readonly due_workdays: number
  readonly pause: RectificationPause | null
  readonly paused_workdays: number
}

/** The same term by another calendar. */
interface Rescheduled {
  readonly id: number
  readonly due_on: string
  readonly at_risk_on: string
  readonly due_in: number
  readonly due_provisional: boolean
  readonly pause: RectificationPause | null
  readonly paused_workdays: number
  /** What people see is another than before. */
  readonly isNews: boolean
  readonly before: string
}

/**
 * Reckons the due days of open rectifications again after the calendar has changed, or when the program has come to know a
 * year that was not announced: each changed day is a fact, whose text is the day that it was before. Several processes
 * may do it at once, and one that raises a rectification by the old calendar meanwhile is caught at the next look.
 * @returns how many days changed, or are no longer provisional.
 */
export async function rescheduleRectifications(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
  now: number,
): Promise<number> {
  const inForce = await calendarIn(ctx.db)
  const due = await termsToReckon(ctx.db, inForce)
  const items = due.map(({ id, site_id }) => ({ id, siteId: site_id }))
  return doOneByOne(ctx, 'rectifications', items, (ids) =>
    commitFacts(ctx, (tx) => reckonAgain(tx, ids, now)),
  )
}

async function reckonAgain(tx: Tx, ids: readonly number[], now: number): Promise<NewFact[]> {
  const by = await calendarIn(tx)
  const rows = await termsToReckon(tx, by, ids)
  const changes = rows.map((row) => rescheduled(row, by.calendar))
  await store(tx, changes, by.revision)
  const news = new Map(changes.filter(({ isNews }) => isNews).map((one) => [one.id, one.before]))
  const rectifications = await rectificationsById(tx, [...news.keys()])
  const facts = [...rectifications.values()].map((rectification) =>
    factOf('rectification.rescheduled', rectification, null, news.get(rectification.id) ?? null, now),
  )
  for (const rectification of rectifications.values()) {
    await recordAudit(tx, {
      at: new Date(now),
      actor: null,
      action: 'rectification.rescheduled',
      entity: 'rectification',
      entityId: rectification.id,
      detail: { was: news.get(rectification.id), due: rectification.dueOn },
    })
  }
  return facts
}

/** A due day that would change, and to what. */
export interface DueChange {
  readonly rectificationId: number
  readonly siteName: string
  readonly from: string
  readonly to: string
}

/** What another calendar would make of the due days of open rectifications. */
export async function wouldReschedule(db: Db, calendar: Calendar): Promise<DueChange[]> {
  const changed = (await openTerms(db))
    .map((row) => rescheduled(row, calendar))
    .filter(({ due_on, before }) => due_on !== before)
  const rectifications = await rectificationsById(
    db,
    changed.map(({ id }) => id),
  )
  return changed.map(({ id, due_on, before }) => ({
    rectificationId: id,
    siteName: rectifications.get(id)?.siteName ?? '',
    from: before,
    to: due_on,
  }))
}

/** A pause ends on a day, so that as many working days are added as lie in it by the new calendar. */
function rescheduled(row: TermRow, calendar: Calendar): Rescheduled {
  const from = row.due_from ?? localDay(row.raised_at.getTime())
  const counted = row.due_in ?? workdaysBetween(BUILT_IN_CALENDAR, from, row.due_on)
  const pause =
    row.pause && row.pause.since >= from
      ? { ...row.pause, workdays: workdaysBetween(calendar, row.pause.since, row.pause.until) }
      : row.pause
  const more = (pause?.workdays ?? 0) - (row.pause?.workdays ?? 0)
  const due = addWorkdays(calendar, from, counted + more)
  const provisional = isProvisional(calendar, from, due)
  return {
    id: row.id,
    due_on: due,
    at_risk_on: atRiskDay({ calendar }, due, row.due_workdays),
    due_in: counted + more,
    due_provisional: provisional,
    pause,
    paused_workdays: row.paused_workdays + more,
    isNews: due !== row.due_on || provisional !== row.due_provisional,
    before: row.due_on,
  }
}

const OPEN = sql`stage <> 'closed' and due_at is null`

async function openTerms(db: Db): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`select * from rectification where ${OPEN} order by id`.execute(db)
  return rows
}

/**
 * Terms by an older calendar, and provisional ones whose years are all announced by now.
 * @param locked only these, and locked.
 */
async function termsToReckon(
  db: Db,
  { calendar, revision }: CalendarInForce,
  locked?: readonly number[],
): Promise<TermRow[]> {
  const years = [...calendar.years]
  const { rows } = await sql<TermRow>`
    select * from rectification
    where ${OPEN} and (calendar_revision < ${revision} or due_provisional and not exists (
      select from generate_series(left(coalesce(due_from, due_on), 4)::int, left(due_on, 4)::int) as term(year)
      where year <> all(${years}::int[])))
    ${locked ? sql`and id = any(${locked}::int[]) order by id for update` : sql`order by id`}
  `.execute(db)
  return rows
}

/** The version moves with what people see only, so that nobody is overtaken by a day that stays. */
async function store(tx: Tx, changes: readonly Rescheduled[], revision: number): Promise<void> {
  await sql`
    update rectification set due_on = c.due_on, at_risk_on = c.at_risk_on, due_in = c.due_in,
      due_provisional = c.due_provisional, pause = c.pause, paused_workdays = c.paused_workdays,
      calendar_revision = ${revision}, version = version + c."isNews"::int
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(id int, due_on text, at_risk_on text, due_in int,
      due_provisional boolean, pause jsonb, paused_workdays int, "isNews" boolean)
    where rectification.id = c.id
  `.execute(tx)
}
