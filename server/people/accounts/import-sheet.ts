import { setImmediate as nextTurn } from 'node:timers/promises'
import { Unzip, UnzipInflate } from 'fflate'
import readXlsx from 'read-excel-file/node'
import { storable } from '../../../shared/base/text.ts'
import { Refusal } from '../../base/refusal.ts'
import { decodeRegister } from '../../base/sheet/decode.ts'
import { splitRows } from '../../base/sheet/split.ts'

/** One line of a sheet, as text; the first line of a file is 1. */
export interface SheetLine {
  readonly line: number
  readonly cells: readonly string[]
}

/** What a workbook may unpack to, and in which pieces: a kilobyte can be made to become a thousand. */
const MOST_UNPACKED = 32 * 2 ** 20
const PIECE = 2 ** 10

/**
 * The lines of a CSV file (UTF-8, UTF-16 or GBK) or of the first sheet of a workbook that have something in them.
 * Of a formula it is the value that was worked out last, of cells that are merged the first.
 * @throws Refusal invalid, too_large
 */
export async function readSheet(bytes: Buffer): Promise<SheetLine[]> {
  const head = bytes.subarray(0, 4).toString('hex')
  if (head === 'd0cf11e0') {
    throw new Refusal('invalid', 'accounts.thisIsAnOld')
  }
  const lines = head === '504b0304' ? await linesOfWorkbook(bytes) : linesOfText(bytes)
  return lines.filter(({ cells }) => cells.some((cell) => cell !== ''))
}

function linesOfText(bytes: Buffer): SheetLine[] {
  const decoded = decodeRegister(bytes)
  if ('reason' in decoded) {
    throw new Refusal('invalid', 'accounts.cannotRead', { values: { reason: decoded.reason } })
  }
  const rows = splitRows(decoded.text)
  if ('reason' in rows) {
    throw new Refusal('invalid', 'accounts.breaksLine', { values: { line: rows.line, reason: rows.reason } })
  }
  return rows.map(({ line, record }) => ({ line, cells: record.map(textOf) }))
}

async function linesOfWorkbook(bytes: Buffer): Promise<SheetLine[]> {
  await refuseIfBloated(bytes)
  try {
    const [sheet] = await readXlsx(bytes)
    return (sheet?.data ?? []).map((cells, at) => ({ line: at + 1, cells: cells.map(textOf) }))
  } catch {
    throw unreadable()
  }
}

const unreadable = () => new Refusal('invalid', 'accounts.workbookCannotRead')

/** Unpacks it piece by piece, keeping nothing, only to see how much it is. @throws Refusal */
async function refuseIfBloated(bytes: Buffer): Promise<void> {
  let size = 0
  let fault: Error | null = null
  const unzip = new Unzip((file) => {
    file.ondata = (error, chunk) => {
      fault ??= error
      size += chunk?.length ?? 0
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
      if (fault) throw unreadable()
      if (size > MOST_UNPACKED) break
      await nextTurn()
    }
  } catch {
    throw unreadable()
  }
  if (size > MOST_UNPACKED) {
    throw new Refusal('too_large', 'accounts.workbookLargeOnceUnpacked')
  }
}

/** Numbers and dates as text; without the apostrophe that keeps a spreadsheet from running it (`inertText`). */
function textOf(cell: unknown): string {
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '')
  return storable(text)
    .trim()
    .replace(/^'(?=[=+\-@＝＋－＠])/, '')
}
