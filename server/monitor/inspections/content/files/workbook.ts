import { type FileText, MOST_TEXT, parse, readWord, Text } from './office.ts'
import { unpack } from './unpack.ts'

/* The text of .xlsx: rows on lines of their own, cells parted by tabs; what is noted beside them below. */

const XLSX_PARTS = /^xl\/(?:sharedStrings|worksheets\/[\w-]+|comments\d*|drawings\/drawing\d+)\.xml$/i

/** @returns null where it is no such workbook */
export function textOfXlsx(bytes: Uint8Array): FileText | null {
  const { parts, isTooMuch, isBroken } = unpack(bytes, (name) => XLSX_PARTS.test(name))
  const strings = [...parts].find(([name]) => /sharedStrings/i.test(name))?.[1]
  const sheets = [...parts].filter(([name]) => name.includes('worksheets/'))
  const beside = [...parts].filter(([name]) => /^xl\/(?:comments|drawings)/i.test(name))
  if (sheets.length === 0 && !strings) return null
  const text = new Text()
  const shared: string[] = []
  let isCut = isTooMuch || isBroken
  if (strings) isCut = readStrings(strings, shared) || isCut
  // What was cut before its sheets is read by its words alone.
  if (sheets.length === 0) text.add(shared.join('\n'))
  for (const [, sheet] of sheets.sort(([a], [b]) => (a < b ? -1 : 1)))
    isCut = readSheet(sheet, shared, text) || isCut
  for (const [, part] of beside) isCut = readWord(part, text) || isCut
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
