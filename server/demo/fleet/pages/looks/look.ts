import type { CalendarDay } from '../../../cast/calendar.ts'
import type { FleetColumn, Item } from '../../publishing.ts'

/** An item as a list shows it. */
export interface Entry {
  readonly title: string
  readonly href: string
  /** As the page writes it; empty on a page that shows no dates. */
  readonly date: string
}

/** A column's box on the home page. */
export interface Box {
  /** Tells it from the others of its page. */
  readonly column: string
  readonly name: string
  readonly href: string
  readonly entries: readonly Entry[]
  /** The box is filled in the browser by a script. */
  readonly isScript: boolean
}

/** What every page of a site has in common, made once for each page. */
export interface Frame {
  readonly title: string
  readonly siteName: string
  readonly unit: string
  readonly charset: string | null
  readonly style: string
  /** "今天是…", or nothing. */
  readonly clock: string
  readonly nav: string
  readonly footer: string
}

/** A content management system's manner: its addresses and its mark-up. */
export interface LookTemplate {
  readonly server: string
  readonly listPaths: Record<FleetColumn, string>
  articlePath(item: Item, date: CalendarDay): string
  /** Finds an article's id in its address (path and query) as group 1. */
  readonly articleId: RegExp
  formatDate(date: CalendarDay, isShort: boolean): string
  box(box: Box): string
  /** The entries of a column's own page. */
  list(name: string, entries: readonly Entry[]): string
  article(title: string, published: string, source: string, paragraphs: readonly string[]): string
  document(frame: Frame, body: string): string
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}

export function monthDay({ month, day }: CalendarDay): string {
  return `${two(month)}-${two(day)}`
}

export function fullDate(date: CalendarDay, separator = '-'): string {
  return [date.year, two(date.month), two(date.day)].join(separator)
}

/** `<meta charset>` in the old way of writing it; nothing where the page does not say. */
export function contentType(charset: string | null): string {
  return charset ? `<meta http-equiv="Content-Type" content="text/html; charset=${charset}" />` : ''
}
