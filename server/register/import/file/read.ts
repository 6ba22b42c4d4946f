import { type FieldSet, NATIONAL } from '../../../../shared/register/ledger/ledger-rules.ts'
import { Refusal } from '../../../base/refusal.ts'
import { decodeSheet } from '../../../base/sheet/decode.ts'
import { type BadRow, type RawRow, splitRows } from '../../../base/sheet/split.ts'
import { inSlices } from '../../../base/slices.ts'
import { readSheets } from '../../../people/accounts/import-sheet.ts'
import { type ParsedRegister, parseRows } from './parse.ts'

/** As a workbook, the nation's register of 84,094 sites is 23 to 45 MB when it is unpacked, by its columns. */
const MOST_UNPACKED = 64 * 2 ** 20

/**
 * Reads a register as CSV (UTF-8, UTF-16 or GBK; comma, tab or semicolon), or the sheets of a workbook that hold one.
 * What cannot be read is its one bad row.
 * @param known the fields that it may have
 * @throws Refusal too_large
 */
export async function readRegister(bytes: Uint8Array, known: FieldSet = NATIONAL): Promise<ParsedRegister> {
  const rows = await rowsOf(bytes)
  if (!('reason' in rows)) return inSlices(parseRows(rows, known))
  return { rows: [], bad: [{ ...rows, column: null }] }
}

/** Its rows as they stand in the file, or from where it cannot be read, and why. @throws Refusal too_large */
export async function rowsOf(bytes: Uint8Array): Promise<readonly RawRow[] | BadRow> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = buffer.subarray(0, 4).toString('hex')
  if (head === '504b0304' || head === 'd0cf11e0') return rowsOfWorkbook(buffer)
  const decoded = await inSlices(decodeSheet(buffer))
  return 'reason' in decoded ? { line: 1, ...decoded } : splitRows(decoded.pieces)
}

async function rowsOfWorkbook(bytes: Buffer): Promise<readonly RawRow[] | BadRow> {
  try {
    const lines = await readSheets(bytes, MOST_UNPACKED)
    return lines.map(({ cells, ...rest }) => ({ ...rest, record: cells }))
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'too_large') throw error
    const { reason, values } = error
    return { line: 1, reason, values }
  }
}
