import { classifyColumn } from '../../../../shared/monitor/columns/columns.ts'
import type { Finding, SecondLevelPage } from '../../../../shared/monitor/freshness/freshness.ts'
import { freshnessOf } from '../../../../shared/monitor/verdicts/verdicts.ts'
import type { Steps } from '../../../base/slices.ts'
import { rulesInForce } from '../../verdicts/in-force.ts'
import { type Anchor, type Page, titleOf, titleRank } from './page.ts'

/** More columns than a small site has; a large one is no mere entrance. */
export const MAX_SECOND_LEVEL = 12
/** The name of a column is shorter than the title of an article. */
const MAX_NAME = 14
/** Links that are looked at, and of one its characters; an entrance has a handful, and no server takes longer ones. */
const MAX_LOOKED_AT = 5_000
const MAX_ADDRESS = 2_000
/** Links between two places where the search may be put off. */
const AT_A_TIME = 20
const NO_PAGE = /\.(?:pdf|ofd|wps|et|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|swf|mp4|apk|exe)$/i
/** What never holds news: persons, duties, forms to fill in, ways in. */
const STANDING = /领导|机构|职能|职责|概况|简介|联系|地图|信箱|邮箱|登录|注册|查询|下载|搜索|指南|帮助|声明/

/** A way from an entrance to a page of its site. */
export interface SecondLevelLink {
  readonly name: string
  readonly url: string
}

/**
 * The second-level pages that an entrance leads to, on the same host, those named like a column that is kept up
 * to date first, and at most 12 of them.
 * @param refresh where the page sends its visitor, if it does.
 */
export function* secondLevelLinks(page: Page, base: string, refresh?: string): Steps<SecondLevelLink[]> {
  const links = new Map<string, SecondLevelLink & { rank: number }>()
  if (refresh !== undefined) add(links, { name: '', href: refresh, rank: -1 }, base)
  for (const [index, anchor] of page.anchors.slice(0, MAX_LOOKED_AT).entries()) {
    if (index % AT_A_TIME === 0) yield
    if (titleRank(anchor) === 0 && !isPicture(anchor)) continue
    const name = titleOf(anchor)
    if (name.length <= MAX_NAME) add(links, { name, href: anchor.href, rank: rankOf(name) }, base)
  }
  return [...links.values()]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_SECOND_LEVEL)
    .map(({ name, url }) => ({ name, url }))
}

const isPicture = (anchor: Anchor) => anchor.text.trim() === '' && anchor.title === ''

function rankOf(name: string): number {
  if (classifyColumn(name) !== 'other') return 0
  return STANDING.test(name) ? 2 : 1
}

function add(
  links: Map<string, SecondLevelLink & { rank: number }>,
  { name, href, rank }: { name: string; href: string; rank: number },
  base: string,
): void {
  if (href.length > MAX_ADDRESS || href.trim() === '' || !URL.canParse(href, base)) return
  const url = new URL(href, base)
  url.hash = ''
  const home = new URL(base)
  if (!isOwnPage(url.href, base)) return
  const isHome = /^\/(?:(?:index|default)\.\w+)?$/i.test(url.pathname) && url.search === ''
  if (isHome || url.href === home.href || links.has(url.href)) return
  links.set(url.href, { name, url: url.href, rank })
}

/** Whether two addresses are of one site: the same host, with or without www. */
export function isSameSite(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return false
  const host = (url: URL) => (/^https?:$/.test(url.protocol) ? url.hostname.replace(/^www\./, '') : null)
  const [one, other] = [host(new URL(a)), host(new URL(b))]
  return one !== null && one === other
}

/** Whether an address is of the site of `base`, and of no document, picture or program by its name. */
export const isOwnPage = (url: string, base: string): boolean =>
  isSameSite(url, base) && !NO_PAGE.test(new URL(url).pathname)

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

/** The addresses of the same site of the pages that a page holds in itself, in their order. */
export function innerPages(page: Page, base: string): string[] {
  const found = new Set<string>()
  for (const src of page.inner) {
    if (!URL.canParse(src, base)) continue
    const url = new URL(src, base)
    url.hash = ''
    if (isOwnPage(url.href, base)) found.add(url.href)
  }
  return [...found]
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
