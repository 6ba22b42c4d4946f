import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf, type RuleManner } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** How often each rule is wrong: the share of what it told that is false. */
export type ErrorRates = ReadonlyMap<string, number>

/** The rules with their versions, as JSON: what one erred in when it decided otherwise is not held against it. */
export const VERSIONS = JSON.stringify(INSPECTION_RULES.map(({ id, version }) => ({ id, version })))

/**
 * SQL for nights of a rule (`quality_night`) as it decides now (`now`, of `VERSIONS`). Nights of before versions were counted are of
 * the first; a rule of another kind has none.
 */
export const IS_OF_NOW = sql<boolean>`(
  coalesce(quality_night.version, case when now.version is not null then 1 end) is not distinct from now.version)`

/**
 * The error rates of the rules: by what people have said of their problems lately, or by what was planted, whichever is more. A rule
 * of which too little is known is not among them. What the working group refuses counts as it is; of what the others refuse, no
 * office's word counts for more than all others' together: none can hold a rule back for the whole city
 * (`docs/decisions/refusals-of-one-office.md`).
 * @param now epoch ms.
 */
export async function errorRates(db: Db | Tx, now: number): Promise<ErrorRates> {
  const { days, least } = MACHINE.errors
  const { rows } = await sql<{ rule: string; rate: number }>`
    with said as (
      select p.rule, p.state = 'refused' as is_refused, who.role in ('admin', 'workgroup') as is_group,
        concat_ws(' ', who.role, array_to_string(who.districts, ' ')) as office
      from inspection_problem p join user_account who on who.id = p.decided_by
      join jsonb_to_recordset(${VERSIONS}::jsonb) as now(id text, version int) on now.id = p.rule and now.version = p.rule_version
      where p.state <> 'open' and p.decided_at > ${new Date(now - days * DAY)}
    ), of_office as (
      select rule, is_group, count(*) as n, count(*) filter (where is_refused) as refused from said group by rule, is_group, office
    )
    select rule, (coalesce(sum(refused) filter (where is_group), 0) + least(coalesce(sum(refused) filter (where not is_group), 0),
        2 * (coalesce(sum(refused) filter (where not is_group), 0) - coalesce(max(refused) filter (where not is_group), 0)))
      )::float8 / sum(n) as rate
    from of_office group by rule having sum(n) >= ${least}
  `.execute(db)
  const rates = new Map(rows.map(({ rule, rate }) => [rule, rate]))
  for (const { rule, rate } of await plantedErrors(db, now))
    rates.set(rule, Math.max(rate, rates.get(rule) ?? 0))
  return rates
}

/** What each rule told wrongly of look-alikes that were planted on the nights of a month. */
async function plantedErrors(db: Db | Tx, now: number): Promise<{ rule: string; rate: number }[]> {
  const { nights, least } = MACHINE.errors
  const { rows } = await sql<{ rule: string; rate: number }>`
    select rule, sum(wrong)::float8 / sum(clean) as rate from quality_night
    left join jsonb_to_recordset(${VERSIONS}::jsonb) as now(id text, version int) on now.id = rule
    where night > ${addDays(localDay(now), -nights)} and ${IS_OF_NOW}
    group by rule having sum(clean) >= ${least}
  `.execute(db)
  return rows
}

/** How each rule may speak now. @param now epoch ms. */
export async function mannersNow(db: Db | Tx, now: number): Promise<ReadonlyMap<string, RuleManner>> {
  const rates = await errorRates(db, now)
  return new Map(INSPECTION_RULES.map((rule) => [rule.id, mannerOf(rule, rates.get(rule.id) ?? null)]))
}
