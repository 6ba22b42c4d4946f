import { type Anchor, type Hit, titleRank } from './page/page.ts'

/** A link or a date on its way up the tree, until the smallest element holding both is found. */
export interface Event {
  hit: Hit | null
  anchor: Anchor | null
  /** Elements left behind so far. */
  level: number
}

/** Further up than this, a link and a date have nothing to do with each other (and work stays linear). */
const MAX_LEVELS = 9
/** A link and a date no further apart than this are neighbours. */
const TIGHT_LEVELS = 1
/** A line of an item has its title and perhaps its column as links; a page head has more. */
const FEW_LINKS = 2
/** More links than this around a single date are a menu, not an item. */
const MAX_LINKS = 6
/** What stands beside a date as long as this is of what it is. */
const LEAST_WORDS = 6
/** So many items make a list. */
const FEW_ITEMS = 2
/** Elements that hold one item: here even a short link text is a title. */
const ITEM = new Set(['li', 'tr', 'dl', 'dd', 'article'])

/**
 * Gives the dates among `events` their links, if there are links to give. Returns what has to be looked at
 * again one element further up. `name` is the element being closed, `group` and `outer` identify it and its parent.
 * @param items how many items have found each other in elements right below.
 * @param cell of a cell of a table its place in the row.
 */
export function settle(
  events: Event[],
  name: string,
  group: number,
  outer: number,
  items: number,
  cell = 0,
): Event[] {
  let dates = 0
  for (const event of events) if (event.hit !== null) dates++
  if (dates > 0 && dates < events.length) {
    const turns = turnsOf(events, dates, items)
    const least = ITEM.has(name) ? 1 : 2
    const titled =
      turns ?? events.filter((event) => event.hit || (event.anchor && titleRank(event.anchor) >= least))
    if (titled.length > dates) {
      pair(titled, dates)
      const isRow = name === 'tr' && dates > 1 && isSideBySide(titled, dates)
      let lane = 0
      for (const { hit, level } of titled) {
        if (hit === null) continue
        hit.group = !isRow && (dates > 1 || (turns && items >= FEW_ITEMS)) ? group : outer
        if (isRow || name === 'td') hit.lane = isRow ? lane++ : cell
        hit.isInItem = ITEM.has(name)
        hit.tight = ITEM.has(name) || (level <= TIGHT_LEVELS && (dates > 1 || titled.length <= FEW_LINKS + 1))
      }
      return []
    }
  }
  let kept = 0
  for (const event of events) if (++event.level <= MAX_LEVELS) events[kept++] = event
  events.length = kept
  return events
}

/** A date inside a titled link needs no further search. */
export function own(hit: Hit, anchor: Anchor, group: number): void {
  hit.anchor = anchor
  hit.tight = true
  hit.isInItem = true
  hit.group = group
}

/**
 * The links and dates that take turns, so that even a short title is one: in a list that has longer ones, among them or
 * settled already. What stands above the first of them heads the list. Null: they do not.
 */
function turnsOf(events: Event[], dates: number, items: number): Event[] | null {
  if (events.length < dates * 2 || (items < FEW_ITEMS && dates < FEW_ITEMS)) return null
  const first = events.findIndex(({ hit }) => hit !== null)
  const turns = first > 1 ? events.slice(first - 1) : events
  if (turns.length !== dates * 2) return items < FEW_ITEMS ? null : withColumns(turns)
  const isFirst = turns[0]?.hit !== null
  if (!turns.every(({ hit }, i) => (hit !== null) === (i % 2 === 0 ? isFirst : !isFirst))) return null
  const isLong = ({ anchor }: Event) => anchor !== null && titleRank(anchor) === 2
  return items >= FEW_ITEMS || (dates >= FEW_ITEMS && (items > 0 || turns.some(isLong))) ? turns : null
}

/** The same where each item has its column as a link before its title: 「[公告] 标题 日期」. */
function withColumns(turns: Event[]): Event[] | null {
  let links = 0
  for (const { hit } of turns) {
    if (hit === null ? ++links > FEW_LINKS : links === 0) return null
    if (hit !== null) links = 0
  }
  return links === 0 ? turns : null
}

/** True for a row of a table that holds several items, each with a link of its own. */
function isSideBySide(titled: readonly Event[], dates: number): boolean {
  const links = new Set(titled.flatMap(({ hit }) => hit?.anchor ?? []))
  return links.size === dates
}

function pair(events: Event[], dates: number): void {
  if (zip(events, dates)) return
  if (dates === 1) pairOne(events)
  else pairEach(events)
}

function pairEach(events: Event[]): void {
  const dateFirst = events[0]?.hit !== null
  const ordered = dateFirst ? events.toReversed() : events
  let links: Anchor[] = []
  let last: Anchor | null = null
  for (const event of ordered) {
    if (event.anchor) links.push(event.anchor)
    else if (event.hit) {
      // Nearest link last. Several dates in a row are dates of one item: summaries hold some too.
      if (links.length > 0) last = links.length > MAX_LINKS ? (links.at(-1) ?? null) : longest(links)
      event.hit.anchor = last
      links = []
    }
  }
}

/** A block of titles beside a block of dates, which have no words of their own: the first belongs to the first. */
function zip(events: Event[], dates: number): boolean {
  if (dates < 2 || events.length !== dates * 2) return false
  const first = events[0]?.hit !== null
  if (events.slice(0, dates).some((event) => (event.hit !== null) !== first)) return false
  if (events.some(({ hit }) => (hit?.item?.title.length ?? 0) >= LEAST_WORDS)) return false
  for (let i = 0; i < dates; i++) {
    const [a, b] = [events[i], events[i + dates]]
    const hit = a?.hit ?? b?.hit
    if (hit) hit.anchor = a?.anchor ?? b?.anchor ?? null
  }
  return true
}

function pairOne(events: Event[]): void {
  const at = events.findIndex((event) => event.hit !== null)
  const hit = events[at]?.hit
  if (!hit || events.length - 1 > MAX_LINKS) return
  let best: Anchor | null = null
  for (const { anchor } of events) if (anchor !== null) best = longer(best, anchor)
  hit.anchor = best
}

function longest(links: readonly Anchor[]): Anchor | null {
  return links.reduce(longer, null)
}

/** The one with more words; the first of two that have as many. */
function longer(best: Anchor | null, link: Anchor): Anchor {
  return best === null || lengthOf(link) > lengthOf(best) ? link : best
}

function lengthOf({ text, title }: Anchor): number {
  return text.length + title.length / 8
}

/** An element with its class and id. */
interface Named {
  readonly name: string
  readonly names: string
}

/** Tells how elements are made: those of a list are compared often, and what is made alike has the same text for it. */
export class Makes {
  private inner: Named | undefined
  private outer: Named | undefined
  private text = ''

  /** How an element and the one around it are made. */
  of(inner: Named, outer: Named | undefined): string {
    if (!isAlike(inner, this.inner) || !isAlike(outer, this.outer)) {
      this.text = `${inner.name} ${inner.names} < ${outer?.name} ${outer?.names}`
    }
    this.inner = inner
    this.outer = outer
    return this.text
  }
}

const isAlike = (a: Named | undefined, b: Named | undefined): boolean =>
  a?.name === b?.name && a?.names === b?.names
