import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { carryOut, notFound, type SeenAlert } from '../alerts/service.ts'
import { say } from './service.ts'

/**
 * Resolves an alert as false. Of V2 that is a person's finding as well, by which the site is judged from then on.
 * @throws Refusal invalid, not_found, forbidden, conflict
 */
export async function markFalseAlarm(
  ctx: Context,
  user: Principal,
  seen: SeenAlert,
  mark: { reason: string; updatedOn?: string | undefined },
): Promise<Alert> {
  const now = ctx.clock.now()
  const alert = await ctx.db.transaction().execute(async (tx) => {
    // As the monitor does: the state of a site is locked before its alerts.
    await lockJudged(tx, seen.id)
    const { outcomes, facts } = await carryOut(tx, user, [seen], { action: 'falseAlarm', ...mark }, now)
    const [outcome] = outcomes
    if (!outcome || 'refusal' in outcome) throw outcome?.refusal ?? notFound()
    await appendFacts(tx, [...facts, ...(await sayDate(tx, user, outcome.alert, mark, now))])
    return outcome.alert
  })
  ctx.wake()
  return alert
}

async function lockJudged(tx: Tx, alertId: number): Promise<void> {
  await sql`
    select site_id from site_state
    where site_id = (select site_id from alert where id = ${alertId} and rule = 'V2') for update`.execute(tx)
}

async function sayDate(
  tx: Tx,
  user: Principal,
  { rule, siteId }: Alert,
  { reason, updatedOn }: { reason: string; updatedOn?: string | undefined },
  now: number,
): Promise<NewFact[]> {
  if (rule !== 'V2' || siteId === null || updatedOn === undefined) return []
  const facts = await say(tx, user, siteId, { updatedOn, note: reason }, now)
  if (facts.some((fact) => fact.kind === 'alert.reopened')) {
    throw new Refusal('invalid', 'alerts.dateSiteStillStale')
  }
  return facts
}
