import { type RawBuilder, sql } from 'kysely'
import { DAY, localDay } from '../../../shared/base/time.ts'
import {
  HANDOVER_AHEAD_MS,
  type HandoverLine,
  type HandoverSummary,
  MAX_HANDOVER_LINES,
} from '../../../shared/desk/duty/duty.ts'
import type { NoteWritten } from '../../../shared/desk/notebook/facts.ts'
import { WORKING_STAGES } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Db } from '../../base/db/database.ts'

type Part = HandoverSummary['open']

/** What is going on at a desk (null: the city's, which sees all) at `now`, to be handed over. */
export async function summaryOf(db: Db, district: string | null, now: number): Promise<HandoverSummary> {
  const at = new Date(now)
  const ahead = new Date(now + HANDOVER_AHEAD_MS)
  const isHere = district === null ? sql`true` : sql`site.district = ${district}`
  const isHeard = sql`(silenced_until is null or silenced_until <= ${at})`
  return {
    open: await alerts(db, sql`status = 'open' and ${isHeard} and ${isHere}`, sql`opened_at`),
    runningOut: await alerts(
      db,
      sql`status = 'acknowledged' and acknowledged_until <= ${ahead} and ${isHeard} and ${isHere}`,
      sql`acknowledged_until`,
    ),
    dueToday: await rectifications(db, isHere, localDay(now)),
    silenced: await alerts(
      db,
      sql`status <> 'resolved' and silenced_until > ${at} and ${isHere}`,
      sql`silenced_until`,
    ),
    log: await logOf(db, district, at),
  }
}

/** What people did at a desk since it was handed over last, or in the last day, and their notes. */
async function logOf(db: Db, district: string | null, at: Date): Promise<HandoverSummary['log']> {
  const last = await db
    .selectFrom('duty_handover')
    .select((eb) => eb.fn.max('at').as('at'))
    .where(sql<boolean>`district is not distinct from ${district}`)
    .executeTakeFirst()
  const since = new Date(Math.max(last?.at?.getTime() ?? 0, at.getTime() - DAY))
  const during = sql<boolean>`(at > ${since} and at <= ${at} and actor_id is not null
    and (${district}::text is null or district = ${district}))`
  const { steps } = await db
    .selectFrom('fact')
    .select(sql<number>`(count(*) filter (where kind <> 'note.written'))::int`.as('steps'))
    .where(during)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('fact')
    .select(['seq', 'actor_name', 'data'])
    .where(during)
    .where('kind', '=', sql.lit('note.written'))
    .orderBy('seq', 'desc')
    .limit(MAX_HANDOVER_LINES)
    .execute()
  const notes = rows.map(({ seq, actor_name: by, data }) => {
    const { text, moment, about } = data as NoteWritten['data']
    return { seq, by: by ?? '', moment, about: about.name, text: text ?? '' }
  })
  return { since: since.toISOString(), steps, notes }
}

/** Alerts that are so, the first by `at` first; of those that nobody has, the severe before the others. */
async function alerts(db: Db, condition: RawBuilder<unknown>, at: RawBuilder<unknown>): Promise<Part> {
  const { rows } = await sql<{
    id: number
    name: string | null
    rule: string
    who: string | null
    at: Date
    total: number
  }>`
    select alert.id, coalesce(site.name, alert.evidence ->> 'key') as name, rule,
      coalesce(assignee.name, assigned.name, acknowledger.name) as who, ${at} as at, (count(*) over ())::int as total
    from alert
      left join site on site.id = alert.site_id
      left join user_account as assignee on assignee.id = assignee_id
      left join unit as assigned on assigned.id = assigned_unit_id
      left join user_account as acknowledger on acknowledger.id = acknowledged_by
    where ${condition}
    order by array_position('{critical,major,minor}', severity), ${at}, alert.id
    limit ${MAX_HANDOVER_LINES}
  `.execute(db)
  return {
    total: rows[0]?.total ?? 0,
    lines: rows.map(({ id, name, rule, who, at: when }): HandoverLine => {
      return { kind: 'alert', id, name, rules: [rule], who, at: when.toISOString() }
    }),
  }
}

/** Rectifications that somebody has to see to today: due, or late already. */
async function rectifications(db: Db, isHere: RawBuilder<unknown>, today: string): Promise<Part> {
  const { rows } = await sql<{
    id: number
    name: string
    rules: string[]
    who: string
    due_on: string
    total: number
  }>`
    select rectification.id, site.name, coalesce(assignee.name, unit.name) as who, due_on,
      array(select distinct alert.rule from rectification_alert
        join alert on alert.id = alert_id where rectification_id = rectification.id order by 1) as rules,
      (count(*) over ())::int as total
    from rectification
      join site on site.id = rectification.site_id
      join unit on unit.id = rectification.unit_id
      left join user_account as assignee on assignee.id = rectification.assignee_id
    where stage = any(${WORKING_STAGES}::text[]) and due_on <= ${today}
      and coalesce(pause ->> 'until', '') < ${today} and ${isHere}
    order by due_on, rectification.id
    limit ${MAX_HANDOVER_LINES}
  `.execute(db)
  return {
    total: rows[0]?.total ?? 0,
    lines: rows.map(({ id, name, rules, who, due_on }): HandoverLine => {
      return { kind: 'rectification', id, name, rules, who, at: due_on }
    }),
  }
}
