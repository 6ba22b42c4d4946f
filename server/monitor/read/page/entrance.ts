import type { Page } from './page.ts'
import { titleOf, titleRank } from './page.ts'

/** Fewer characters than this are a greeting, not a page. */
const GREETING = 200
const FEW_LINKS = 5
/** A home page with so many links of article length is a list without dates, not an entrance. */
const ARTICLE_LINKS = 5
const ARTICLE_TITLE = 12
/** Blanks are counted: a pattern that takes any number of them twice begins anew at each. */
const META_URL = /url\s{0,9}=\s{0,9}["']?\s{0,9}([^"'\s>]+)/i
const LOCATION =
  /(?:\blocation(?:\.href)?\s{0,3}=\s{0,3}|\blocation\.(?:replace|assign)\(\s{0,3}|\bsetTimeout\(\s{0,3}["']\w{0,20}\.?location(?:\.href)?=)\\?["']([^"'\\]{1,500})/

/** Where the page sends its visitor, when that is all it does; undefined otherwise. */
export function redirectOf(page: Page, url: string | undefined): string | undefined {
  const target = metaTarget(page) ?? scriptTarget(page) ?? frameTarget(page)
  if (target === undefined) return undefined
  const absolute = resolve(target, url)
  return absolute === url ? undefined : absolute
}

/** True for a home page that only leads on: a splash, a redirect, a page of column names. */
export function isEntrance(page: Page, redirect: string | undefined): boolean {
  if (redirect !== undefined) return true
  const links = page.anchors.filter((anchor) => titleRank(anchor) > 0)
  const articles = links.filter((anchor) => titleOf(anchor).length >= ARTICLE_TITLE)
  return links.length > 0 && articles.length < ARTICLE_LINKS
}

/** True when the page shows next to nothing by itself and leaves the rest to scripts. */
export function isScriptOnly(page: Page): boolean {
  return isBare(page) && page.scripts.length + page.sources.length > 0
}

function isBare(page: Page): boolean {
  return page.textLength < GREETING && page.anchors.length <= FEW_LINKS
}

function metaTarget(page: Page): string | undefined {
  return page.refresh !== null && isBare(page) ? META_URL.exec(page.refresh)?.[1] : undefined
}

function scriptTarget(page: Page): string | undefined {
  if (!isBare(page)) return undefined
  for (const script of page.scripts) {
    const target = LOCATION.exec(script.slice(0, 20_000))?.[1]
    if (target !== undefined && !/^(?:javascript|about):/i.test(target)) return target
  }
  return undefined
}

/** Of a frameset, the frame with the content: by its name, else the last. */
function frameTarget(page: Page): string | undefined {
  const frames = page.frames.filter((frame) => frame.src !== '')
  if (frames.length === 0 || page.textLength > GREETING) return undefined
  return (frames.find(({ name }) => /main|right|content|body/i.test(name)) ?? frames.at(-1))?.src
}

function resolve(target: string, url: string | undefined): string {
  if (url === undefined || !URL.canParse(target, url)) return target
  return new URL(target, url).href
}
