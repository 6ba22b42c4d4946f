import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { Tx } from '../../base/db/database.ts'
import { recheckSoon } from '../../monitor/links/recheck.ts'
import { changeStandings, lockStanding } from '../../monitor/standing/decide.ts'
import { followAlerts, SITE_RULES } from '../alerts/follow.ts'

/** Until when (null: for good), why, and by which plan if not by hand. */
export interface Pause {
  readonly end: Date | null
  readonly reason: string
  readonly planId: number | null
}

/**
 * Pauses a site, or lets a pause that runs be another: it is not visited and nothing counts; its live alerts are
 * resolved.
 * @param actor null: a plan did it.
 * @returns the facts that tell of it, to be appended; none when it was paused already.
 */
export async function startPause(
  tx: Tx,
  actor: Person | null,
  id: number,
  { end, reason, planId }: Pause,
  now: number,
): Promise<NewFact[]> {
  const changed = await enter(tx, actor, id, 'paused', now)
  const pause = { paused_until: end, pause_reason: reason, pause_plan_id: planId }
  await tx.updateTable('site').set(pause).where('id', '=', id).execute()
  const none = SITE_RULES.map((rule) => ({
    siteId: id,
    rule,
    wanted: null,
    evidence: {},
  }))
  const resolved = (await followAlerts(tx, none, now)).map((fact) =>
    'alert' in fact.data ? ({ ...fact, data: { ...fact.data, text: reason } } as NewFact) : fact,
  )
  return [...changed, ...resolved]
}

/**
 * Ends a site's pause, by hand or by plan: it is visited at the next look.
 * @returns the facts that tell of it; none when the monitor has found it awake already.
 */
export async function endPause(tx: Tx, actor: Person | null, id: number, now: number): Promise<NewFact[]> {
  const changed = await enter(tx, actor, id, 'unknown', now)
  // What the pause resolved comes back if it is so still.
  await recheckSoon(tx, id, new Date(now))
  await tx
    .updateTable('site')
    .set({ paused_until: null, pause_reason: null, pause_plan_id: null })
    .where('id', '=', id)
    .execute()
  return changed
}

/**
 * Moves a site into or out of its pause. Its state is locked before its alerts, as the monitor does.
 * @returns no fact when it is there already.
 */
async function enter(
  tx: Tx,
  actor: Person | null,
  id: number,
  availability: 'paused' | 'unknown',
  now: number,
): Promise<NewFact[]> {
  // Before the state, so that no visit waits for an import, which holds the register as long as it takes.
  await sql`lock table site in row exclusive mode`.execute(tx)
  const row = await lockStanding(tx, id)
  if ((availability === 'paused') === (row.availability === 'paused')) return []
  if (availability === 'unknown') await visitNext(tx, id, new Date(now))
  return changeStandings(tx, [row], () => ({ availability, cause: null }), now, { actor })
}

async function visitNext(tx: Tx, id: number, at: Date): Promise<void> {
  await tx
    .updateTable('site_state')
    .set({ next_visit_at: at, read_again: true, waiting_since: null })
    .where('site_id', '=', id)
    .execute()
}
