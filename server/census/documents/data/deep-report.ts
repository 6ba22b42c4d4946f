import { groupBy } from '../../../../shared/base/lists/group.ts'
import { localDay } from '../../../../shared/base/time.ts'
import type { EditionBody } from '../../../../shared/register/rule-editions/editions.ts'
import { Refusal } from '../../../base/refusal.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { col, type Made, type Making, numbers, Parts, shareOf } from './made.ts'
import { deepRoundReport } from './rounds/deep-round.ts'
import { siteReport } from './sheet.ts'
import {
  addDistricts,
  counted,
  type JudgedSite,
  judged,
  outcomesOf,
  passRate,
  SITE_COLUMNS,
  siteRow,
  sitesOf,
  worstFirst,
} from './sites.ts'

/** So many days does the home page's week look back. */
const windowOf = (edition: EditionBody, today: string) => ({
  from: localDay(Date.parse(`${today}T12:00:00Z`) - (edition.measures.home.windowDays - 1) * 86_400_000),
  to: today,
})

/**
 * 《深度监测辅助报告》: of a site what every rule found there, of a district or the whole how many came to what, by which
 * rules, and which. Without a round as it stands now. @throws Refusal not_found, invalid
 */
export function deepReport(making: Making, told?: (done: number) => Promise<void>): Promise<Made> {
  if (making.asked.siteId !== undefined) return siteReport(making, 'full')
  if (making.round === null) return placeReport(making, told)
  if (making.round.kind !== 'deep') throw new Refusal('invalid', 'documents.roundOfOtherKind')
  return deepRoundReport(making, making.round)
}

async function placeReport(
  { ctx, db, asked }: Making,
  told?: (done: number) => Promise<void>,
): Promise<Made> {
  const edition = editionInForce()
  const atMs = ctx.clock.now()
  const today = localDay(atMs)
  const { sites, excluded } = counted(await sitesOf(db, asked.district ?? null))
  const found = await judged(db, sites, edition, { atMs, today }, told)
  const parts = new Parts().section('overview')
  addOutcomes(parts, found)
  if (asked.district === undefined) addDistricts(parts, byDistrict(found))
  parts.section('rules')
  addRules(parts, found)
  addSites(parts, found)
  const unmeasured = found.filter(({ isUnmeasured }) => isUnmeasured).length
  return { window: windowOf(edition, today), edition, denominator: sites.length, excluded, unmeasured, parts }
}

function addOutcomes(parts: Parts, found: readonly JudgedSite[]): void {
  const outcomes = outcomesOf(found.map(({ sheet }) => sheet.outcome))
  const left = found.length - outcomes.failed - outcomes.vetoed
  parts.count({ sites: found.length, ...outcomes, notFailed: left })
  parts
    .figure('notFailedShare', shareOf(left, found.length), 'percent')
    .figure('passRate', passRate(outcomes), 'percent')
}

/** In the order of their codes. */
export function byDistrict(found: readonly JudgedSite[]) {
  const groups = groupBy(
    found,
    ({ district }) => district,
    ({ sheet }) => sheet.outcome,
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([district, some]) => ({ district, total: some.length, ...outcomesOf(some) }))
}

/** Of each rule how many sites it cost something, and how many points in all. */
function addRules(parts: Parts, found: readonly JudgedSite[]): void {
  const sums = new Map<string, { sites: number; vetoed: number; points: number }>()
  for (const { sheet } of found) {
    for (const { rule, points } of sheet.lines) {
      const isVeto = sheet.vetoes.includes(rule)
      if (points === 0 && !isVeto) continue
      const sum = sums.get(rule) ?? { sites: 0, vetoed: 0, points: 0 }
      sums.set(rule, {
        sites: sum.sites + 1,
        vetoed: sum.vetoed + Number(isVeto),
        points: Math.round((sum.points + points) * 100) / 100,
      })
    }
  }
  const rows = [...sums].sort(([, a], [, b]) => b.vetoed - a.vetoed || b.sites - a.sites)
  parts.table(
    'rules',
    [col('rule', 'rules'), ...numbers('ruleSites', 'vetoed', 'points')],
    rows.map(([rule, { sites, vetoed, points }]) => [[rule], sites, vetoed, points]),
    true,
  )
}

function addSites(parts: Parts, found: readonly JudgedSite[]): void {
  const ordered = [...found].sort((a, b) => worstFirst(a.sheet, b.sheet))
  const bad = ordered.filter(({ sheet }) => sheet.outcome === 'vetoed' || sheet.outcome === 'failed')
  const rowOf = (site: JudgedSite) => siteRow(site, site.sheet)
  parts.section('failures').table('failures', SITE_COLUMNS, bad.map(rowOf))
  parts.section('sites').table('sites', SITE_COLUMNS, ordered.map(rowOf))
}
