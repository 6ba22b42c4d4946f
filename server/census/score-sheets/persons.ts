import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { findingsFor, overlaid } from '../../../shared/census/findings/overlay.ts'
import type { SheetOf } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { type LinkKind, linkRule } from '../../../shared/monitor/links/links.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Db } from '../../base/db/database.ts'
import { lastScans } from '../../monitor/links/queries.ts'
import { type CountingFinding, countingFindings } from '../findings/queries.ts'

/** What persons have found on some sites, to be laid over what the monitor has counted. */
export interface PersonsFindings {
  over(siteId: number, counted: SheetOf['counted']): SheetOf['counted']
}

/** @param atMs as they stood then */
export async function personsFindings(
  db: Db,
  siteIds: readonly number[],
  edition: EditionBody,
  atMs: number,
): Promise<PersonsFindings> {
  const found = await countingFindings(db, siteIds, edition, atMs)
  const bySite = groupBy(found, ({ site_id }) => site_id)
  const named = await namedByMachine(db, found)
  return {
    over(siteId, counted) {
      const own = bySite.get(siteId)
      if (!own) return counted
      const lines = edition.rules.map((rule) => {
        const machines = counted[rule.id]
        const targets = [...(machines?.targets ?? []), ...named(siteId, rule.id)]
        const findings = findingsFor(rule, edition.rules, own)
        return [rule.id, overlaid(rule, machines, targets, findings)] as const
      })
      return Object.fromEntries(lines)
    },
  }
}

interface NamedLink {
  readonly site_id: number
  readonly url: string
  readonly kind: LinkKind
  readonly on_home: boolean
}

/** Which of the addresses that persons name are dead links of the last scan, which the monitor counts as well. */
async function namedByMachine(
  db: Db,
  found: readonly CountingFinding[],
): Promise<(siteId: number, rule: string) => readonly string[]> {
  const targets = found.flatMap(({ target }) => target ?? [])
  const siteIds = [...new Set(found.map(({ site_id }) => site_id))]
  if (targets.length === 0) return () => []
  const links = await sql<NamedLink>`
    with last as (${lastScans(siteIds)})
    select last.site_id, target.url, target.kind, coalesce(target.on_home, false) as on_home
    from last join link_target target on target.scan_id = last.id
    where target.state = 'confirmed' and target.depth > 0 and target.url = any(${targets}::text[])`.execute(
    db,
  )
  return (siteId, rule) => {
    const own = links.rows.filter((one) => one.site_id === siteId && linkRule(one.kind, one.on_home) === rule)
    return own.map(({ url }) => url)
  }
}
