import { CsvError, parse } from 'csv-parse/sync'
import { delimiterOf } from './decode.ts'

export interface BadRow {
  /** Line of the file, the first being 1; where a row spans lines, its first. */
  line: number
  reason: string
}

/** A row as its cells, before anything is made of it. */
export interface RawRow {
  record: readonly string[]
  line: number
}

/** The rows of a file of separated values that have something in them, with their lines; or where it breaks. */
export function splitRows(text: string): RawRow[] | BadRow {
  try {
    const entries = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    // The parser tells the line on which a record ends.
    const rows = entries.map(({ record, info }, index) => ({
      record,
      line: Math.min(info.lines, (entries[index - 1]?.info.lines ?? 0) + 1),
    }))
    return rows.filter(({ record }) => record.some((cell) => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as CsvError & { lines?: number }).lines ?? 1)
    return { line, reason: `the file cannot be split into rows: ${error.message}` }
  }
}
