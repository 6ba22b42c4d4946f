import { Parser } from 'htmlparser2'
import { unpack } from './unpack.ts'

/* The text of .docx and .xlsx: paragraphs and rows on lines of their own, cells parted by tabs. */

export interface FileText {
  readonly text: string
  /** There is more of it than was read. */
  readonly isCut: boolean
}

/** Characters of a file that are looked through. */
export const MOST_TEXT = 2_000_000
const CHUNK = 65_536
/** Bytes of one part that are read: a list of so many persons says nothing new. */
const MOST_XML = 12 * 2 ** 20

/** Elements within elements: no document has more, and the parser looks through them again and again. */
const MOST_DEPTH = 200

/** What the parts of a document say, one after the other. */
class Text {
  #parts: string[] = []
  #length = 0
  isFull = false

  add(text: string): void {
    if (this.isFull) return
    this.#parts.push(text)
    this.#length += text.length
    if (this.#length > MOST_TEXT) this.isFull = true
  }

  toString(): string {
    return this.#parts.join('').slice(0, MOST_TEXT)
  }
}

interface Handler {
  onopentag(name: string, attributes: Record<string, string>): void
  ontext(text: string): void
  onclosetag(name: string): void
}

/** Feeds XML piece by piece, and stops where enough is known. @returns whether there is more of it than was read */
function parse(bytes: Uint8Array, handler: Handler, isOver: () => boolean): boolean {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++
        handler.onopentag(name, attributes)
      },
      ontext: (text) => handler.ontext(text),
      onclosetag(name) {
        depth--
        handler.onclosetag(name)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  const decoder = new TextDecoder()
  const end = Math.min(bytes.length, MOST_XML)
  let at = 0
  for (; at < end && depth <= MOST_DEPTH && !isOver(); at += CHUNK) {
    parser.write(decoder.decode(bytes.subarray(at, Math.min(at + CHUNK, end)), { stream: true }))
  }
  const isCut = at < bytes.length || depth > MOST_DEPTH
  parser.end()
  return isCut
}

const DOCX_PARTS = /^word\/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml$/

/** @returns null where it is no such document */
export function textOfDocx(bytes: Uint8Array): FileText | null {
  const { parts, isTooMuch, isBroken } = unpack(bytes, (name) => DOCX_PARTS.test(name))
  if (parts.size === 0) return null
  const text = new Text()
  let isCut = isTooMuch || isBroken
  for (const [, part] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1)))
    isCut = readWord(part, text) || isCut
  return { text: text.toString(), isCut: isCut || text.isFull }
}

/** @returns whether there is more of it than was read */
function readWord(part: Uint8Array, text: Text): boolean {
  let isText = false
  let cells = 0
  return parse(
    part,
    {
      onopentag(name) {
        if (name === 'w:t') isText = true
        else if (name === 'w:tab') text.add(' ')
        else if (name === 'w:br') text.add('\n')
        else if (name === 'w:tc') cells++
      },
      ontext(piece) {
        if (isText) text.add(piece)
      },
      onclosetag(name) {
        if (name === 'w:t') isText = false
        // A paragraph within a cell ends nothing but itself; the row does.
        else if (name === 'w:p') text.add(cells > 0 ? ' ' : '\n')
        else if (name === 'w:tc') {
          cells--
          text.add('\t')
        } else if (name === 'w:tr' && cells === 0) text.add('\n')
      },
    },
    () => text.isFull,
  )
}

const XLSX_PARTS = /^xl\/(?:sharedStrings|worksheets\/sheet\d+)\.xml$/

/** @returns null where it is no such workbook */
export function textOfXlsx(bytes: Uint8Array): FileText | null {
  const { parts, isTooMuch, isBroken } = unpack(bytes, (name) => XLSX_PARTS.test(name))
  const strings = parts.get('xl/sharedStrings.xml')
  const sheets = [...parts].filter(([name]) => name.includes('worksheets/'))
  if (sheets.length === 0 && !strings) return null
  const text = new Text()
  const shared: string[] = []
  let isCut = isTooMuch || isBroken
  if (strings) isCut = readStrings(strings, shared) || isCut
  // What was cut before its sheets is read by its words alone.
  if (sheets.length === 0) text.add(shared.join('\n'))
  for (const [, sheet] of sheets.sort(([a], [b]) => (a < b ? -1 : 1)))
    isCut = readSheet(sheet, shared, text) || isCut
  return { text: text.toString(), isCut: isCut || text.isFull }
}

/** @returns whether there are more of them than were read */
function readStrings(bytes: Uint8Array, strings: string[]): boolean {
  let [isText, isSound, length] = [false, false, 0]
  let said = ''
  return parse(
    bytes,
    {
      onopentag(name) {
        if (name === 't') isText = true
        else if (name === 'rPh') isSound = true
        else if (name === 'si') said = ''
      },
      ontext(piece) {
        if (isText && !isSound) said += piece
      },
      onclosetag(name) {
        if (name === 't') isText = false
        else if (name === 'rPh') isSound = false
        else if (name === 'si') {
          strings.push(said)
          length += said.length
        }
      },
    },
    () => length > MOST_TEXT,
  )
}

/** @returns whether there is more of it than was read */
function readSheet(sheet: Uint8Array, shared: readonly string[], text: Text): boolean {
  let [type, isValue, value] = ['', false, '']
  let [column, at] = [0, 0]
  return parse(
    sheet,
    {
      onopentag(name, attributes) {
        if (name === 'row') at = 0
        if (name === 'c') {
          ;[type, value] = [attributes.t ?? 'n', '']
          column = columnOf(attributes.r ?? '') ?? at
        } else if (name === 'v' || name === 't') isValue = true
      },
      ontext(piece) {
        if (isValue) value += piece
      },
      onclosetag(name) {
        if (name === 'v' || name === 't') isValue = false
        else if (name === 'c') {
          // Empty cells are not written.
          text.add('\t'.repeat(Math.max(0, Math.min(column - at, MOST_EMPTY))))
          text.add(`${cellText(type, value, shared).replace(/[\t\n\r]+/g, ' ')}\t`)
          at = column + 1
        } else if (name === 'row') text.add('\n')
      },
    },
    () => text.isFull,
  )
}

/** Empty cells of a row that are told before one that is not. */
const MOST_EMPTY = 100

/** The place of a column by its letters, as `C` of `C12`; the first is 0. */
function columnOf(cell: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(cell)?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** A number of many digits is kept as a figure of fifteen, written with an exponent: `4.40106199001011E+17` is no number of anybody's any more. */
const cellText = (type: string, value: string, shared: readonly string[]): string =>
  type === 's'
    ? (shared[Number(value)] ?? '')
    : /^\d\.\d+E\+1[0-4]$/.test(value)
      ? String(Number(value))
      : value
