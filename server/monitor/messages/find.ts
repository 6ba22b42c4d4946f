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

/**
 * The message columns that a home page leads to, in the order of the page; of several with one name the first.
 * @param today local day
 */
export function messageColumns(page: Pick<Page, 'anchors'>, url: string, today: string): MessageSighting[] {
  const rules = messageRulesOn(today)
  const { isColumn } = messageWords(rules)
  const found = new Map<string, MessageSighting>()
  for (const anchor of page.anchors) {
    if (found.size === rules.mostColumns) break
    const name = titleOf(anchor)
    if (name.length > MOST_NAME || !isColumn(name) || found.has(name)) continue
    const to = absolute(anchor.href, url)
    if (to === null || to.length > MOST_URL || to === url || !isSameSite(to, url)) continue
    found.set(name, { name, url: to })
  }
  return [...found.values()]
}
