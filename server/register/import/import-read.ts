import { Refusal } from '../../base/refusal.ts'
import { readSheet } from '../../people/accounts/import-sheet.ts'
import { type ParsedRegister, parseRegister, parseRows } from './import-parse.ts'

/** Reads a register as CSV, or the first sheet of a workbook. What cannot be read is its one bad row. */
export async function readRegister(bytes: Buffer): Promise<ParsedRegister> {
  const head = bytes.subarray(0, 4).toString('hex')
  if (head !== '504b0304' && head !== 'd0cf11e0') return parseRegister(bytes)
  try {
    const lines = await readSheet(bytes)
    return parseRows(lines.map(({ line, cells }) => ({ line, record: cells })))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { rows: [], bad: [{ line: 1, reason: error.message }] }
  }
}
