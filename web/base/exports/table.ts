import type { CsvValue } from '../../../shared/base/csv.ts'
import { localStamp } from '../../../shared/base/time.ts'

/** A cell: text, a number, an instant, or nothing. */
export type Cell = string | number | Date | null

/** One column of a list as it leaves the house: the same words as on the screen. */
export interface ExportColumn<T> {
  readonly label: string
  readonly value: (row: T) => Cell
  /** In characters; by default as wide as the heading, 14 at least. */
  readonly width?: number
}

/** A list to take along. */
export interface ExportTable<T> {
  /** What it is called, in the reader's language; also the file's name. */
  readonly title: string
  readonly columns: readonly ExportColumn<T>[]
  /** Every row that the filters ask for, in the order of the screen: also those that are not drawn or fetched yet. */
  readonly rows: () => Iterable<T> | AsyncIterable<T>
}

/** An instant from the API as a cell. */
export const instant = (at: string | number | null | undefined): Date | null =>
  at === null || at === undefined ? null : new Date(at)

const asText = (cell: Cell): CsvValue => (cell instanceof Date ? localStamp(cell.getTime()) : cell)

/** The list as rows of CSV, its headings first; instants as local day and time. */
export function csvRows<T>(columns: readonly ExportColumn<T>[], rows: readonly T[]): CsvValue[][] {
  return [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map(({ value }) => asText(value(row)))),
  ]
}
