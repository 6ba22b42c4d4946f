import { finished } from 'node:stream/promises'
import { CsvError, type Parser, parse } from 'csv-parse'
import { Refusal } from '../refusal.ts'
import { inSlices, type Steps } from '../slices.ts'
import type { ReasonWithValues } from '../words/refusals.ts'
import { delimiterOf } from './decode.ts'
import { MOST_COLUMNS, MOST_IN_ROW, MOST_ROWS } from './limits.ts'

export interface BadRow extends ReasonWithValues {
  /** Line of the file, the first being 1; where a row spans lines, its first. */
  readonly line: number
}

/** A row as its cells, before anything is made of it. */
export interface RawRow {
  record: readonly string[]
  line: number
  /** The name of its sheet, of a workbook that has several. */
  sheet?: string
}

/** A spreadsheet has no more lines, and some programs save all of them. */
const MOST_LINES = 2 ** 20

/**
 * The rows of a file of separated values that have something in them, with their lines; or where it breaks.
 * In slices: everybody else has their turn between two.
 * @throws Refusal too_large
 */
export async function splitRows(pieces: readonly string[]): Promise<RawRow[] | BadRow> {
  const taken = new Rows()
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(pieces[0] ?? ''),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (record: string[], { lines }) => {
      taken.add(record, lines)
      return null
    },
  })
  let fault: Error | null = null
  parser.on('error', (error) => {
    fault ??= error
  })
  parser.resume()
  try {
    await inSlices(feed(parser, pieces, taken))
    if (fault) throw fault
    parser.end()
    await finished(parser)
    return taken.rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as CsvError & { lines?: number }).lines ?? 1)
    return { line, reason: 'sheets.cannotSplit', values: {} }
  } finally {
    parser.destroy()
  }
}

function* feed(parser: Parser, pieces: readonly string[], taken: Rows): Steps<void> {
  for (const piece of pieces) {
    if (parser.errored) return
    // Its rows are taken before it returns.
    parser.write(piece)
    taken.refuseIfTooMuch(piece.trim().length)
    yield
  }
}

export const tooManyRows = (most = MOST_ROWS) =>
  new Refusal('too_large', 'sheets.tooManyRows', { values: { most } })

export const rowIsTooLong = (line: number) =>
  new Refusal('too_large', 'sheets.rowIsTooLong', { values: { line, most: MOST_IN_ROW } })

export const tooManyColumns = ({ line, n }: { line: number; n: number }) =>
  new Refusal('too_large', 'sheets.tooManyColumns', { values: { line, n, most: MOST_COLUMNS } })

const breaksIn = (record: readonly string[]): number =>
  record.reduce((sum, cell) => sum + (cell.match(/[\r\n]/g)?.length ?? 0), 0)

class Rows {
  readonly rows: RawRow[] = []
  #endLine = 0
  #wide: { readonly line: number; readonly n: number } | null = null
  /** Characters given since a row ended; lines of nothing are not counted. */
  #open = 0

  /** @param endLine the line on which the row ends. */
  add(record: readonly string[], endLine: number): void {
    const line = Math.max(this.#endLine + 1, endLine - breaksIn(record))
    this.#endLine = endLine
    this.#open = 0
    if (!record.some((cell) => cell !== '')) return
    this.rows.push({ record, line })
    if (record.length > MOST_COLUMNS && record.slice(MOST_COLUMNS).some((cell) => cell !== ''))
      this.#wide ??= { line, n: record.length }
  }

  /** @throws Refusal too_large */
  refuseIfTooMuch(given: number): void {
    this.#open += given
    if (this.#open > MOST_IN_ROW) {
      throw rowIsTooLong(this.#endLine + 1)
    }
    if (this.#wide) {
      throw tooManyColumns(this.#wide)
    }
    if (this.rows.length > MOST_ROWS) throw tooManyRows()
    if (this.#endLine > MOST_LINES) throw tooManyRows(MOST_LINES)
  }
}
