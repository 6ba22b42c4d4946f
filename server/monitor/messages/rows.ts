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
  /** Its tag and class, by which those that are alike are known. */
  readonly kind: string
  /** Blocks right within it that may be lines, if more are like them. */
  readonly blocks: { readonly kind: string; readonly row: Row }[]
}

const ROWS = new Set(['li', 'tr', 'dl'])
const CELLS = new Set(['td', 'th'])
/** What lists are made of besides: blocks of one kind, each with a link or a few and a day. */
const BLOCKS = new Set(['div', 'article', 'section', 'a', 'p'])
const MOST_OF_BLOCK = 300
const MOST_BLOCK_LINKS = 3
const LEAST_ALIKE = 2
const DAY = /\d{2,4}\s?[-./\u5e74]\s?\d{1,2}/
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

const isBlock = ({ name, hasRow, links }: Frame, text: string): boolean =>
  BLOCKS.has(name) &&
  !hasRow &&
  links.length > 0 &&
  links.length <= MOST_BLOCK_LINKS &&
  text.length <= MOST_OF_BLOCK &&
  DAY.test(text)

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
      ...{ kind: `${name}.${attributes.class ?? ''}`, blocks: [] },
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
    this.#takeAlike(frame)
    const isRow = ROWS.has(frame.name)
    if (isRow && !frame.hasRow && !this.isOver && (text !== '' || frame.links.length > 0)) {
      const isHead = frame.heads > 0 && frame.heads === frame.cells.length
      this.rows.push({ text, cells: frame.cells, isHead, links: frame.links })
    }
    if (!parent) return
    if (isBlock(frame, text)) {
      parent.blocks.push({
        kind: frame.kind,
        row: { text, cells: [], isHead: false, links: [...frame.links] },
      })
    }
    if (CELLS.has(frame.name)) this.#row()?.cells.push(text)
    if (frame.name === 'th') this.#addHead()
    parent.hasRow ||= frame.hasRow || isRow
    // What is told by itself is not told again by what holds it.
    if (isRow) return
    if (parent.text.length < MOST_TEXT) parent.text += ` ${text} `
    for (const link of frame.links) if (parent.links.length < MOST_LINKS) parent.links.push(link)
  }

  /** Blocks of one kind right within one element are lines of a list. */
  #takeAlike(frame: Frame): void {
    const { blocks } = frame
    if (frame.hasRow || blocks.length < LEAST_ALIKE) return
    const counts = new Map<string, number>()
    for (const { kind } of blocks) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const alike = blocks.filter(({ kind }) => (counts.get(kind) ?? 0) >= LEAST_ALIKE)
    if (alike.length === 0) return
    for (const { row } of alike) if (!this.isOver) this.rows.push(row)
    frame.hasRow = true
  }

  #row(): Frame | undefined {
    return this.#stack.findLast(({ name }) => name === 'tr')
  }

  #addHead(): void {
    const row = this.#row()
    if (row) row.heads += 1
  }

  #takeLink(frame: Frame, shown: string): void {
    const isCut = /(?:\.\.|…)$/.test(shown)
    const text = (isCut || shown === '') && frame.title !== '' ? frame.title : shown
    const link = { text, href: frame.href ?? '' }
    if (this.ways.length < MOST_WAYS) this.ways.push(link)
    frame.links.push(link)
  }
}
