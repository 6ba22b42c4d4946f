import { storable } from '../../../shared/base/text.ts'
import { DAY, dayOfNumber } from '../../../shared/base/time.ts'
import { Refusal } from '../../base/refusal.ts'
import { decodeSheet } from '../../base/sheet/decode.ts'
import { splitRows } from '../../base/sheet/split.ts'
import { readWorkbook } from '../../base/sheet/workbook.ts'
import { inSlices, type Steps } from '../../base/slices.ts'

/** One line of a sheet, as text; the first line of a file is 1. */
export interface SheetLine {
  readonly line: number
  readonly cells: readonly string[]
  /** The name of its sheet, of a workbook that has several. */
  readonly sheet?: string
}

/**
 * The lines of a CSV file (UTF-8, UTF-16 or GBK) or of the first sheet of a workbook that has something in it.
 * @param mostUnpacked what a workbook may unpack to, in bytes
 * @throws Refusal invalid, too_large
 */
export async function readSheet(bytes: Buffer, mostUnpacked: number): Promise<SheetLine[]> {
  const lines = await readSheets(bytes, mostUnpacked)
  return lines.filter(({ sheet }) => sheet === lines[0]?.sheet)
}

/** The same of every sheet of a workbook. @throws Refusal invalid, too_large */
export async function readSheets(bytes: Buffer, mostUnpacked: number): Promise<SheetLine[]> {
  const head = bytes.subarray(0, 4).toString('hex')
  if (head === 'd0cf11e0') {
    throw new Refusal('invalid', 'accounts.thisIsAnOld')
  }
  const rows = head === '504b0304' ? await readWorkbook(bytes, mostUnpacked) : await rowsOfText(bytes)
  return inSlices(linesOf(rows))
}

interface Row {
  readonly line: number
  readonly sheet?: string
  readonly record: readonly unknown[]
}

async function rowsOfText(bytes: Buffer): Promise<Row[]> {
  const decoded = await inSlices(decodeSheet(bytes))
  if ('reason' in decoded) {
    const { reason: word, values } = decoded
    throw new Refusal('invalid', 'accounts.cannotRead', { values: { reason: { word, values } } })
  }
  const rows = await splitRows(decoded.pieces)
  if ('reason' in rows) {
    const { line, reason: word, values } = rows
    throw new Refusal('invalid', 'accounts.breaksLine', { values: { line, reason: { word, values } } })
  }
  return rows
}

/** As text, those that have something in them. */
function* linesOf(rows: readonly Row[]): Steps<SheetLine[]> {
  const lines: SheetLine[] = []
  for (const { line, record, sheet } of rows) {
    const cells = record.map(textOf)
    if (cells.some((cell) => cell !== '')) lines.push({ line, cells, ...(sheet !== undefined && { sheet }) })
    yield
  }
  return lines
}

/** A number that is no day, in a cell that is to show one. */
const NO_DAY = '\uFFFD'

/** Numbers and dates as text; without the apostrophe that keeps a spreadsheet from running it (`inertText`). */
function textOf(cell: unknown): string {
  const text = cell instanceof Date ? dayOf(cell) : String(cell ?? '')
  return storable(text)
    .trim()
    .replace(/^'(?=[=+\-@＝＋－＠])/, '')
}

const dayOf = (date: Date): string =>
  Number.isNaN(date.getTime()) ? NO_DAY : dayOfNumber(date.getTime() / DAY)
