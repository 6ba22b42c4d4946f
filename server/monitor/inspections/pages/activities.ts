import { monthsBefore } from '../../../../shared/monitor/columns/columns-rules.ts'
import { inSlices } from '../../../base/slices.ts'
import { daysIn } from '../../messages/letters.ts'
import { type Row, rowsOf } from '../../messages/rows.ts'
import { isSameSite } from '../../read/page/second-level.ts'
import { parsedOnce } from '../page/once.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, SiteFacts, SiteRule, Tools } from '../rule.ts'
import { whyUnseen } from './unseen.ts'

/** Columns of a kind that are looked into, and pages that may lead to one. */
const MOST_COLUMNS = 3
const MOST_DOORS = 2
/** A column's name is no longer; the title of what it holds is no shorter. */
const MOST_NAME = 14
const LEAST_TITLE = 4

/** What a page of a column shows: how much was held within the year, and whether the days of all of it are there. */
export interface ActivityList {
  readonly held: number
  readonly undated: number
  /** It says itself that there is nothing. */
  readonly isEmpty: boolean
}

/**
 * Surveys or interviews on a page: lines with a link and a day; of two days, as of a period, the earlier is when it was held.
 * @param text what is seen of the page: scripts have words for that there is none ready, whatever they draw @param nothing those words
 */
export function activitiesOn(
  rows: readonly Pick<Row, 'text' | 'links'>[],
  text: string,
  today: string,
  nothing: readonly string[],
): ActivityList {
  const since = monthsBefore(today, 12)
  const items = withBelow(rows)
  const days = items.map(
    (row) =>
      daysIn(row.text)
        .filter((day) => day <= today)
        .sort()[0],
  )
  const dated = days.filter((day) => day !== undefined)
  return {
    held: dated.filter((day) => day >= since).length,
    // Beside lines with a day those without are a menu.
    undated:
      dated.length > 0
        ? 0
        : items.filter(({ links }) => links.some((link) => link.text.length > MOST_NAME)).length,
    isEmpty: dated.length === 0 && nothing.some((word) => text.includes(word)),
  }
}

/** Lines below a title that may belong to it. */
const MOST_BELOW = 3

/** Lines with a title, each with those below it that have no link: a period often stands on a line of its own. */
function withBelow(rows: readonly Pick<Row, 'text' | 'links'>[]): Pick<Row, 'text' | 'links'>[] {
  const isItem = ({ links }: Pick<Row, 'links'>) => links.some((link) => link.text.length >= LEAST_TITLE)
  return rows.flatMap((row, at) => {
    if (!isItem(row)) return []
    if (daysIn(row.text).length > 0) return [row]
    const below = rows.slice(at + 1, at + 1 + MOST_BELOW)
    const end = below.findIndex(({ links }) => links.length > 0)
    const text = [row, ...(end < 0 ? below : below.slice(0, end))].map((one) => one.text).join(' ')
    return [{ text, links: row.links }]
  })
}

interface Kind {
  readonly id: string
  /** That there is no such column at all is wrong. */
  readonly isAsked: boolean
}

/** Counts what was held in columns of a kind within a year. */
function activityRule({ id, isAsked }: Kind): SiteRule {
  return {
    id,
    async measure(site, tools) {
      const { home } = tools
      if (!home) return unmeasured('notOpened')
      const parsed = await parsedOnce(home)
      const columns = await columnsOf(parsed, home.finalUrl, tools)
      if (tools.isSpent) return unmeasured('budget')
      if (columns === null) return unmeasured('notOpened')
      if (columns.length === 0) return isAsked ? absent(site, parsed, tools) : { outcome: 'clear' }
      return counted(columns, site, tools)
    },
  }
}

export const surveys: SiteRule = activityRule({ id: 'page-surveys', isAsked: true })
export const interviews: SiteRule = activityRule({ id: 'page-interviews', isAsked: false })

const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })

/** What was held of what there has to be, as `1/6`. */
export const heldOf = (count: number, least: number): string => `${count}/${least}`

const leastOf = ({ isPortal }: SiteFacts, { limits }: Tools): number =>
  Number(isPortal ? limits.portal : limits.others)

function found(site: SiteFacts, tools: Tools, kind: string, count: number, at = site.url): Outcome {
  const excerpt = heldOf(count, leastOf(site, tools))
  return {
    outcome: 'found',
    problems: [{ key: kind, url: at, excerpt, outline: null, detail: { kind, count } }],
  }
}

/** A home page without links is drawn by a script, and may well lead there. */
const absent = (site: SiteFacts, { links }: Parsed, tools: Tools): Outcome =>
  links.length < MOST_NAME ? unmeasured('homeDrawn') : found(site, tools, 'absent', 0)

/** Columns of a kind that the home page leads to, or a page that gathers such columns; null: such a page could not be seen. */
async function columnsOf(parsed: Parsed, url: string, tools: Tools): Promise<string[] | null> {
  const has = (limit: string, text: string) =>
    (tools.limits[limit] as readonly string[]).some((word) => text.includes(word))
  const named = (page: Parsed, limit: 'column' | 'door') =>
    page.links.flatMap(({ text, href }) =>
      href && text.length <= MOST_NAME && has(limit, text) && !has('other', text) && isSameSite(href, url)
        ? [href]
        : [],
    )
  const own = [...new Set(named(parsed, 'column'))]
  if (own.length > 0) return own.slice(0, MOST_COLUMNS)
  let isUnseen = false
  for (const door of [...new Set(named(parsed, 'door'))].slice(0, MOST_DOORS)) {
    const { result, body, headers } = await tools.visit({ url: door, signal: tools.signal })
    isUnseen ||= whyUnseen(result) !== null
    if (result.outcome !== 'ok' || body === null) continue
    const page = await parsedOnce({ bytes: body, headers, finalUrl: result.finalUrl ?? door })
    const behind = named(page, 'column')
    if (behind.length > 0) return [...new Set(behind)].slice(0, MOST_COLUMNS)
  }
  return isUnseen ? null : []
}

async function counted(columns: readonly string[], site: SiteFacts, tools: Tools): Promise<Outcome> {
  const { limits, signal } = tools
  const nothing = limits.nothing as readonly string[]
  let [held, isBroken, isUnsure, isUnseen] = [0, true, false, false]
  for (const url of columns) {
    const { result, body, headers } = await tools.visit({ url, signal })
    if (tools.isSpent) return unmeasured('budget')
    if (result.outcome === 'blocked') return unmeasured('blocked')
    isUnseen ||= whyUnseen(result) !== null
    if (result.outcome !== 'ok' || body === null) continue
    isBroken = false
    const page = await parsedOnce({ bytes: body, headers, finalUrl: result.finalUrl ?? url })
    const { text } = page
    const inLists = (await inSlices(rowsOf(page.html))).rows
    const rows = hasOld(withBelow(inLists), site.today) ? inLists : linesOf(page)
    const list = activitiesOn(rows, text, site.today, nothing)
    held += list.held
    if (list.held === 0 && list.undated > 0) isUnsure = true
    if (list.held === 0 && list.undated === 0 && !list.isEmpty)
      isUnsure ||= rows.length === 0 || !hasOld(withBelow(rows), site.today)
  }
  if (held >= leastOf(site, tools)) return { outcome: 'clear' }
  if (isUnseen) return unmeasured('notOpened')
  if (isBroken) return found(site, tools, 'broken', 0, columns[0])
  // Fewer than there have to be is said only where nothing was left unseen.
  return isUnsure
    ? unmeasured('listUnread')
    : found(site, tools, held === 0 ? 'none' : 'few', held, columns[0])
}

/** The lines of a page that has no lists, each with the link whose words it is. */
function linesOf({ text, links }: Parsed): Pick<Row, 'text' | 'links'>[] {
  const titles = new Map(
    links.flatMap(({ text: title, href }) =>
      href && title.length >= LEAST_TITLE ? [[title, href] as const] : [],
    ),
  )
  return text.split('\n', MOST_LINES).map((line) => {
    const href = titles.get(line)
    return { text: line, links: href === undefined ? [] : [{ text: line, href }] }
  })
}

const MOST_LINES = 2_000

/** Something of longer ago stands there, so that the list was seen. */
const hasOld = (rows: readonly Pick<Row, 'text' | 'links'>[], today: string): boolean =>
  rows.some(({ text, links }) => links.length > 0 && daysIn(text).some((day) => day <= today))
