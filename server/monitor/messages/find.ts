import { messageRulesOn } from '../../../shared/monitor/messages/messages-rules.ts'
import { absolute } from '../columns/addresses.ts'
import { type Page, titleOf } from '../read/page/page.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { messageWords } from './words.ts'

/** A message column that a home page leads to. */
export interface MessageSighting {
  readonly name: string
  readonly url: string
}

/** A name of a column is no longer. */
const MOST_NAME = 12
/** Longer ones are no addresses of columns. */
const MOST_URL = 2_000

/** Whose visit it is, as addresses say it: that names no column. */
const SESSION = /^(?:j?session_?id|sid|phpsessid)$/i
const FRONT = /\/(?:index|default)\.(?:s?html?|jsp|php|aspx?)$/i

/**
 * The message columns that a home page leads to, in the order of the page, each once however often and by whatever names the page
 * leads to it. Of several with one name each has a number behind it (局长信箱, 局长信箱 2).
 * @param today local day
 */
export function messageColumns(page: Pick<Page, 'anchors'>, url: string, today: string): MessageSighting[] {
  const rules = messageRulesOn(today)
  const { isColumn } = messageWords(rules)
  const found = new Map<string, MessageSighting>()
  const named = new Map<string, number>()
  for (const anchor of page.anchors) {
    if (found.size === rules.mostColumns) break
    const name = titleOf(anchor)
    if (name.length > MOST_NAME || !isColumn(name)) continue
    const to = absolute(anchor.href, url)
    if (to === null || to.length > MOST_URL || to === url || !isSameSite(to, url)) continue
    const place = placeOf(to)
    if (found.has(place)) continue
    const count = (named.get(name) ?? 0) + 1
    named.set(name, count)
    found.set(place, { name: count === 1 ? name : `${name} ${count}`, url: to })
  }
  return [...found.values()]
}

/** By what the address of a column is known again on the same page: without its protocol, and without whose visit it is. */
function placeOf(address: string): string {
  const { host, pathname, searchParams } = new URL(address)
  const path = pathname.replace(/;jsessionid=[^/]*/i, '').replace(FRONT, '/')
  const query = [...searchParams].filter(([name]) => !SESSION.test(name)).map((pair) => pair.join('='))
  return `${host}${path}?${query.join('&')}`
}
