import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type {
  AlertEvidence,
  IncidentKind,
  OutageKind,
  Severity,
} from '../../../../shared/desk/alerts/alerts.ts'
import { weighed } from '../../../../shared/desk/alerts/importance.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import type { Tx } from '../../../base/db/database.ts'
import { factOf } from '../facts.ts'
import { alertsById } from '../queries.ts'
import { MIN_SITES } from './incident-cause.ts'

/** An incident of so many sites is critical. */
const MANY_SITES = 10

export interface Incident {
  readonly id: number
  readonly kind: IncidentKind
  readonly key: string
  readonly openedMs: number
  readonly changedMs: number
}

/** One of sites that are down together. */
export interface Outage extends Incident {
  readonly kind: OutageKind
}

export interface Size {
  /** Sites that were part of it, and those that still are down. */
  readonly sites: number
  readonly down: number
  /** The commonest cause. */
  readonly cause: string | null
  /** Of those that were part of it, the level that counts for most. */
  readonly level: Level | null
  /** How grave it is, where that does not go by how many there are. */
  readonly severity?: Severity
  /** What is said of a source instead of its key. */
  readonly told?: Pick<AlertEvidence, 'key' | 'name'>
}

/** The one alert of an incident: opened with it, told of again when sites come or go, resolved when it is over. */
export async function followIncident(
  tx: Tx,
  { id, kind, key }: Incident,
  { level, severity: given, told, ...size }: Size,
  isOver: boolean,
  now: number,
): Promise<NewFact[]> {
  const evidence: AlertEvidence = { kind, key, ...size, ...told }
  const severity = weighed(given ?? (size.sites >= MANY_SITES ? 'critical' : 'major'), level)
  const last = await tx
    .selectFrom('alert')
    .select(['id', 'status', 'evidence'])
    .select(sql<Severity>`coalesce(monitor_severity, severity)`.as('severity'))
    .where('incident_id', '=', id)
    .where('rule', '=', 'PLATFORM')
    .forUpdate()
    .executeTakeFirst()
  if (!last) return isOver ? [] : openAlert(tx, id, severity, evidence, now)
  const isBack = !isOver && last.status === 'resolved' && isWave(last.evidence, size.down)
  if (last.status === 'resolved' && !isBack) {
    if (!isOver) await keepLeast(tx, last, size.down)
    return []
  }
  const isSame = last.evidence.sites === size.sites && last.evidence.down === size.down
  if (isSame && !isOver && !isBack) return []
  const isWorse = !isOver && severity === 'critical' && last.severity !== 'critical'
  await tx
    .updateTable('alert')
    .set({
      evidence: JSON.stringify(isOver ? { ...evidence, down: 0 } : evidence),
      ...(isOver && { status: 'resolved', resolved_at: new Date(now), resolved_by: null }),
      ...(isBack && { recurrences: sql`recurrences + 1`, opened_at: new Date(now), resolved_at: null }),
      ...((isWorse || isBack) && { ...UNACKNOWLEDGED, resolved_by: null, severity, monitor_severity: null }),
      ...(isBack && { false_alarm: null }),
    })
    .set({ version: sql`version + 1` })
    .where('id', '=', last.id)
    .execute()
  const kinds = {
    over: 'alert.resolved',
    back: 'alert.reopened',
    worse: 'alert.raised',
    other: 'alert.grouped',
  } as const
  const fact = kinds[isOver ? 'over' : isBack ? 'back' : isWorse ? 'worse' : 'other']
  const alert = (await alertsById(tx, [last.id])).get(last.id)
  return alert ? [factOf(fact, alert, null, null, now)] : []
}

/** Whether an alert that was resolved by hand is back, by what was told: it speaks for its parts again. */
export const cameBack = (told: readonly NewFact[]): boolean =>
  told.some(({ kind }) => kind === 'alert.reopened')

/**
 * Whether one that was resolved by hand comes back: further sites fail, or so many of those that had recovered fail
 * again as would be an incident. One site that comes and goes is none.
 */
function isWave({ down: before = 0, least = before }: AlertEvidence, down: number): boolean {
  return down > before || down - least >= MIN_SITES
}

/** Of one that was resolved by hand: how far its sites have recovered since. Nobody is told. */
async function keepLeast(
  tx: Tx,
  { id, evidence }: { id: number; evidence: AlertEvidence },
  down: number,
): Promise<void> {
  if (down >= (evidence.least ?? evidence.down ?? 0)) return
  await tx
    .updateTable('alert')
    .set({ evidence: JSON.stringify({ ...evidence, least: down }) })
    .where('id', '=', id)
    .execute()
}

const UNACKNOWLEDGED = {
  status: 'open',
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_until: null,
  note: null,
  forgotten_by: null,
  forgotten_at: null,
} as const

async function openAlert(
  tx: Tx,
  incidentId: number,
  severity: Severity,
  evidence: AlertEvidence,
  now: number,
): Promise<NewFact[]> {
  const { id } = await tx
    .insertInto('alert')
    .values({
      site_id: null,
      incident_id: incidentId,
      rule: 'PLATFORM',
      severity,
      status: 'open',
      opened_at: new Date(now),
      recurrences: 0,
      evidence: JSON.stringify(evidence),
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const alert = (await alertsById(tx, [id])).get(id)
  return alert ? [factOf('alert.opened', alert, null, null, now)] : []
}
