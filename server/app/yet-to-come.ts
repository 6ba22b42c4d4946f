import { sql } from 'kysely'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import type { Db } from '../base/db/database.ts'
import { APART_MS } from '../base/db/line/agreed-time.ts'
import { LONGEST_AWAY_MS } from '../desk/notifications/delivery/retry.ts'

/** What one statement brings back, so that nobody waits long for a row. */
const STEP = 5_000
/** No turn of a notice is further ahead by a right clock: beats, retries and quiet hours end within a day. */
const NOTICE_WITHIN_MS = 2 * DAY
/** No turn of a site is further ahead: no interval is longer than an hour, and no server is left alone for longer. */
const TURN_WITHIN_MS = 2 * HOUR
/** Turns are brought back to so long from now, so that a nation is not due at once. */
const TURNS_SPREAD_MS = 5 * MINUTE

interface Times {
  readonly table: string
  readonly key: readonly string[]
  /** What cannot be later than `withinMs` from now. */
  readonly columns: readonly string[]
  readonly withinMs: number
  /** What is brought to now with them, since it was reckoned from them. */
  readonly beside?: readonly string[]
  /** What is ahead is brought to so long from now, to a place of its row's own. */
  readonly spreadMs?: number
  /** Members of its `state`, in epoch ms, that are such times, too. */
  readonly state?: readonly string[]
}

const TIMES: readonly Times[] = [
  {
    table: 'site_state',
    key: ['site_id'],
    columns: ['last_visit_at', 'finding_at', 'read_at', 'waiting_since'],
    withinMs: APART_MS,
  },
  {
    table: 'site_state',
    key: ['site_id'],
    columns: ['next_visit_at'],
    withinMs: TURN_WITHIN_MS,
    spreadMs: TURNS_SPREAD_MS,
  },
  {
    table: 'site_column',
    key: ['id'],
    columns: ['seen_at', 'list_read_at', 'list_tried_at', 'drawn_at', 'list_drawn_at'],
    withinMs: APART_MS,
  },
  {
    table: 'vantage_look',
    key: ['site_id', 'vantage_id'],
    columns: ['at'],
    withinMs: APART_MS,
    beside: ['fresh_until', 'next_at'],
  },
  {
    table: 'notification_group',
    key: ['subscription_id', 'place'],
    columns: ['next_at'],
    withinMs: NOTICE_WITHIN_MS,
    // By these the group goes, and `next_at` only says when to look at it.
    state: ['nextMs', 'noticedMs'],
  },
  {
    table: 'notification_channel',
    key: ['id'],
    columns: ['rest_until'],
    withinMs: LONGEST_AWAY_MS + APART_MS,
  },
  { table: 'notification_delivery', key: ['id'], columns: ['next_at'], withinMs: NOTICE_WITHIN_MS },
  { table: 'notification_delivery', key: ['id'], columns: ['tried_at', 'queued_at'], withinMs: APART_MS },
]

/**
 * Takes back the times that a clock which was ahead has left: what was read, seen or looked at "next year" would be newer than
 * everything that is found out until then, and what is to be done then would wait for it.
 * @param nowMs a time that two clocks agree on (epoch ms).
 * @returns rows brought back to it, by table; none where no time was ahead.
 */
export async function bringBack(db: Db, nowMs: number): Promise<Readonly<Record<string, number>>> {
  const brought: Record<string, number> = {}
  for (const times of TIMES) {
    const rows = await bringBackOf(db, times, nowMs)
    if (rows > 0) brought[times.table] = (brought[times.table] ?? 0) + rows
  }
  return brought
}

async function bringBackOf(db: Db, times: Times, nowMs: number): Promise<number> {
  const now = sql`${new Date(nowMs)}::timestamptz`
  const limit = sql`${new Date(nowMs + times.withinMs)}::timestamptz`
  const isAhead = sql.join(
    times.columns.map((column) => sql`${sql.ref(column)} > ${limit}`),
    sql` or `,
  )
  const key = sql.join(times.key.map((column) => sql.ref(column)))
  const [id = ''] = times.key
  const back = times.spreadMs
    ? sql`${now} + make_interval(secs => ((t.${sql.ref(id)} * 0.6180339887498949) % 1)::float8 * ${times.spreadMs / SECOND}::float8)`
    : now
  const set = sql.join([
    ...times.columns.map(
      (column) =>
        sql`${sql.ref(column)} = case when t.${sql.ref(column)} > ${limit} then ${back} else t.${sql.ref(column)} end`,
    ),
    ...(times.beside ?? []).map((column) => sql`${sql.ref(column)} = ${now}`),
    ...(times.state ? [sql`state = t.state || ${membersAhead(times.state, nowMs, times.withinMs)}`] : []),
  ])
  let rows = 0
  for (;;) {
    // In the order in which the record step takes them; whoever holds a row writes a time of its own.
    const { numAffectedRows = 0n } = await sql`
      update ${sql.table(times.table)} t set ${set}
      where (${key}) in (select ${key} from ${sql.table(times.table)} where ${isAhead} order by ${key} limit ${STEP}
        for update skip locked)
    `.execute(db)
    rows += Number(numAffectedRows)
    if (numAffectedRows < STEP) return rows
  }
}

/** The members of a `state` that are ahead, brought to now. */
const membersAhead = (names: readonly string[], nowMs: number, withinMs: number) => {
  const members = names.map(
    (name) => sql`${name}::text,
      case when (t.state->>${name}::text)::float8 > ${nowMs + withinMs}::float8 then ${nowMs}::float8 end`,
  )
  return sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(members)}))`
}
