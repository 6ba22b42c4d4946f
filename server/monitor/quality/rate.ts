import { sql } from 'kysely'
import { addDays, localDay, startOfDay } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  isAboveLimit,
  limitsOfRule,
  QUALITY,
  type QualityCounts,
  type QualityLimits,
  type QualityMarks,
} from '../../../shared/monitor/quality/quality-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { remembered } from '../../base/http/remembered.ts'
import type { MarkCount } from './hooks.ts'

/** How a rule has done over the nights of the window. */
export interface RuleRate extends QualityCounts {
  readonly rule: string
  readonly medianS: number | null
  readonly slowestS: number | null
  readonly marks: QualityMarks & Readonly<Record<MarkCount['kind'], number>>
  readonly limits: QualityLimits
  /** Of a rule of machine inspections, which is held back while it is above its limit; null: of another. */
  readonly name: { readonly zh: string; readonly en: string } | null
  /** It errs too often to tell anybody: it proposes, and a person decides. */
  readonly isAbove: boolean
}

type Row = QualityCounts & Pick<RuleRate, 'rule' | 'medianS' | 'slowestS'>

/** How every rule has done that was measured, or that people corrected, in the `nights` to today. */
export async function ratesOf(
  { db, after }: Pick<Context, 'db' | 'after'>,
  nights: number,
  now: number,
): Promise<RuleRate[]> {
  const today = localDay(now)
  const since = addDays(today, 1 - nights)
  const [counted, marks] = [
    await countsOf(db, since),
    await marksOf({ db, after }, new Date(startOfDay(since)), new Date(now)),
  ]
  const rules = new Set([...counted.keys(), ...marks.keys()])
  return [...rules].sort().map((rule) => {
    const counts = counted.get(rule) ?? { rule, ...NOTHING }
    const own = marks.get(rule) ?? NO_MARKS
    return {
      ...counts,
      rule,
      name: inspectionRule(rule)?.name ?? null,
      marks: own,
      limits: limitsOfRule(rule),
      isAbove: isAboveLimit(rule, counts, own),
    }
  })
}

const NOTHING = { planted: 0, found: 0, clean: 0, wrong: 0, unmeasured: 0, medianS: null, slowestS: null }
const NO_MARKS = { told: 0, refused: 0, falseAlarms: 0, problems: 0, corrections: 0 }

async function countsOf(db: Db, since: string): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`
    select rule, sum(planted)::int as planted, sum(found)::int as found, sum(clean)::int as clean,
      sum(wrong)::int as wrong, sum(unmeasured)::int as unmeasured,
      (percentile_cont(0.5) within group (order by median_s))::int as "medianS", max(slowest_s)::int as "slowestS"
    from quality_night where night >= ${since} group by rule`.execute(db)
  return new Map(rows.map((row) => [row.rule, row]))
}

async function marksOf(
  { db, after }: Pick<Context, 'db' | 'after'>,
  from: Date,
  to: Date,
): Promise<Map<string, RuleRate['marks']>> {
  const marks = new Map<string, RuleRate['marks']>()
  for (const { rule, told, refused, kind } of [
    ...(await after.markedByPeople(db, from, to)),
    ...(await corrected(db, from, to)),
    ...(await judgedProblems(db, from, to)),
  ]) {
    const before = marks.get(rule) ?? NO_MARKS
    const sums = { told: before.told + told, refused: before.refused + refused }
    marks.set(rule, { ...before, ...sums, [kind]: before[kind] + refused })
  }
  return marks
}

/** Sites of which a person said another newest day than the monitor had found. */
async function corrected(db: Db, from: Date, to: Date): Promise<MarkCount[]> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from site_said
    where said_at >= ${from} and said_at < ${to} and updated_on is distinct from machine_newest`.execute(db)
  const n = rows[0]?.n ?? 0
  return n === 0 ? [] : [{ rule: 'V2', told: n, refused: n, kind: 'corrections' }]
}

/** Problems of machine inspections that people judged: so many of each rule, and those of them that they refused. */
async function judgedProblems(db: Db, from: Date, to: Date): Promise<MarkCount[]> {
  const { rows } = await sql<Omit<MarkCount, 'kind'>>`
    select rule, count(*)::int as told, (count(*) filter (where state = 'refused'))::int as refused
    from inspection_problem where state <> 'open' and decided_at >= ${from} and decided_at < ${to} group by rule`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, kind: 'problems' }))
}

/** What was counted is the same all day; people mark at any time. */
const FRESH_MS = 600_000
const remember = new WeakMap<Db, (make: () => Promise<RuleRate[]>) => Promise<RuleRate[]>>()

/**
 * How often a rule errs, over the nights of the window; null: nothing was measured of it yet, and nobody has corrected it. What is
 * `isAbove` proposes only. It is asked for each problem, and counted every ten minutes.
 */
export async function errorRateOf(
  ctx: Pick<Context, 'db' | 'after' | 'clock'>,
  rule: string,
): Promise<RuleRate | null> {
  let held = remember.get(ctx.db)
  if (!held) {
    const rates = remembered<RuleRate[]>(ctx.clock, FRESH_MS, 1)
    held = (make) => rates('', make)
    remember.set(ctx.db, held)
  }
  const all = await held(() => ratesOf(ctx, QUALITY.window.nights, ctx.clock.now()))
  return all.find((one) => one.rule === rule) ?? null
}
