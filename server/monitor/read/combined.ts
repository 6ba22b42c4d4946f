import { classifyColumn } from '../../../shared/monitor/columns/columns-rules.ts'
import type { Finding, SecondLevelPage } from '../../../shared/monitor/freshness/freshness.ts'
import { freshnessOf } from '../../../shared/monitor/verdicts/verdicts.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import type { SecondLevelLink } from './page/second-level.ts'

/** A second-level page as it was read; null finding: it could not be opened. Pages that are gone are left out. */
export interface SecondLevelReading {
  readonly link: SecondLevelLink
  readonly finding: Finding | null
}

/**
 * What an entrance and its second-level pages say together: the newest credible date of them, with the page it
 * stands on. As long as columns that could not be read might hold something newer, the site stays an entrance.
 * @param ref local day that counts as today.
 */
export function combineSecondLevel(
  home: Finding,
  readings: readonly SecondLevelReading[],
  ref: string,
): Finding {
  const pages = pagesOf(readings)
  const read = readings.filter(({ finding }) => !isUnread(finding)) as (SecondLevelReading & {
    finding: Finding
  })[]
  if (read.length === 0) return { ...home, pages }
  const best = read.reduce((a, b) => ((b.finding.newest ?? '') > (a.finding.newest ?? '') ? b : a))
  const { newest, outcome } = best.finding
  const isFresh = freshnessOf(newest, outcome, ref, rulesInForce()) === 'fresh'
  // What its own lists show stays unseen, whatever stands behind it.
  if (home.outcome === 'unreadable' && !isFresh) return { ...home, pages }
  const isEnough = isFresh || isAllRead(readings)
  const { reason: _, ...rest } = home
  return {
    ...rest,
    outcome,
    newest,
    evidence: evidenceOn(best.finding, best.link),
    ...(outcome === 'dated' ? {} : { reason: best.finding.reason ?? 'no_dates' }),
    recent: read.reduce((sum, { finding }) => sum + finding.recent, 0),
    items: mergedItems(read),
    entrance: !isEnough,
    pages,
  }
}

/** A page whose list is drawn by a script was opened and yet not read. */
function isUnread(finding: Finding | null): finding is null {
  return finding === null || finding.outcome === 'unreadable'
}

/** Of columns all that are named like one, where there are such; else all pages. */
function isAllRead(readings: readonly SecondLevelReading[]): boolean {
  const columns = readings.filter(({ link }) => classifyColumn(link.name) !== 'other')
  return (columns.length > 0 ? columns : readings).every(({ finding }) => !isUnread(finding))
}

/**
 * What a page and those that it holds in itself say together, as their reader sees them: one page. The newest credible
 * date of all. Without one, a page of them that could not be read leaves it open what it shows.
 */
export function combineFrames(home: Finding, readings: readonly SecondLevelReading[]): Finding {
  if (readings.length === 0) return home
  const pages = pagesOf(readings)
  const read = readings.flatMap(({ link, finding }) =>
    finding?.outcome === 'dated'
      ? [{ link, finding: { ...finding, evidence: evidenceOn(finding, link) } }]
      : [],
  )
  const unread = readings.find(({ finding }) => isUnread(finding))
  const all = [home, ...read.map(({ finding }) => finding)].filter(({ outcome }) => outcome === 'dated')
  const [first] = all
  if (!first) {
    const isOpen = unread && home.outcome === 'undated'
    const reason = unread?.finding?.reason ?? 'frame_unread'
    return isOpen ? { ...home, outcome: 'unreadable', reason, pages } : { ...home, pages }
  }
  const best = all.reduce((a, b) => ((b.newest ?? '') > (a.newest ?? '') ? b : a), first)
  const own = { link: { name: '', url: '' }, finding: home }
  const { reason: _, ...rest } = home
  return {
    ...rest,
    outcome: 'dated',
    newest: best.newest,
    evidence: best.evidence,
    recent: all.reduce((sum, { recent }) => sum + recent, 0),
    items: mergedItems([own, ...read]),
    entrance: false,
    // Lists that a script draws are unseen whether they are in the page or in one within it.
    ...(unread || home.outcome === 'unreadable' ? { unseen: 'script' as const } : {}),
    pages,
  }
}

function evidenceOn({ evidence }: Finding, link: SecondLevelLink): Finding['evidence'] {
  return evidence && { ...withAddress(evidence, link.url), page: link.url }
}

function pagesOf(readings: readonly SecondLevelReading[]): SecondLevelPage[] {
  return readings.map(({ link, finding }) => {
    const outcome = isUnread(finding) ? 'unreadable' : finding.outcome
    return { ...link, outcome, newest: finding?.newest ?? null }
  })
}

function mergedItems(readings: readonly (SecondLevelReading & { finding: Finding })[]): Finding['items'] {
  const items = readings.flatMap(({ link, finding }) =>
    finding.items.map((item) => withAddress(item, link.url)),
  )
  const byItem = new Map(items.map((item) => [`${item.date} ${item.text}`, item]))
  return [...byItem.values()].sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, 20)
}

/** The same with its link as seen from the page that it stands on. */
function withAddress<T extends { href?: string | undefined }>(item: T, page: string): T {
  if (item.href === undefined || !URL.canParse(item.href, page)) return item
  return { ...item, href: new URL(item.href, page).href }
}
