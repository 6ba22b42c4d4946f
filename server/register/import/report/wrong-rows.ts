import type { Language } from '../../../../shared/base/words/locales.ts'
import type { FieldSet } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { RawRow } from '../../../base/sheet/split.ts'
import { type WorkbookCell, writeWorkbook } from '../../../base/sheet/write-workbook.ts'
import { inWords } from '../../../base/words/refusals.ts'
import { columnLabel } from '../../sites/column-names.ts'
import { findHeading } from '../file/heading.ts'
import { type BadRegisterRow, bySheet } from '../file/parse.ts'

/** Rows of one piece of the file. */
const BATCH = 500

interface WrongRow {
  readonly reason: string
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/**
 * The rows of a file that are wrong, as they stand there, each behind what is wrong with it: to be mended and loaded
 * again, which passes the first two columns over.
 * @param split the rows of the file
 * @returns a workbook by pieces; null where no row of it can be mended by itself
 */
export function fileOfWrongRows(
  split: readonly RawRow[],
  bad: readonly BadRegisterRow[],
  known: FieldSet,
  language: Language,
): Generator<Uint8Array> | null {
  const titles: string[] = []
  const rows: WrongRow[] = []
  const registers = [...bySheet(split)].flatMap(([sheet, ofSheet]) => {
    const heading = findHeading(ofSheet, known)
    return 'places' in heading ? [{ sheet, heading }] : []
  })
  for (const { sheet, heading } of registers) {
    const keys = keysOf(heading.names)
    for (const key of keys) if (!titles.includes(key)) titles.push(key)
    const lines = new Map(heading.rows.map((row) => [row.line, row]))
    for (const wrong of bad) {
      // Of which sheet it is goes without saying where one alone holds a register.
      const isHere = wrong.sheet === sheet || (wrong.sheet === undefined && registers.length === 1)
      const row = isHere ? lines.get(wrong.line) : undefined
      if (!row) continue
      const cells = new Map(row.record.map((cell, n) => [keys[n] ?? '', cell] as const))
      rows.push({ reason: sayWrong(wrong, known, language), line: wrong.line, cells })
    }
  }
  return rows.length > 0 ? written(titles, rows, language) : null
}

/** A column by its name; those of one name, or of none, by which of them they are. */
function keysOf(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    return nth === 1 && name !== '' ? name : `${name}\u0000${nth}`
  })
}

function* written(
  titles: readonly string[],
  rows: readonly WrongRow[],
  language: Language,
): Generator<Uint8Array> {
  const told = (['imports.reasonColumn', 'imports.lineColumn'] as const).map((reason) =>
    inWords({ reason, values: {} }, language),
  )
  const heading = titles.map((key) => key.split('\u0000')[0] ?? '')
  const workbook = writeWorkbook([...told, ...heading])
  const cellsOf = ({ reason, line, cells }: WrongRow): WorkbookCell[] => [
    ...[reason, line],
    ...titles.map((key) => cells.get(key) ?? null),
  ]
  for (let from = 0; from < rows.length; from += BATCH) {
    yield* workbook.rows(rows.slice(from, from + BATCH).map(cellsOf))
  }
  yield* workbook.end()
}

function sayWrong({ column, ...said }: BadRegisterRow, known: FieldSet, language: Language): string {
  const sentence = inWords(said, language)
  if (column === null) return sentence
  return `${known.of(column)?.label[language] ?? columnLabel(column, known)}: ${sentence}`
}
