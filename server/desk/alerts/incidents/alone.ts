import { type RawBuilder, sql } from 'kysely'

/**
 * SQL for whether an alert is part of a shared failure that lasts, and whose own alert somebody has resolved: nothing speaks
 * for it any more, so it is to be taken on by itself.
 * @param alias of `alert`
 */
export function standsAlone(alias: string): RawBuilder<boolean> {
  const incidentId = sql.ref(`${alias}.incident_id`)
  // Where the shared failure has an alert, an index says so; its parts are looked through for nothing else.
  return sql<boolean>`(${sql.ref(`${alias}.rule`)} <> 'PLATFORM' and ${incidentId} is not null
    and not exists (select from alert as whole
      where whole.incident_id = ${incidentId} and whole.rule = 'PLATFORM' and whole.status <> 'resolved')
    and ${incidentId} in (select incident.id from incident join alert as whole on whole.incident_id = incident.id
      where incident.resolved_at is null and whole.rule = 'PLATFORM' and whole.status = 'resolved'))`
}

/**
 * SQL for whether no other alert speaks for an alert: it is of no shared failure, tells of one, or stands alone in it.
 * @param alias of `alert`
 */
export const speaksForItself = (alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(`${alias}.rule`)} = 'PLATFORM' or ${sql.ref(`${alias}.incident_id`)} is null or ${standsAlone(alias)})`
