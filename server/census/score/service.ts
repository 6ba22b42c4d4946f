import { previewScore, type ScoreRule, type SitePreview } from '../../../shared/census/score/score.ts'
import type { ColumnClass, SiteColumns } from '../../../shared/monitor/columns/columns.ts'
import type { LinkReport } from '../../../shared/monitor/links/links.ts'
import { LINK_RULES } from '../../../shared/monitor/links/links.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { siteColumns } from '../../monitor/columns/service.ts'
import { linkReport } from '../../monitor/links/service.ts'
import { findSiteDetail } from '../../monitor/standing/queries.ts'

/** Columns and links that a line names. */
const NAMED = 5
const CLASSES: Partial<Record<ScoreRule, readonly ColumnClass[]>> = {
  S4a: ['news'],
  S4b: ['notice', 'policy'],
  S4c: ['personnel', 'plan'],
}

/** What the monitor's part of the census would cost a site now. @throws Refusal not_found. */
export async function sitePreview(ctx: Context, user: Principal, id: number): Promise<SitePreview> {
  const site = await findSiteDetail(ctx.db, user.scope, id, ctx.clock.now(), ctx.config)
  if (!site) throw new Refusal('not_found', 'common.noSuchSite')
  const columns = await siteColumns(ctx, user, id)
  const links = await linkReport(ctx.db, user.scope, id)
  const { total, failed } = site.window
  return previewScore({
    v1: site.v1,
    visits: { total, failed },
    v2: site.v2,
    columns: columns.verdicts,
    links: links.scan && countsOf(links),
    proof: { ...staleNames(columns), ...brokenAddresses(links) },
  })
}

function countsOf({ counts }: LinkReport) {
  const of = (rule: (typeof LINK_RULES)[number]) => counts.find((one) => one.rule === rule)?.confirmed ?? 0
  return { S2a: of('S2a'), S2b: of('S2b'), S9b: of('S9b'), S10: of('S10') }
}

function staleNames({ columns }: SiteColumns): Partial<Record<ScoreRule, string[]>> {
  const stale = columns.filter(({ isChild, state }) => !isChild && (state === 'stale' || state === 'undated'))
  return Object.fromEntries(
    Object.entries(CLASSES).map(([rule, classes]) => [
      rule,
      stale.flatMap((one) => (classes.includes(one.class) ? [one.name] : [])).slice(0, NAMED),
    ]),
  )
}

function brokenAddresses({ findings }: LinkReport): Partial<Record<ScoreRule, string[]>> {
  const confirmed = findings.filter((one) => one.state === 'confirmed')
  return Object.fromEntries(
    LINK_RULES.map((rule) => [
      rule,
      confirmed.flatMap((one) => (one.rule === rule ? [one.foundText || one.url] : [])).slice(0, NAMED),
    ]),
  )
}
