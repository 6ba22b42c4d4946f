import { saidAt } from '../../html/script-text.ts'
import { visibleText } from '../../visit/page/refresh.ts'
import { fullFrames } from './frames.ts'
import { type Running, runningIn } from './running.ts'

/*
 * Where a page leads that shows nothing itself, by ways that a visit does not follow: a script that puts an address together, one frame
 * over all of the page. Who takes a host over seldom writes plainly where to.
 */

/** More text than that is a page of its own. */
const MOST_TEXT = 120
/** Characters of a page that are looked through, names that its scripts give to texts, and scripts within scripts. */
const MOST_HTML = 200_000
const MOST_NAMES = 50
/** Places of a script from which it leads elsewhere. */
const MOST_LEADS = 50
const DEEPEST = 2

/** Scripts, which stay; notes and what is for browsers without scripts, which go. */
const UNSEEN =
  /(<script\b[^>]{0,500}>[\s\S]*?(?:<\/script|$))|<!--[\s\S]*?(?:-->|$)|<(?:noscript|noframes)\b[\s\S]*?(?:<\/(?:noscript|noframes)[^>]{0,20}>|$)/gi
const SCRIPT = /<script\b[^>]{0,500}>([\s\S]*?)(?:<\/script|$)/gi
const NAMED = /(?<![\w.$])([A-Za-z_$][\w$]{0,40})\s{0,9}=(?!=)\s{0,9}(?=["'`a-zSw])/g
const LOCATION = String.raw`location(?:\s{0,9}\.\s{0,9}href|\s{0,9}\[\s{0,9}["']href["']\s{0,9}\])?`
const GOES = new RegExp(
  [
    String.raw`${LOCATION}(?:["']\s{0,9}\]){0,1}(?:\s{0,9}\[\s{0,9}["']href["']\s{0,9}\])?\s{0,9}=(?!=)`,
    String.raw`location(?:["']\s{0,9}\])?\s{0,9}(?:\.\s{0,9}(?:replace|assign)|\[\s{0,9}["'](?:replace|assign)["']\s{0,9}\])\s{0,9}\(`,
    String.raw`window\s{0,9}\.\s{0,9}open\s{0,9}\(`,
  ].join('|'),
  'g',
)
const EVAL = /(?<![\w.$])eval\s{0,9}\(/g
const NAME = /^\s{0,9}([A-Za-z_$][\w$]{0,40})/
const CLICK = /\.\s{0,9}click\s{0,9}\(/g
const LINKS = /<a\b[^>]{0,1000}?\bhref\s{0,9}=\s{0,9}["']?\s{0,9}([^"'\s>]{1,1000})/gi

/** The address that such a page leads to; null for any other page, and where it cannot be told. */
export function onwardOf(html: string, pageUrl: string): string | null {
  const page = html.slice(0, MOST_HTML).replace(UNSEEN, (_, script?: string) => script ?? ' ')
  if (visibleText(page).length > MOST_TEXT) return null
  const scripts = [...page.matchAll(SCRIPT)].map(([, script = '']) => runningIn(script, page))
  const said = scripts.map((script) => goesTo(script, page)).find((one) => one !== null)
  const frames = fullFrames(page.replace(SCRIPT, ' '), scripts)
  const links = [...page.matchAll(LINKS)].map(([, href = '']) => href)
  const isPressed = links.length === 1 && scripts.some((script) => script.matches(CLICK).length > 0)
  const target = said ?? (frames.length === 1 ? frames[0] : isPressed ? links[0] : null)
  if (!target || !URL.canParse(target, pageUrl)) return null
  const url = new URL(target, pageUrl)
  return /^https?:$/.test(url.protocol) && url.href !== pageUrl ? url.href : null
}

/** The addresses to which a script leads whoever opens its page, or some of them, as those who come from a search engine. */
export function leadsIn(text: string): string[] {
  const script = text.slice(0, MOST_HTML)
  const places = [...script.matchAll(GOES)].slice(0, MOST_LEADS)
  const names = places.length > 0 ? namesIn(script) : new Map<string, string>()
  return places.map((place) => targetAt(script, place, names)).filter((target) => target !== '')
}

function goesTo({ script, matches }: Running, page: string, depth = 0): string | null {
  const names = namesIn(script)
  const target = matches(GOES)
    .map((place) => targetAt(script, place, names))
    .find((one) => one !== '')
  if (target !== undefined) return target
  for (const match of depth < DEEPEST ? matches(EVAL) : []) {
    const within = saidAt(script, match.index + match[0].length)
    const behind = within === '' ? null : goesTo(runningIn(within, page), page, depth + 1)
    if (behind !== null) return behind
  }
  return null
}

/** Texts that a script gives names to. */
function namesIn(script: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const match of script.matchAll(NAMED)) {
    if (names.size >= MOST_NAMES) break
    const value = saidAt(script, match.index + match[0].length)
    if (value !== '') names.set(match[1] ?? '', value)
  }
  return names
}

/** What stands behind a sign to go somewhere, be it by its name; empty where it is not known. */
function targetAt(script: string, place: RegExpExecArray, names: ReadonlyMap<string, string>): string {
  const at = place.index + place[0].length
  return saidAt(script, at) || (names.get(NAME.exec(script.slice(at, at + 60))?.[1] ?? '') ?? '')
}
