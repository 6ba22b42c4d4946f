import { type FieldSet, NATIONAL } from '../../../../shared/register/ledger/ledger-rules.ts'
import { Refusal } from '../../../base/refusal.ts'
import { inSlices } from '../../../base/slices.ts'
import { readSheet } from '../../../people/accounts/import-sheet.ts'
import { type ParsedRegister, parseRegister, parseRows } from './parse.ts'

/** As a workbook, the nation's register of 84,094 sites is 23 to 45 MB when it is unpacked, by its columns. */
const MOST_UNPACKED = 64 * 2 ** 20

/**
 * Reads a register as CSV, or the first sheet of a workbook. What cannot be read is its one bad row.
 * @throws Refusal too_large
 */
export async function readRegister(bytes: Buffer, known: FieldSet = NATIONAL): Promise<ParsedRegister> {
  const head = bytes.subarray(0, 4).toString('hex')
  if (head !== '504b0304' && head !== 'd0cf11e0') return parseRegister(bytes, known)
  try {
    const lines = await readSheet(bytes, MOST_UNPACKED)
    return await inSlices(
      parseRows(
        lines.map(({ line, cells }) => ({ line, record: cells })),
        known,
      ),
    )
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'too_large') throw error
    const { reason, values } = error
    return { rows: [], bad: [{ line: 1, column: null, reason, values }] }
  }
}
