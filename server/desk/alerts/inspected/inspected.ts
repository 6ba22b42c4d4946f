import type { NewFact } from '../../../../shared/base/facts.ts'
import type { AlertEvidence, Severity } from '../../../../shared/desk/alerts/alerts.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Tx } from '../../../base/db/database.ts'
import { type ToldProblems, toldProblems } from '../../../monitor/inspections/telling.ts'
import { followAlerts, type SiteChange } from '../follow.ts'
import { followSources } from './sources.ts'

/** Rules and examples that an alert names. */
const NAMED_RULES = 5
const NAMED = 3

/**
 * Brings the alerts of these sites to what the rules of the machine have found there: one alert for each site, whatever was
 * found on it, and one for all sites that share a source.
 * @param now epoch ms.
 * @returns the facts; the caller appends them.
 */
export async function followInspected(tx: Tx, siteIds: readonly number[], now: number): Promise<NewFact[]> {
  const told = await toldProblems(tx, siteIds, now)
  const changes = siteIds.map((siteId): SiteChange => {
    const own = told.filter((one) => one.siteId === siteId)
    return { siteId, rule: 'MACHINE', wanted: gravest(own), evidence: { found: foundOf(own) } }
  })
  const alerts = await followAlerts(tx, changes, now)
  return [...alerts, ...(await followSources(tx, siteIds, told, now))]
}

function gravest(told: readonly ToldProblems[]): Severity | null {
  if (told.length === 0) return null
  return told.some(({ rule }) => inspectionRule(rule)?.severity === 'major') ? 'major' : 'minor'
}

/** The gravest first, then those of which there are most. */
function foundOf(told: readonly ToldProblems[]): NonNullable<AlertEvidence['found']> {
  const counts = new Map<string, number>()
  for (const { rule, n } of told) counts.set(rule, (counts.get(rule) ?? 0) + n)
  const rank = (rule: string) => (inspectionRule(rule)?.severity === 'major' ? 0 : 1)
  const rules = [...counts].sort(([a, n], [b, m]) => rank(a) - rank(b) || m - n || a.localeCompare(b))
  const order = new Map(rules.map(([rule], at) => [rule, at]))
  const some = [...told].sort((a, b) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0))
  return {
    n: told.reduce((sum, { n }) => sum + n, 0),
    rules: rules.slice(0, NAMED_RULES).map(([id, n]) => ({
      ...{ id, n },
      name: inspectionRule(id)?.name ?? { zh: id, en: id },
    })),
    some: some.slice(0, NAMED).map(({ url, excerpt }) => ({ url, excerpt })),
  }
}
