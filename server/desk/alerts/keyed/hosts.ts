import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { clearedHosts } from '../../../monitor/inspections/outbound/queries.ts'
import { refusedHosts, toldHosts } from '../../../monitor/inspections/telling.ts'
import type { HostTrouble } from '../../../monitor/outbound/looks/follow.ts'
import { followKeyedAlerts, type KeyedChange } from '../follow.ts'
import { keyedRule } from './rules.ts'

/**
 * An alert for each host that has gone bad, whoever links to it, as far as the rule for them may tell now; one that was told stays while
 * the host is bad, also when the rule may tell no more, unless people have refused it on every site. What a person has called a false
 * alarm, or who judges for the whole city has refused on some site, stays so as long as the host is what that person saw.
 * @returns the facts; the caller appends them.
 */
export async function followHostAlerts(
  tx: Tx,
  hosts: readonly HostTrouble[],
  now: number,
): Promise<NewFact[]> {
  const bad = hosts.flatMap(({ host, outbound }) => (outbound ? [{ host, print: outbound.print }] : []))
  const cleared = bad.length === 0 ? new Set<string>() : await clearedBy(tx, bad)
  for (const host of await clearedHosts(tx, bad)) cleared.add(host)
  const names = bad.map(({ host }) => host)
  const told = await toldHosts(tx, names, now)
  const alerts = await liveAlerts(tx, names)
  const refused = await refusedHosts(tx, [...alerts.keys()])
  const stands = (key: string): boolean => told.has(key) || (alerts.has(key) && !refused.has(key))
  const changes = hosts.map(
    ({ host: key, severity, sites, outbound }): KeyedChange => ({
      ...{ rule: 'OUTBOUND', key },
      wanted: stands(key) && !cleared.has(key) ? severity : null,
      evidence: { sites, ...(outbound && { outbound }) },
    }),
  )
  return followKeyedAlerts(tx, changes, now)
}

/** The live alert about a host; null: there is none. */
export const alertOfHost = async (db: Db, host: string): Promise<number | null> =>
  (await liveAlerts(db, [host])).get(host) ?? null

/** Whether a host that went bad is told of by nobody, until a person has confirmed it. @param now epoch ms. */
export const isHostHeld = async (db: Db, host: string, now: number): Promise<boolean> =>
  !(await toldHosts(db, [host], now)).has(host) && (await alertOfHost(db, host)) === null

/** The live alerts about hosts, by their hosts. */
async function liveAlerts(db: Db | Tx, hosts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const byRule = new Map(hosts.map((host) => [keyedRule('OUTBOUND', host) as string, host]))
  const { rows } = await sql<{ id: number; rule: string }>`
    select id, rule from alert
    where site_id is null and status <> 'resolved' and rule = any(${[...byRule.keys()]}::text[])
  `.execute(db)
  return new Map(rows.map(({ id, rule }) => [byRule.get(rule) ?? rule, id]))
}

/** The hosts of which a person has called the alert false, as they are now. */
async function clearedBy(
  tx: Tx,
  bad: readonly { readonly host: string; readonly print: string }[],
): Promise<Set<string>> {
  const asked = bad.map(({ host, print }) => ({ host, rule: keyedRule('OUTBOUND', host), print }))
  const { rows } = await sql<{ host: string }>`
    select distinct g.host from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as g(host text, rule text, print text)
    join alert on alert.site_id is null and alert.rule = g.rule and alert.status = 'resolved'
      and alert.false_alarm is not null and alert.evidence #>> '{outbound,print}' = g.print
  `.execute(tx)
  return new Set(rows.map(({ host }) => host))
}
