import { sql } from 'kysely'
import { overlaid } from '../../../shared/census/findings/overlay.ts'
import type { SheetOf } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { type LinkKind, linkRule } from '../../../shared/monitor/links/links.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Db } from '../../base/db/database.ts'
import { type CountingFinding, countingFindings } from '../findings/queries.ts'

/** What persons have found on some sites, to be laid over what the monitor has counted. */
export interface PersonsFindings {
  over(siteId: number, edition: EditionBody, counted: SheetOf['counted']): SheetOf['counted']
}

export async function personsFindings(db: Db, siteIds: readonly number[]): Promise<PersonsFindings> {
  const found = await countingFindings(db, siteIds)
  const named = await namedByMachine(db, found)
  return {
    over(siteId, edition, counted) {
      const own = found.filter((one) => one.site_id === siteId)
      if (own.length === 0) return counted
      const lines = edition.rules.map((rule) => {
        const machines = counted[rule.id]
        const targets = [...(machines?.targets ?? []), ...named(siteId, rule.id)]
        const ofRule = own.filter((one) => one.rule === rule.id)
        return [rule.id, overlaid(rule, machines, targets, ofRule)] as const
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
    with last as (
      select distinct on (site_id) site_id, id from link_scan
      where site_id = any(${siteIds}::int[]) and state = 'done' and pages > 0 order by site_id, id desc
    )
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
