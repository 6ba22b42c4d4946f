import { dayOf, scanDates } from '../dates/dates.ts'
import { ofEpoch } from '../dates/url-date.ts'

/** A publish date found in a page's script: an entry of an inline list, or a variable that is written out. */
export interface ScriptDate {
  day: string
  raw: string
  /** Title of the same entry; empty for a bare variable. */
  title: string
  href: string
}

/** The same with the list that it is of: the script that holds it, and the name of its day there. */
export interface ListedDate extends ScriptDate {
  list: string
}

/** Names content systems give the publish date; `releaseTime` is left out: it is when the file was written. */
const KEY =
  /(?:pub(?:lish)?(?:ed)?_?(?:date|data|time)|date_?published|doc_?(?:rel|pub)_?(?:time|date)|fbsj|fbrq|show_?(?:time|date)|display_?(?:time|date)|issue_?(?:time|date))(?:["']?\s{0,4}[:=]\s{0,4}["']?|["']\)\.(?:html|text|val|append)\(\s{0,4}["'])(1\d{12}|1\d{9}(?!\d)|[^"'<>;,(){}]{8,30})/gi
const TITLE =
  /["']?(?:title|showTitle|docTitle|listTitle|linkTitle|name|subject)["']?\s{0,4}:\s{0,4}["']([^"'<>]{4,200})["']/gi
const HREF = /["']?(?:url|href|link|docPubUrl|pubUrl|linkUrl)["']?\s{0,4}:\s{0,4}["']([^"'<>]{4,300})["']/i
const WINDOW = 700
const MAX_DATES = 2_000
/** Data about the page for search engines: as little shown as its metas. */
const LINKED_DATA = /"@(?:context|type)"/
const LINKED_DATA_WITHIN = 500

const ESCAPED = /\\u([0-9a-f]{4})/gi
const HAS_DAY = /\d{2}[-/.年]\d|\b1\d{9}/

/** A script that holds days, with its characters and quotes as they are meant: data are often kept as one text. */
export function plainScript(script: string): string {
  if (!script.includes('\\') || !HAS_DAY.test(script)) return script
  const text = script.replace(ESCAPED, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return text.includes('\\":') ? text.replaceAll('\\"', '"') : text
}

/** Publish dates in inline scripts, in order of appearance; what search engines are told of the page is none. */
export function scriptDates(scripts: readonly string[]): ListedDate[] {
  const found: ListedDate[] = []
  for (const [index, script] of scripts.entries()) {
    if (LINKED_DATA.test(script.slice(0, LINKED_DATA_WITHIN))) continue
    // A search is much cheaper than all matches of a script that has none, as nearly every one.
    if (script.search(KEY) < 0) continue
    for (const match of script.matchAll(KEY)) {
      if (found.length >= MAX_DATES) return found
      const day = dayOfValue(match[1] ?? '')
      const list = `${index} ${/^\w+/.exec(match[0])?.[0]}`
      if (day) found.push({ ...day, ...entryOf(script, match.index), list })
    }
  }
  return found
}

/** The day of a value: a written date, or epoch seconds or milliseconds. */
function dayOfValue(value: string): { day: string; raw: string } | null {
  if (/^1\d{9}(\d{3})?$/.test(value)) {
    const { year, month, day } = ofEpoch(value.length === 10 ? Number(value) * 1_000 : Number(value))
    return { day: dayOf(year, month, day), raw: value }
  }
  const match = scanDates(value)[0]
  if (match?.year == null) return null
  return { day: dayOf(match.year, match.month, match.day), raw: match.raw }
}

/** Title and address of the entry around position `at`: the nearest inside the same braces. */
function entryOf(script: string, at: number): { title: string; href: string } {
  const around = script.slice(Math.max(0, at - WINDOW), at)
  const before = around.slice(around.lastIndexOf('{') + 1)
  const after = script.slice(at, at + WINDOW).split('}', 1)[0] ?? ''
  const title = lastTitle(before) || firstTitle(after) || lastTitle(around)
  const href = HREF.exec(before)?.[1] ?? HREF.exec(after)?.[1] ?? ''
  return { title, href }
}

function lastTitle(text: string): string {
  return [...text.matchAll(TITLE)].at(-1)?.[1] ?? ''
}

function firstTitle(text: string): string {
  return text.matchAll(TITLE).next().value?.[1] ?? ''
}
