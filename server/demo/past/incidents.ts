import { sql } from 'kysely'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Tx } from '../../base/db/database.ts'
import type { DemoSite } from '../cast/register.ts'
import type { PastAlert } from './alerts.ts'

/** Sites of one platform that fail within this fail together. */
const TOGETHER_MS = 3 * MINUTE
/** Fewer are no failure of a platform. */
const MIN_SITES = 5

/** A failure of a platform, with the alerts of the sites that it took down. */
interface PastIncident {
  readonly platform: string
  readonly openedMs: number
  readonly alerts: readonly PastAlert[]
}

/**
 * Gathers the outages of the past that sites of a platform had together into incidents, as the monitor does: each with the alerts
 * of its sites, which name it from then on. Numbers are given here, so that alerts can be stored with them.
 */
export function groupIncidents(
  alerts: readonly PastAlert[],
  sites: readonly { readonly id: number; readonly demo: DemoSite }[],
): PastIncident[] {
  const platformOf = new Map(sites.map(({ id, demo }) => [id, demo.platform]))
  const down = alerts
    .filter(({ alert }) => alert.rule === 'DOWN' && (platformOf.get(alert.siteId ?? 0) ?? null) !== null)
    .sort((a, b) => Date.parse(a.alert.openedAt) - Date.parse(b.alert.openedAt))
  const open = new Map<string, { openedMs: number; alerts: PastAlert[] }>()
  const found: PastIncident[] = []
  for (const past of down) {
    const platform = platformOf.get(past.alert.siteId ?? 0) ?? ''
    const openedMs = Date.parse(past.alert.openedAt)
    const running = open.get(platform)
    if (running && openedMs - running.openedMs <= TOGETHER_MS) running.alerts.push(past)
    else {
      const begun = { openedMs, alerts: [past] }
      open.set(platform, begun)
      found.push({ platform, ...begun })
    }
  }
  return found.filter(
    (one) => one.alerts.length >= MIN_SITES && one.alerts.every(({ alert }) => alert.resolvedAt !== null),
  )
}

/** Has the alerts name their incident, from the first fact on, and stores them. Alerts have been stored before. */
export async function storeIncidents(tx: Tx, incidents: readonly PastIncident[]): Promise<void> {
  const rows = incidents.map(({ platform, openedMs, alerts }, at) => ({
    ...{ id: at + 1, platform, opened: new Date(openedMs).toISOString() },
    resolved: alerts
      .map(({ alert }) => alert.resolvedAt ?? '')
      .sort()
      .at(-1),
    alerts: alerts.map(({ alert }) => alert.id),
  }))
  if (rows.length === 0) return
  await sql`
    insert into incident (id, kind, key, opened_at, changed_at, resolved_at)
    select id, 'platform', platform, opened, resolved, resolved
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id int, platform text, opened timestamptz, resolved timestamptz)
  `.execute(tx)
  await sql`
    update alert set incident_id = p.id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id int, alerts jsonb)
    where p.alerts @> to_jsonb(alert.id)
  `.execute(tx)
  await sql`select setval(pg_get_serial_sequence('incident', 'id'), ${rows.length + 1}, false)`.execute(tx)
}

/** What is told of an alert of an incident names it. @param incidents in the order in which they are stored */
export function nameIncidents(incidents: readonly PastIncident[]): void {
  for (const [at, { alerts }] of incidents.entries()) {
    for (const past of alerts) {
      past.alert = { ...past.alert, incidentId: at + 1 }
      for (const fact of past.facts) {
        if ('alert' in fact.data)
          fact.data = { ...fact.data, alert: { ...fact.data.alert, incidentId: at + 1 } }
      }
    }
  }
}
