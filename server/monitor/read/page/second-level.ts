import { classifyColumn } from '../../../../shared/monitor/columns/columns-rules.ts'
import type { Steps } from '../../../base/slices.ts'
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
