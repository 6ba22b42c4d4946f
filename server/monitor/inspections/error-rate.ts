import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf, type RuleManner } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { type QualityBound, type Rate, rateOf } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** How often a rule is wrong: the share of what it told that is false, and by what that is known. */
export interface ErrorRate extends Rate {
  readonly by: QualityBound
}
export type ErrorRates = ReadonlyMap<string, ErrorRate>

/** The rules with their versions, as JSON: what one erred in when it decided otherwise is not held against it. */
export const VERSIONS = JSON.stringify(INSPECTION_RULES.map(({ id, version }) => ({ id, version })))

/**
 * SQL for nights of a rule (`quality_night`) as it decides now (`now`, of `VERSIONS`). Nights of before versions were counted are of
 * the first; a rule of another kind has none.
 */
export const IS_OF_NOW = sql<boolean>`(
  coalesce(quality_night.version, case when now.version is not null then 1 end) is not distinct from now.version)`

/**
 * The error rates of the rules: by what people have said of their problems lately, or by what was planted, whichever is certain to be
 * more. A rule of which too little is known is not among them. What the working group says counts as it is; of what the others refuse
 * and confirm, no office's word counts for more than all others' together: none can hold a rule back for the whole city, nor keep it
 * telling (`docs/decisions/refusals-of-one-office.md`).
 * @param now epoch ms.
 */
export async function errorRates(db: Db | Tx, now: number): Promise<ErrorRates> {
  const { days, least } = MACHINE.errors
  const { rows } = await sql<Counted>`
    with said as (
      select p.rule, p.state = 'refused' as is_refused, who.role in ('admin', 'workgroup') as is_group,
        concat_ws(' ', who.role, array_to_string(who.districts, ' ')) as office
      from inspection_problem p join user_account who on who.id = p.decided_by
      join jsonb_to_recordset(${VERSIONS}::jsonb) as now(id text, version int) on now.id = p.rule and now.version = p.rule_version
      where p.state <> 'open' and p.decided_at > ${new Date(now - days * DAY)}
    ), of_office as (
      select rule, is_group, count(*) as n, count(*) filter (where is_refused) as refused from said group by rule, is_group, office
    ), weighed as (
      select rule, n, refused,
        case when is_group then n else least(n, sum(n) over (partition by rule, is_group) - n) end as weight
      from of_office
    )
    select rule, sum(weight)::float8 as of, sum(refused * weight / n)::float8 as wrong
    from weighed group by rule having sum(weight) >= ${least}
  `.execute(db)
  const rates = new Map(rows.map((row) => [row.rule, errorRate('refused', row)]))
  for (const row of await plantedErrors(db, now)) {
    const [said, planted] = [rates.get(row.rule), errorRate('wrong', row)]
    if (!said || (planted.low ?? 0) > (said.low ?? 0)) rates.set(row.rule, planted)
  }
  return rates
}

interface Counted {
  readonly rule: string
  readonly of: number
  readonly wrong: number
}

const errorRate = (by: QualityBound, { wrong, of }: Counted): ErrorRate => ({ by, ...rateOf(wrong, of) })

/** What each rule told wrongly of look-alikes that were planted on the nights of a month. */
async function plantedErrors(db: Db | Tx, now: number): Promise<Counted[]> {
  const { nights, least } = MACHINE.errors
  const { rows } = await sql<Counted>`
    select rule, sum(clean)::float8 as of, sum(wrong)::float8 as wrong from quality_night
    left join jsonb_to_recordset(${VERSIONS}::jsonb) as now(id text, version int) on now.id = rule
    where night > ${addDays(localDay(now), -nights)} and ${IS_OF_NOW}
    group by rule having sum(clean) >= ${least}
  `.execute(db)
  return rows
}

/** How each rule may speak now. @param now epoch ms. */
export async function mannersNow(db: Db | Tx, now: number): Promise<ReadonlyMap<string, RuleManner>> {
  const rates = await errorRates(db, now)
  return new Map(INSPECTION_RULES.map((rule) => [rule.id, mannerOf(rule, rates.get(rule.id)?.low ?? null)]))
}
