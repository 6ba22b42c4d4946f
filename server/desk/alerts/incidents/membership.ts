import { sql } from 'kysely'
import { covers, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { Prepared } from '../commands/prepared.ts'

export interface MergeCommand {
  readonly action: 'merge'
  readonly incidentId: number
}
export interface SplitCommand {
  readonly action: 'split'
  readonly note?: string | undefined
}

/** Makes outages part of an incident by hand. @throws Refusal invalid, when there is no such live incident. */
export async function prepareMerge(
  tx: Tx,
  user: Principal,
  alertIds: readonly number[],
  { incidentId }: MergeCommand,
): Promise<Prepared> {
  const live = await tx
    .selectFrom('incident')
    .select('id')
    .where('id', '=', incidentId)
    .where('kind', '<>', 'source')
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  if (!live || !covers(user.scope, { district: null, unitId: null })) {
    throw new Refusal('invalid', 'incidents.noSuchIncident')
  }
  await lockWithIncidents(tx, alertIds, [incidentId])
  const set = { incident_id: incidentId, apart_from: null }
  return {
    action: 'merge',
    kind: 'alert.merged',
    text: null,
    set: () => set,
    incidentIds: [incidentId],
    refuse(alert) {
      if (alert.rule !== 'DOWN') {
        return new Refusal('invalid', 'incidents.onlyOutagesPartIncident')
      }
      return alert.incidentId ? new Refusal('invalid', 'incidents.alertPartIncidentAlready') : null
    },
  }
}

/** Takes outages out of their incident; the monitor does not put them back into it. */
export async function prepareSplit(
  tx: Tx,
  alertIds: readonly number[],
  { note }: SplitCommand,
): Promise<Prepared> {
  const rows = await tx
    .selectFrom('alert')
    .select('incident_id')
    .distinct()
    .where(sql<boolean>`id = any(${alertIds}::int[])`)
    .where('incident_id', 'is not', null)
    .execute()
  const incidentIds = rows.flatMap((row) => row.incident_id ?? [])
  await lockWithIncidents(tx, alertIds, incidentIds)
  const set = { incident_id: null, apart_from: sql<number>`incident_id` }
  return {
    action: 'split',
    kind: 'alert.split',
    text: note || null,
    set: () => set,
    incidentIds,
    refuse: (alert) =>
      alert.rule === 'DOWN' && alert.incidentId
        ? null
        : new Refusal('invalid', 'incidents.alertPartNoIncident'),
  }
}

/** The alerts that tell of incidents change with their members, so they are locked with them, in the order of ids. */
async function lockWithIncidents(
  tx: Tx,
  alertIds: readonly number[],
  incidentIds: readonly number[],
): Promise<void> {
  await sql`
    select id from alert
    where id = any(${alertIds}::int[]) or (rule = 'PLATFORM' and incident_id = any(${incidentIds}::int[]))
    order by id for update`.execute(tx)
}
