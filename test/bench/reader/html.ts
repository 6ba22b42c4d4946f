/** A page taken apart just far enough to change it; nothing here is the reader's own. */

const PIECE =
  /<!--[\s\S]*?-->|<(script|style|textarea|title|select|template|noscript)\b[\s\S]*?<\/\1\s*>|<[^>]*>|[^<]+|</gi
const DATE = /(?<![\d./-])((?:19|20)\d{2})([-/.年])(\d{1,2})([-/.月])(\d{1,2})(日?)(?![\d]|[-/.]\d)/g
const ALONE =
  /^[\s\u00a0[(（【]*(?:&nbsp;)*[[(（【]?((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s\])）】]*(?:&nbsp;|\s)*$/

/** A whole date written in a text. */
export interface Written {
  readonly day: string
  /** Nothing else stands in its element. */
  readonly isAlone: boolean
  readonly raw: string
}

/** Applies `change` to the shown texts of a page: scripts, styles, comments and attributes stay as they are. */
export function mapTexts(html: string, change: (text: string, at: number) => string): string {
  return html.replace(PIECE, (piece, _name, at: number) => (piece[0] === '<' ? piece : change(piece, at)))
}

/** Rewrites the whole dates of the shown texts; null: there was none to rewrite. */
export function mapDates(html: string, change: (date: Written) => string | null): string | null {
  let changed = 0
  const mapped = mapTexts(html, (text) => {
    const alone = ALONE.test(text)
    return text.replace(DATE, (raw, y: string, _1, m: string, _2, d: string) => {
      const written = change({ day: dayOf(y, m, d), isAlone: alone, raw })
      if (written === null) return raw
      changed++
      return written
    })
  })
  return changed === 0 ? null : mapped
}

/** The dates that have an element to themselves, in the order of the page. */
export function aloneDates(html: string): string[] {
  const days: string[] = []
  mapDates(html, ({ day, isAlone }) => {
    if (isAlone) days.push(day)
    return null
  })
  return days
}

/** The whole dates of the shown texts. */
export function shownDates(html: string): string[] {
  const days: string[] = []
  mapDates(html, ({ day }) => {
    days.push(day)
    return null
  })
  return days
}

function dayOf(y: string, m: string, d: string): string {
  return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
}

/** Items of lists that hold one link and one date, taken apart. */
export interface ListItem {
  readonly whole: string
  /** The first link with its text. */
  readonly link: string
  readonly title: string
  readonly href: string
  readonly day: string
  readonly raw: string
}

const LI = /<li\b[^>]*>((?:(?!<\/?li\b)[\s\S])*?)<\/li>/gi
const LINK = /<a\b[^>]*?href=["']?([^"'\s>]+)[^>]*>([\s\S]*?)<\/a>/i

/** Rewrites the items of the lists; null: there were fewer than three to rewrite. */
export function mapItems(html: string, change: (item: ListItem) => string): string | null {
  let changed = 0
  const mapped = html.replace(LI, (whole, inner: string) => {
    const item = itemOf(whole, inner)
    if (item === null) return whole
    changed++
    return change(item)
  })
  return changed < 3 ? null : mapped
}

/** The items of the lists of a page. */
export function itemsOf(html: string): ListItem[] {
  const items: ListItem[] = []
  mapItems(html, (item) => {
    items.push(item)
    return ''
  })
  return items
}

function itemOf(whole: string, inner: string): ListItem | null {
  if ((inner.match(/<a\b/gi) ?? []).length !== 1) return null
  const link = LINK.exec(inner)
  const found: Written[] = []
  mapDates(inner.replace(LINK, ''), (date) => {
    found.push(date)
    return null
  })
  const [date] = found
  const title = (link?.[2] ?? '').replace(/<[^>]*>/g, '').trim()
  if (!link || found.length !== 1 || date === undefined || title.length < 6) return null
  return { whole, link: link[0], title, href: link[1] ?? '', day: date.day, raw: date.raw }
}

/** Puts something at the beginning of the body; where there is none, of the page. */
export function atTop(html: string, more: string): string {
  const at = /<body\b[^>]*>/i.exec(html)
  return at === null ? more + html : html.replace(at[0], () => at[0] + more)
}

/** Puts something at the end of the body. */
export function atEnd(html: string, more: string): string {
  const at = html.toLowerCase().lastIndexOf('</body>')
  return at < 0 ? html + more : html.slice(0, at) + more + html.slice(at)
}

/** Puts something into the head. */
export function inHead(html: string, more: string): string {
  const at = /<head\b[^>]*>/i.exec(html)
  return at === null ? more + html : html.replace(at[0], () => at[0] + more)
}
