import { sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf, type RuleManner } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** How often each rule is wrong: the share of what it told that is false. */
export type ErrorRates = ReadonlyMap<string, number>

/**
 * The error rates of the rules: by what people have said of their problems lately, or by what was planted, whichever is more. A rule
 * of which too little is known is not among them.
 * @param now epoch ms.
 */
export async function errorRates(db: Db | Tx, now: number): Promise<ErrorRates> {
  const { days, least } = MACHINE.errors
  const { rows } = await sql<{ rule: string; rate: number }>`
    select rule, (count(*) filter (where state = 'refused'))::float8 / count(*) as rate from inspection_problem
    where state <> 'open' and decided_at > ${new Date(now - days * DAY)}
    group by rule having count(*) >= ${least}
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
    where night > ${addDays(localDay(now), -nights)} group by rule having sum(clean) >= ${least}
  `.execute(db)
  return rows
}

/** How each rule may speak now. @param now epoch ms. */
export async function mannersNow(db: Db | Tx, now: number): Promise<ReadonlyMap<string, RuleManner>> {
  const rates = await errorRates(db, now)
  return new Map(INSPECTION_RULES.map((rule) => [rule.id, mannerOf(rule, rates.get(rule.id) ?? null)]))
}
