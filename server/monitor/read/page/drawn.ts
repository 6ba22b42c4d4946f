import { clockNamed } from '../labels.ts'
import { type Page, titleOf, titleRank } from './page.ts'

/** A script asks its server for something: lists, most often, but counters and the weather too. */
const ASKS =
  /XMLHttpRequest|Microsoft\.XMLHTTP|\bfetch\s?\(|\$\.(?:ajax|get|getJSON|post)\b|jQuery\.(?:ajax|get|getJSON|post)\b|\baxios\b|\$http\b|\.load\(\s{0,3}["'][^"']|\.jsonp\(|new WebSocket|EventSource/
/** It writes into the page. */
const WRITES =
  /\.(?:innerHTML|outerHTML|insertAdjacentHTML|appendChild|replaceChildren|append|prepend|html)\b|document\.write|createElement|\.render\b/
/** What it writes is an item of a list. */
const ITEM_MARKUP = /<\\?\/?(?:li|tr|dd|a)\b|createElement\(\s{0,3}["'](?:li|tr|a|dd)["']/i
/** It keeps the items itself. */
const DATA_TITLE =
  /["']?\b(?:\w{0,8}title|name|text|subject|headline|bt|t)["']?\s{0,4}:\s{0,4}["'`][^"'`<>\n]{6,200}["'`]/gi
const LEAST_DATA = 3
/** The whole page is a program. */
const PROGRAM =
  /createApp\(|new Vue\(|ReactDOM|createRoot\(|angular\.module|Handlebars|template\.render|__NEXT_DATA__|__NUXT__|layui\.use/
/** What is shown depends on what stands after the `#` of the address. */
const HASH_ROUTE = /location\.hash|hashchange|createWebHashHistory|\$routeProvider/
/** An address that makes a list when it is asked, put into the page as a script: an old custom. */
const DYNAMIC_SOURCE =
  /\.(?:asp|aspx|ashx|php|jsp|do|action|cgi)\b|[?&](?:\w{0,8}id|class|channel|column|n|num|top|count)=/i
/** Counters, sharing buttons, marks and the weather draw no lists. Accounts, countries, static files and stations may. */
const OTHER_SOURCE =
  /(?<!ac|dis)count(?!r?y|r?ies)|stat(?!e|u|ic|ion)|statistic|tongji|analytics|hm\.js|cnzz|51\.la|conac|weather|tianqi|share(?!d|hold|point)|jweixin|captcha|login|jiathis|bdimg|kefu/i
/** Of an address: what is asked for there, not with what words. */
const ASKED_WITH = /[?#].*$/s
const PLACEHOLDER =
  /^(?:正在)?加载中?(?:[，,.。…\s]*(?:请稍[候等后]))?[.。…\s]*$|^(?:数据)?(?:正在)?(?:加载|读取|载入)中|^loading[.。…\s]*$/i
/** Told at a glance of nearly every text that it is none. */
const PLACEHOLDER_BEGINS = new Set([...'正加数读载lL'].map((first) => first.charCodeAt(0)))
const LIST_NAME =
  /list|news|lb\b|liebiao|xinwen|notice|tongzhi|gonggao|article|content|data|dynamic|dongtai|gzdt|tzgg|xxgk|items?\b|main|app|root|box/i
const LISTS = new Set(['ul', 'ol', 'dl', 'table', 'tbody'])
/** Read of all scripts together. */
const MAX_SCRIPT = 400_000
/** A page with so many links of the length of an article's title shows its lists itself. */
const ARTICLE_LINKS = 5
/** … and with so many, whatever else a script may add: the news of the government above, for one. */
const MANY_ARTICLE_LINKS = 15
/** So many dated items of its own are lists that were seen. */
export const OWN_ITEMS = 5
const ARTICLE_TITLE = 12

/**
 * Whether the lists of a page are drawn by a script in the browser, so that we have not seen them: there is a script
 * that draws some, and either the page itself shows none, or it has empty places which that script fills.
 */
export function isDrawnByScript(page: Page): boolean {
  const links = articleLinks(page)
  if (links >= MANY_ARTICLE_LINKS) return false
  const script = scriptOf(page)
  if (!drawsLists(page, script)) return false
  return links < ARTICLE_LINKS || hasPlaceToFill(page, script)
}

/** Whether a page that shows only a few items itself has empty places besides that its scripts fill with others. */
export function hasDrawnPart(page: Page, ownItems: number): boolean {
  // Most pages have no such place, and their scripts need not be looked through.
  if (ownItems >= OWN_ITEMS || (page.placeholders === 0 && !page.empties.some(isForLists))) return false
  const script = scriptOf(page)
  return hasPlaceToFill(page, script) && drawsLists(page, script)
}

function scriptOf({ scripts }: Page): string {
  return scripts.join('\n').slice(0, MAX_SCRIPT)
}

/** Whether what a page takes from elsewhere draws no lists: a counter, a sharing button, a mark, the weather. */
export const isOfOthers = (src: string): boolean => OTHER_SOURCE.test(src.replace(ASKED_WITH, ''))

function drawsLists(page: Page, script: string): boolean {
  if (page.placeholders > 0 || page.templates > 0 || PROGRAM.test(script)) return true
  if (page.sources.some((src) => DYNAMIC_SOURCE.test(src) && !isOfOthers(src))) return true
  if (ASKS.test(script) && WRITES.test(script)) return true
  if (WRITES.test(script) && (ITEM_MARKUP.test(script) || HASH_ROUTE.test(script) || hasData(script)))
    return true
  return script === '' && page.sources.some((src) => !isOfOthers(src)) && page.empties.some(isForLists)
}

function hasData(script: string): boolean {
  let found = 0
  DATA_TITLE.lastIndex = 0
  while (found < LEAST_DATA && DATA_TITLE.exec(script)) found++
  return found >= LEAST_DATA
}

/** Empty places for lists that the script knows by name. */
function hasPlaceToFill(page: Page, script: string): boolean {
  return (
    page.placeholders > 0 || page.empties.some((place) => isForLists(place) && isNamedIn(script, place.names))
  )
}

function isForLists({ tag, names }: Page['empties'][number]): boolean {
  if (clockNamed(names) !== null) return false
  return LISTS.has(tag) || LIST_NAME.test(names)
}

/** In quotes, with `#` or `.` before it, as selectors and look-ups have it. */
function isNamedIn(script: string, names: string): boolean {
  const words = names.split(/\s+/).filter((name) => name.length > 1)
  return words.some((name) =>
    [`"${name}"`, `'${name}'`, `#${name}`, `.${name}`].some((text) => script.includes(text)),
  )
}

/** True for a text that stands where a list will be. */
export function isPlaceholder(text: string): boolean {
  return text.length < 20 && PLACEHOLDER_BEGINS.has(text.charCodeAt(0)) && PLACEHOLDER.test(text)
}

function articleLinks(page: Page): number {
  let found = 0
  for (const anchor of page.anchors) {
    if (titleRank(anchor) > 0 && titleOf(anchor).length >= ARTICLE_TITLE && ++found >= MANY_ARTICLE_LINKS)
      break
  }
  return found
}
