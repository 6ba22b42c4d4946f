import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf, type RuleManner } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'

/** How often each rule is wrong: the share of what it told that is false. */
export type ErrorRates = ReadonlyMap<string, number>

/**
 * The error rates of the rules by what people have said of their problems lately. A rule of which too little was said is not
 * among them.
 * @param now epoch ms.
 */
export async function errorRates(db: Db | Tx, now: number): Promise<ErrorRates> {
  const { days, least } = MACHINE.errors
  const { rows } = await sql<{ rule: string; rate: number }>`
    select rule, (count(*) filter (where state = 'refused'))::float8 / count(*) as rate from inspection_problem
    where state <> 'open' and decided_at > ${new Date(now - days * DAY)}
    group by rule having count(*) >= ${least}
  `.execute(db)
  return new Map(rows.map(({ rule, rate }) => [rule, rate]))
}

/** How each rule may speak now. @param now epoch ms. */
export async function mannersNow(db: Db | Tx, now: number): Promise<ReadonlyMap<string, RuleManner>> {
  const rates = await errorRates(db, now)
  return new Map(INSPECTION_RULES.map((rule) => [rule.id, mannerOf(rule, rates.get(rule.id) ?? null)]))
}
