import type { Steps } from '../../base/slices.ts'
import { MUTE } from '../html/mute.ts'
import { type Visitor, walk } from '../html/walk.ts'
import { clean } from '../read/page/text.ts'

/** A line of a page: an item of a list, or a row of a table. */
export interface Row {
  readonly text: string
  /** Of a table: what stands in each place; of a list none. */
  readonly cells: readonly string[]
  readonly isHead: boolean
  readonly links: readonly Link[]
}

export interface Link {
  readonly text: string
  readonly href: string
}

interface Frame {
  readonly name: string
  readonly isMute: boolean
  readonly href: string | null
  readonly title: string
  text: string
  readonly cells: string[]
  readonly links: Link[]
  /** A line lies within it, which is told by itself. */
  hasRow: boolean
  heads: number
}

const ROWS = new Set(['li', 'tr', 'dl'])
const CELLS = new Set(['td', 'th'])
/** More than any line has; a page that has no lines is one. */
const MOST_TEXT = 600
const MOST_LINKS = 8
const MOST_ROWS = 2_000
const MOST_WAYS = 3_000

/** The lines of a page in their order, its ways elsewhere, and what its scripts say of its pages. */
export interface Rows {
  readonly rows: readonly Row[]
  readonly ways: readonly Link[]
  readonly hasMore: boolean
}

/** Reads them in steps, in time linear in the page's length, whatever is in it. */
export function* rowsOf(html: string): Steps<Rows> {
  const reader = new RowReader()
  const { hasMore } = yield* walk(html, reader)
  return { rows: reader.rows, ways: reader.ways, hasMore }
}

class RowReader implements Visitor {
  readonly rows: Row[] = []
  readonly ways: Link[] = []
  readonly #stack: Frame[] = []

  get isOver(): boolean {
    return this.rows.length >= MOST_ROWS
  }

  open(name: string, attributes: Record<string, string>): void {
    const isMute = (this.#stack.at(-1)?.isMute ?? false) || MUTE.has(name)
    const href = name === 'a' ? (attributes.href ?? '') : null
    this.#stack.push({
      ...{ name, isMute, href, title: clean(attributes.title ?? '', 200) },
      ...{ text: '', cells: [], links: [], hasRow: false, heads: 0 },
    })
  }

  text(text: string): void {
    const frame = this.#stack.at(-1)
    if (frame && !frame.isMute && frame.text.length < MOST_TEXT) frame.text += text
  }

  close(): void {
    const frame = this.#stack.pop()
    if (!frame || frame.isMute) return
    const text = clean(frame.text, MOST_TEXT)
    const parent = this.#stack.at(-1)
    if (frame.href !== null) this.#takeLink(frame, text)
    const isRow = ROWS.has(frame.name)
    if (isRow && !frame.hasRow && !this.isOver && (text !== '' || frame.links.length > 0)) {
      const isHead = frame.heads > 0 && frame.heads === frame.cells.length
      this.rows.push({ text, cells: frame.cells, isHead, links: frame.links })
    }
    if (!parent) return
    if (CELLS.has(frame.name)) this.#row()?.cells.push(text)
    if (frame.name === 'th') this.#addHead()
    parent.hasRow ||= frame.hasRow || isRow
    // What is told by itself is not told again by what holds it.
    if (isRow) return
    if (parent.text.length < MOST_TEXT) parent.text += ` ${text} `
    for (const link of frame.links) if (parent.links.length < MOST_LINKS) parent.links.push(link)
  }

  #row(): Frame | undefined {
    return this.#stack.findLast(({ name }) => name === 'tr')
  }

  #addHead(): void {
    const row = this.#row()
    if (row) row.heads += 1
  }

  #takeLink(frame: Frame, shown: string): void {
    const isCut = /(?:\.{2,}|…)$/.test(shown)
    const text = (isCut || shown === '') && frame.title !== '' ? frame.title : shown
    const link = { text, href: frame.href ?? '' }
    if (this.ways.length < MOST_WAYS) this.ways.push(link)
    frame.links.push(link)
  }
}
