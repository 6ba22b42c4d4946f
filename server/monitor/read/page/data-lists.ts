import { groupBy } from '../../../../shared/base/lists/group.ts'
import { dayOf, scanDates } from '../dates/dates.ts'
import { isMeasuredAtOnce } from '../dates/measured.ts'
import { ofEpoch } from '../dates/url-date.ts'
import type { ScriptDate } from './scripts.ts'

/** An object without others in it, and what it holds by name. */
const OBJECT = /\{[^{}]{20,3000}\}/g
const PAIR =
  /["']?([A-Za-z_$][\w$-]{0,30})["']?\s{0,4}:\s{0,4}(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(1\d{9}(?:\d{3})?)(?!\d))/g
/** Values in a row: 「add('title', '/1.html', '2024-03-12')」, and an array of them. */
const VALUE = String.raw`(?:"(?:[^"\\]|\\.){0,300}"|'(?:[^'\\]|\\.){0,300}'|[\w.-]{1,20})`
const ROW = new RegExp(String.raw`[[(]\s{0,4}(${VALUE}(?:\s{0,4},\s{0,4}${VALUE}){1,11})\s{0,4}[\])]`, 'g')
const VALUES = new RegExp(VALUE, 'g')
const INNERMOST = /\{[^{}]{0,3000}\}/g
const MOST_DEPTH = 4
/** So many objects of one make are a list. */
const LEAST = 3
const MOST_OBJECTS = 500
/** Read of all scripts together. */
const MOST_SCRIPT = 400_000
/** The number by which a script opens an entry, and the name that it has here. */
const NUMBERED = /["']?\w{0,12}id["']?\s{0,4}:/i
const NUMBER = '#'
const LEAST_TITLE = 6
const MOST_DATE = 32
/** Dates of something else than publishing, and names that say publishing. */
const OTHER =
  /end|stop|over|expir|valid|dead|clos|start|begin|open|update|modif|edit|change|jz|jssj|kssj|gxsj|xgsj|yxq|birth/i
const TITLED = /tit|subject|topic|headline|^bt/i
const PUBLISHED = /pub|issue|release|show|display|^fb|fwrq|fbrq/i

type Entry = ReadonlyMap<string, string>

/**
 * Lists in the data of scripts, whatever their names for title and date: objects of one make of which one member is a
 * title each time and one a date; failing that, rows of values. Of several dates whose names say nothing the earliest is taken;
 * where nothing leads to an entry, either, and its title is not called one, it is a holiday, a forecast or a banner.
 */
export function dataLists(scripts: readonly string[]): ScriptDate[] {
  const whole = scripts.join('\n').slice(0, MOST_SCRIPT)
  let script = whole
  for (let depth = 0; depth < MOST_DEPTH; depth++) {
    const found = listsOf(entriesOf(script))
    if (found.length > 0) return found
    // The records may hold others: what is innermost is left out.
    const outer = script.replace(INNERMOST, '0')
    if (outer === script) break
    script = outer
  }
  return listsOf(rowsOf(whole))
}

/** The lists among entries: those of one make. */
function listsOf(all: readonly Entry[]): ScriptDate[] {
  const makes = groupBy(all, (entry) => [...entry.keys()].sort().join())
  return [...makes.values()].flatMap((entries) => (entries.length < LEAST ? [] : listOf(entries)))
}

function entriesOf(script: string): Entry[] {
  const entries: Entry[] = []
  for (const [object] of script.matchAll(OBJECT)) {
    if (entries.length >= MOST_OBJECTS) break
    const pairs = [...object.matchAll(PAIR)].map(([, name = '', a, b, c]): [string, string] => [
      name,
      a ?? b ?? c ?? '',
    ])
    if (pairs.length > 1) entries.push(new Map(NUMBERED.test(object) ? [...pairs, [NUMBER, '']] : pairs))
  }
  return entries
}

function rowsOf(script: string): Entry[] {
  const rows: Entry[] = []
  for (const [, row = ''] of script.matchAll(ROW)) {
    if (rows.length >= MOST_OBJECTS) break
    const values = [...row.matchAll(VALUES)].map(([value], n): [string, string] => [
      String(n),
      value.replace(/^["']|["']$/g, ''),
    ])
    rows.push(new Map(values))
  }
  return rows
}

function listOf(entries: readonly Entry[]): ScriptDate[] {
  const names = [...(entries[0]?.keys() ?? [])]
  const valuesOf = (name: string) => entries.map((entry) => entry.get(name) ?? '')
  const title = names.find((name) => valuesOf(name).every(isTitle))
  const dates = names.filter(
    (name) => !OTHER.test(name) && valuesOf(name).every((value) => dayIn(value) !== null),
  )
  const published = dates.filter((name) => PUBLISHED.test(name))
  const own = published.length > 0 ? published : dates
  const link = names.find((name) => valuesOf(name).every(isLink))
  if (title === undefined || own.length === 0) return []
  const leadsOn = link !== undefined || names.includes(NUMBER)
  if (!leadsOn && published.length === 0 && !TITLED.test(title)) return []
  const found = entries.flatMap((entry) => {
    const days = own.flatMap((name) => dayIn(entry.get(name) ?? '') ?? [])
    const [first] = days.sort((a, b) => (a.day < b.day ? -1 : 1))
    if (first === undefined) return []
    return {
      ...first,
      title: entry.get(title) ?? '',
      href: link === undefined ? '' : (entry.get(link) ?? ''),
    }
  })
  return isMeasuredAtOnce(found) ? [] : found
}

function isTitle(value: string): boolean {
  return value.length >= LEAST_TITLE && /\p{Script=Han}{4}/u.test(value) && dayIn(value) === null
}

function isLink(value: string): boolean {
  return /^(?:https?:\/\/|\.{0,2}\/)\S+$|^\S+\.(?:s?html?|jhtml|aspx?|php|jsp)\b/i.test(value)
}

/** The day of a value that is a date and nothing else. */
function dayIn(value: string): { day: string; raw: string } | null {
  if (/^1\d{9}(?:\d{3})?$/.test(value)) {
    const { year, month, day } = ofEpoch(value.length === 10 ? Number(value) * 1_000 : Number(value))
    return { day: dayOf(year, month, day), raw: value }
  }
  if (value.length < 8 || value.length > MOST_DATE) return null
  const [match] = scanDates(value)
  if (match?.year == null || match.raw.length < value.trim().length - 8) return null
  return { day: dayOf(match.year, match.month, match.day), raw: match.raw }
}
