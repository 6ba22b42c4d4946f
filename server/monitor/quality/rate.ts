import { sql } from 'kysely'
import { addDays, localDay, startOfDay } from '../../../shared/base/time.ts'
import { inspectionRule, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  type HeldAgainst,
  heldAgainst,
  isAboveLimit,
  limitsOfRule,
  type QualityCounts,
  type QualityLimits,
  type QualityMarks,
} from '../../../shared/monitor/quality/quality-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { type ErrorRate, errorRates, IS_OF_NOW, VERSIONS } from '../inspections/error-rate.ts'
import type { MarkCount } from './hooks.ts'

/** How a rule has done over the nights of the window. */
export interface RuleRate extends QualityCounts {
  readonly rule: string
  /** Of a rule of machine inspections, as it decides now. */
  readonly version: number | null
  readonly medianS: number | null
  readonly slowestS: number | null
  readonly marks: QualityMarks & Readonly<Record<MarkCount['kind'], number>>
  readonly limits: QualityLimits
  /** Of a rule of machine inspections, which is held back while it is above its limit; null: of another. */
  readonly name: { readonly zh: string; readonly en: string } | null
  /** What decides that: as it is now of a rule of machine inspections, over the nights that are asked for of another. */
  readonly held: Held | null
  /**
   * It errs too often. A rule of machine inspections then proposes, and a person decides: whether it does is said as it is now,
   * whatever nights are asked for.
   */
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
  const rates = await errorRates(db, now)
  const rules = new Set([...counted.keys(), ...marks.keys()])
  return [...rules].sort().map((rule) => {
    const counts = counted.get(rule) ?? { rule, ...NOTHING }
    const own = marks.get(rule) ?? NO_MARKS
    const inspected = inspectionRule(rule)
    const percent = inspected && inspected.errorLimit * 100
    const limits = {
      ...limitsOfRule(rule),
      ...(percent !== undefined && { wrongPercent: percent, refusedPercent: percent }),
    }
    const held = inspected ? heldNow(rates.get(rule)) : heldThen(heldAgainst(limits, counts, own))
    return {
      ...{ ...counts, rule, version: inspected?.version ?? null, name: inspected?.name ?? null, marks: own },
      ...{ limits, held, isAbove: isAboveLimit(limits, held) },
    }
  })
}

type Held = HeldAgainst & { readonly within: number | null }

function heldNow(rate: ErrorRate | undefined): Held | null {
  if (!rate || rate.low === null) return null
  const { days, nights } = MACHINE.errors
  return { by: rate.by, low: rate.low, within: rate.by === 'refused' ? days : nights }
}

const heldThen = (held: HeldAgainst | null): Held | null => held && { ...held, within: null }

const NOTHING = { planted: 0, found: 0, clean: 0, wrong: 0, unmeasured: 0, medianS: null, slowestS: null }
const NO_MARKS = { told: 0, refused: 0, falseAlarms: 0, problems: 0, corrections: 0 }

async function countsOf(db: Db, since: string): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`
    select rule, sum(planted)::int as planted, sum(found)::int as found, sum(clean)::int as clean,
      sum(wrong)::int as wrong, sum(unmeasured)::int as unmeasured,
      (percentile_cont(0.5) within group (order by median_s))::int as "medianS", max(slowest_s)::int as "slowestS"
    from quality_night left join jsonb_to_recordset(${VERSIONS}::jsonb) as now(id text, version int) on now.id = rule
    where night >= ${since} and ${IS_OF_NOW}
    group by rule`.execute(db)
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
