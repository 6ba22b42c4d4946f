import { sql } from 'kysely'
import type { EscalationLevel } from '../../../shared/desk/alerts/alerts.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { speaksForItself } from '../alerts/incidents/alone.ts'

/*
 * Alerts that somebody must take on: open, not silenced, and not a part of an incident whose own alert speaks for it.
 */
const WAITING = (now: Date) => sql`
  (a.status = 'open' and (a.silenced_until is null or a.silenced_until <= ${now})
    and ${speaksForItself('a')})`

/** Alerts with something to do: a clock to stop, to start or to reckon by, or a step that is due. */
const TO_DO = (now: Date) => sql`
  ((a.status = 'open' or a.escalation_since is not null)
    and case when ${WAITING(now)} then a.escalation_since is null or a.escalation_for is distinct from a.severity
        or a.escalation_next_at <= ${now}
      else a.escalation_since is not null end)`

/** Alerts with something to do, in the order of their ids. */
export async function thoseToDo(db: Db, now: Date): Promise<{ id: number; siteId: number | null }[]> {
  const { rows } = await sql<{ id: number; siteId: number | null }>`
    select a.id, a.site_id as "siteId" from alert a where ${TO_DO(now)} order by a.id
  `.execute(db)
  return rows
}

/**
 * Locks those of these alerts that have something to do, in the order of their ids as everybody does who locks
 * several. Those that somebody else holds are left to the next look: what becomes of them is being decided.
 */
export async function lockThoseToDo(tx: Tx, ids: readonly number[], now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select a.id from alert a where a.id = any(${ids}::int[]) and ${TO_DO(now)}
    order by a.id for update skip locked
  `.execute(tx)
  return rows.map((row) => row.id)
}

/** The clocks of alerts that somebody has taken on stand at nothing again. */
export async function stopClocks(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  await sql`
    update alert a set escalation_since = null, escalation_for = null, escalation_next_at = null,
      escalation_level = null, escalated_at = null
    where a.id = any(${ids}::int[]) and a.escalation_since is not null and not ${WAITING(now)}
  `.execute(tx)
}

/** Clocks begin for alerts that nobody has. */
export async function startClocks(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  await sql`
    update alert a set escalation_since = ${now}
    where a.id = any(${ids}::int[]) and a.escalation_since is null and ${WAITING(now)}
  `.execute(tx)
}

/** Alerts whose next step is not reckoned, or for another severity; with since when nobody has them (epoch ms). */
export async function unreckoned(tx: Tx, ids: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; since: Date }>`
    select id, escalation_since as since from alert
    where id = any(${ids}::int[]) and escalation_since is not null and escalation_for is distinct from severity
    order by id
  `.execute(tx)
  return new Map(rows.map((row) => [row.id, row.since.getTime()]))
}

/** Alerts whose next step is due now; with since when nobody has them (epoch ms). */
export async function dueAlerts(tx: Tx, ids: readonly number[], now: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; since: Date }>`
    select id, escalation_since as since from alert
    where id = any(${ids}::int[]) and escalation_since is not null and escalation_next_at <= ${now}
    order by id
  `.execute(tx)
  return new Map(rows.map((row) => [row.id, row.since.getTime()]))
}

export interface Reckoned {
  readonly id: number
  /** Epoch ms; null: no further step. */
  readonly nextMs: number | null
  /** The level that was called just now. */
  readonly called?: EscalationLevel
}

/** Writes down when the next steps are due, and who was called. */
export async function storeSteps(tx: Tx, steps: readonly Reckoned[], now: Date): Promise<void> {
  const rows = steps.map(({ id, nextMs, called }) => ({
    id,
    next: nextMs === null ? null : new Date(nextMs).toISOString(),
    called: called ?? null,
  }))
  await sql`
    update alert a set escalation_for = a.severity, escalation_next_at = u.next,
      escalation_level = coalesce(u.called, a.escalation_level),
      escalated_at = case when u.called is null then a.escalated_at else ${now} end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as u(id int, next timestamptz, called text)
    where a.id = u.id
  `.execute(tx)
}

/** Every next step is reckoned anew at the next look. */
export async function reckonAgain(tx: Tx): Promise<void> {
  await sql`
    update alert set escalation_for = null
    where id in (select id from alert where escalation_since is not null order by id for update)
  `.execute(tx)
}
