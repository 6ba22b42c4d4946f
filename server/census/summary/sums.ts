import { type Selectable, sql } from 'kysely'
import type { SHEET_OUTCOMES } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { QUESTIONS, type Question, RULES_OF } from '../../../shared/census/summary/summary-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { sqlState } from '../../base/db/failure.ts'
import { createTurns } from '../../base/turns.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { latestOf } from './sheets.ts'
import type { SheetSumTable } from './tables.ts'

/** The sites of a district that somebody sees and that count. */
export interface Place {
  readonly district: string
  readonly sites: number
  /** Which sites these are, as one word: others, another word. */
  readonly word: string
}

/** The sums of a day in a district. */
export type Sums = Omit<Selectable<SheetSumTable>, 'sites'>
/** How many sites came out how, and against how many a rule of each question stood. */
export type Totals = Record<(typeof SHEET_OUTCOMES)[number] | Question, number>

type OfDay = Totals & { readonly day: string }

/** A day takes two seconds where there are 80,000 sites: one at a time, whoever asks. */
const [AT_ONCE, WAITING] = [1, 200]
const turns = createTurns(AT_ONCE, WAITING, 'common.busy')

/**
 * Who keeps sheets waits while a day is summed up, and for as long as that waits for other sheets: for less than the limit that
 * any lock is waited for, both together.
 */
const [WAITS_MS, TAKES_MS] = [3_000, 15_000]
const TOO_LONG = new Set(['57014', '55P03'])

/** The districts in which somebody sees sites, in the order of the administration. */
export async function placesOf(db: Db, scope: Scope): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select site.district, count(*)::int as sites, count(*) || ':' || sum(hashint8extended(site.id, 0)) as word
    from site join district on district.code = site.district
    where ${isThere} and ${within(scope, 'site')}
    group by site.district, district.position order by district.position`.execute(db)
  return rows
}

/**
 * The sums of days by district. A district is summed up once for all who see it, and again when its sites are others (merged,
 * moved, closed) or sheets were kept since; what single units see is summed up once for each `places`.
 * @param places all that `scope` sees.
 * @throws Refusal too_many_requests where too many wait for theirs
 */
export async function sumsOf(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  days: readonly string[],
): Promise<Sums[]> {
  if (scope.kind === 'unit') return ofUnits(db, scope, places, days)
  return summedUp(db, scope, places, days, async (from, asked) => {
    const { rows } = await sql<Sums>`
      select * from (
        select s.*, count(*) over (partition by s.day) as found from ${known(places)} where s.day = any(${asked}::text[])
      ) s where found = ${places.length}`.execute(from)
    return rows
  })
}

/** The same of all districts together, by day; days without a sheet are left out. */
export async function totalsOf(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  days: readonly string[],
): Promise<Map<string, Totals>> {
  if (scope.kind === 'unit') return totalled(await ofUnits(db, scope, places, days))
  const found = await summedUp<OfDay>(db, scope, places, days, async (from, asked) => {
    const { rows } = await sql<OfDay>`
      select s.day, ${sql.join(COUNTS.map((count) => sql`sum(${sql.ref(`s.${count}`)})::int as ${sql.ref(count)}`))}
      from ${known(places)} where s.day = any(${asked}::text[])
      group by s.day having count(*) = ${places.length}`.execute(from)
    return rows
  })
  return totalled(found)
}

const OUTCOMES = ['passed', 'failed', 'vetoed', 'open'] as const
const COUNTS = [...OUTCOMES, ...QUESTIONS]

function totalled(rows: readonly OfDay[]): Map<string, Totals> {
  const totals = new Map<string, Totals>()
  for (const row of rows) {
    const before = totals.get(row.day)
    const sums = COUNTS.map((count) => [count, (before?.[count] ?? 0) + row[count]])
    totals.set(row.day, Object.fromEntries(sums) as Totals)
  }
  for (const [day, sums] of totals) {
    if (OUTCOMES.every((outcome) => sums[outcome] === 0)) totals.delete(day)
  }
  return totals
}

/** SQL for places that are given. */
const given = (places: readonly Place[]) => sql`unnest(${places.map(({ district }) => district)}::text[],
  ${places.map(({ word }) => word)}::text[]) as place(district, sites)`

/** SQL for what is known of places whose sites are still those that were summed up. */
const known = (places: readonly Place[]) =>
  sql`${given(places)} join sheet_sum s on s.district = place.district and s.sites = place.sites`

/** Reads what is known of days on which it is known of all places, at one moment: others are left out. */
type Read<Row> = (from: Db | Tx, days: string[]) => Promise<Row[]>

/** What `read` finds of these days, the newest first, after it is summed up where it is not known yet. */
async function summedUp<Row extends { readonly day: string }>(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  days: readonly string[],
  read: Read<Row>,
): Promise<(Row | Sums)[]> {
  if (places.length === 0) return []
  const all: (Row | Sums)[] = await read(db, [...days])
  const found = new Set(all.map(({ day }) => day))
  const lacking = [...new Set(days)].filter((day) => !found.has(day))
  for (const day of lacking.sort().reverse()) {
    const rows = await turns.run('known', async () => {
      const kept = await sumUp(db, scope, places, day, read)
      return kept.length > 0 ? kept : justSummed(db, scope, places, day)
    })
    all.push(...rows)
  }
  return all
}

/** Sums up a day for good, and reads it before anybody can keep sheets again; nothing where that would hold them up for too long. */
async function sumUp<Row>(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  day: string,
  read: Read<Row>,
): Promise<Row[]> {
  const work = async (tx: Tx) => {
    // Another process may be summing up the same.
    await sql`select pg_advisory_xact_lock(hashtext('sheet sums'))`.execute(tx)
    await sql`select set_config('statement_timeout', ${String(TAKES_MS)}, true),
      set_config('lock_timeout', ${String(WAITS_MS)}, true)`.execute(tx)
    // Sheets that are being kept are waited for, and others are not begun: what is summed up is what stands there afterwards.
    await sql`lock table sheet in share mode`.execute(tx)
    // Somebody else may have done it meanwhile.
    const some = await unknownOn(tx, places, day)
    if (some.length > 0) await store(tx, scope, some, day)
    return read(tx, [day])
  }
  try {
    return await db.transaction().execute(work)
  } catch (error) {
    if (TOO_LONG.has(sqlState(error) ?? '')) return []
    throw error
  }
}

async function unknownOn(tx: Tx, places: readonly Place[], day: string): Promise<Place[]> {
  const { rows } = await sql<{ district: string }>`
    select s.district from ${known(places)} where s.day = ${day}`.execute(tx)
  const found = new Set(rows.map(({ district }) => district))
  return places.filter(({ district }) => !found.has(district))
}

async function store(tx: Tx, scope: Scope, places: readonly Place[], day: string): Promise<void> {
  await sql`
    insert into sheet_sum (day, district, sites, ${sql.join(COUNTS.map((count) => sql.ref(count)))}, more)
    select * from (${sums(scope, places, day)}) found
    on conflict (day, district) do update set sites = excluded.sites, more = excluded.more,
      ${sql.join(COUNTS.map((count) => sql`${sql.ref(count)} = ${sql.ref(`excluded.${count}`)}`))}`.execute(
    tx,
  )
}

/** What was summed up for the places of one request, by day. */
const ofPlaces = new WeakMap<readonly Place[], Map<string, Sums[]>>()

async function ofUnits(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  days: readonly string[],
): Promise<Sums[]> {
  const found = ofPlaces.get(places) ?? new Map<string, Sums[]>()
  ofPlaces.set(places, found)
  for (const day of days) {
    if (!found.has(day)) found.set(day, await turns.run('known', () => justSummed(db, scope, places, day)))
  }
  return [...new Set(days)].flatMap((day) => found.get(day) ?? [])
}

async function justSummed(db: Db, scope: Scope, places: readonly Place[], day: string): Promise<Sums[]> {
  return (await sums(scope, places, day).execute(db)).rows
}

/** SQL for the sums of places on a day, as columns of the table. */
function sums(scope: Scope, places: readonly Place[], day: string) {
  const districts = places.map(({ district }) => district)
  const asked = QUESTIONS.flatMap((question) => RULES_OF[question].map((rule) => ({ question, rule })))
  const of = (outcome: string) =>
    sql`(count(*) filter (where outcome = ${outcome}))::int as ${sql.ref(outcome)}`
  const about = (question: string) =>
    sql`(count(distinct site_id) filter (where question = ${question}))::int as ${sql.ref(question)}`
  const ten = (n: number) =>
    sql`count(*) filter (where score is not null and greatest(0, least(9, floor(score / 10))) = ${n}::int)`
  return sql<Sums>`
    with latest as materialized (
      ${latestOf(scope, day, sql`and site.district = any(${districts}::text[])`)}
    ), s as materialized (
      select latest.district, sheet.site_id, sheet.outcome, sheet.score, sheet.vetoes, sheet.lines from latest
      join sheet on sheet.site_id = latest.site_id and sheet.edition = latest.edition and sheet.from_day = latest.from_day
    ), line as materialized (
      select s.district, s.site_id, l.rule, l.points
      from s, jsonb_to_recordset(s.lines) as l(rule text, points float8) where l.points <> 0
    ), veto as materialized (
      select s.district, s.site_id, rule from s, unnest(s.vetoes) as rule
    ), came as (
      select district, ${sql.join(OUTCOMES.map(of))},
        jsonb_build_array(${sql.join(Array.from({ length: 10 }, (_, n) => ten(n)))}) as tens
      from s group by district
    ), stood as (
      select st.district, ${sql.join(QUESTIONS.map(about))}
      from (select district, site_id, rule from line where points > 0 union all select district, site_id, rule from veto) st
      join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as q(question text, rule text) on q.rule = st.rule
      group by st.district
    ), vetoed as (
      select district, jsonb_object_agg(rule, n) as vetoes
      from (select district, rule, count(*)::int as n from veto group by district, rule) v group by district
    ), lost as (
      select district, jsonb_object_agg(rule, points) as lost
      from (select district, rule, sum(points) as points from line group by district, rule) l group by district
    )
    select ${day}::text as day, place.district, place.sites,
      ${sql.join(COUNTS.map((count) => sql`coalesce(${sql.ref(count)}, 0) as ${sql.ref(count)}`))},
      jsonb_build_object('tens', coalesce(tens, '[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]'), 'vetoes', coalesce(vetoes, '{}'),
        'lost', coalesce(lost, '{}')) as more
    from ${given(places)} left join came using (district) left join stood using (district)
      left join vetoed using (district) left join lost using (district)`
}
