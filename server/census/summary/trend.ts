import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import type { Summary } from '../../../shared/census/summary/summary.ts'
import { QUESTIONS, RULES_OF } from '../../../shared/census/summary/summary-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { remembered } from '../../base/http/remembered.ts'
import { createTurns } from '../../base/turns.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { around } from './sheets.ts'

type Month = Summary['trend'][number]
type Sums = Omit<Month, 'month'>
type Parts = Pick<Context, 'db' | 'clock'>

/** The night's work on a day may run into the next: from then on nothing of it changes. */
const SETTLED_DAYS = 3
/** Months of places that are held: two years of each of forty. */
const MOST_HELD = 960
/** A day's sums take a second where there are 80,000 sites: one at a time, whoever asks. */
const [AT_ONCE, WAITING] = [1, 200]

const turns = createTurns(AT_ONCE, WAITING, 'common.busy')
/** What has been summed up in each database. */
const held = new WeakMap<Db, ReturnType<typeof remembered<Sums | null>>>()

function heldOf({ db, clock }: Parts) {
  const known = held.get(db) ?? remembered<Sums | null>(clock, DAY, MOST_HELD)
  held.set(db, known)
  return known
}

/**
 * At the ends of months: how many sites came out how, and against how many a rule of each question stood. What is over
 * is summed up once for all who see the same sites, and again when these are others: merged, moved, closed.
 * @throws Refusal too_many_requests where too many wait for theirs
 */
export async function trendOf(
  ctx: Parts,
  scope: Scope,
  ends: readonly { readonly month: string; readonly day: string }[],
): Promise<Summary['trend']> {
  const settled = addDays(localDay(ctx.clock.now()), -SETTLED_DAYS)
  const sites = await sitesOf(ctx.db, scope)
  const trend: Month[] = []
  for (const { month, day } of ends) {
    const make = () => turns.run('known', () => sumsOn(ctx.db, scope, day))
    const sums = await (day <= settled ? heldOf(ctx)(`${sites} ${day}`, make) : make())
    if (sums) trend.push({ month, ...sums })
  }
  return trend
}

/** Which sites somebody sees that count, as one word: others, another word. */
async function sitesOf(db: Db, scope: Scope): Promise<string> {
  const { rows } = await sql<{ sites: string }>`
    select count(*) || ':' || coalesce(sum(hashint8extended(site.id, 0)), 0) as sites from site
    where ${isThere} and ${within(scope, 'site')}`.execute(db)
  return rows[0]?.sites ?? ''
}

async function sumsOn(db: Db, scope: Scope, day: string): Promise<Sums | null> {
  const rules = QUESTIONS.flatMap((question) => RULES_OF[question].map((rule) => ({ question, rule })))
  const { rows } = await sql<Record<string, number>>`
    with s as materialized (${around(scope, day)}), stood as (
      select s.site_id, rule from s, unnest(s.vetoes) as rule
      union select s.site_id, line ->> 'rule' from s, jsonb_array_elements(s.lines) as line
        where (line ->> 'points')::float8 > 0
    ), asked as (
      select q.question, count(distinct stood.site_id)::int as n from stood
      join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as q(question text, rule text) on q.rule = stood.rule
      group by q.question
    )
    select outcome as name, count(*)::int as n from s group by outcome
    union all select question, n from asked`.execute(db)
  if (rows.length === 0) return null
  const found = new Map(rows.map(({ name, n }) => [String(name), Number(n)]))
  const of = <K extends string>(keys: readonly K[]) =>
    Object.fromEntries(keys.map((key) => [key, found.get(key) ?? 0])) as Record<K, number>
  return { outcomes: of(['passed', 'failed', 'vetoed', 'open'] as const), questions: of(QUESTIONS) }
}
