import writeXlsxFile, { type SheetData } from 'write-excel-file/browser'
import { wallOf } from '../../../shared/base/zone.ts'
import type { Cell, ExportColumn } from './table.ts'

/*
 * Loaded only when somebody asks for a workbook. Text cells are written as text, so that nothing in them is ever a
 * formula; numbers and instants are real ones, to reckon and to sort by.
 */

/** What a cell of a workbook can hold (ECMA-376). */
const MOST_TEXT = 32_767
const HEAD = { fontWeight: 'bold', backgroundColor: '#e8edf3' } as const

function cellOf(value: Cell): SheetData[number][number] {
  if (value === null) return null
  if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number } : null
  if (typeof value === 'string') return { value: writable(value), type: String, format: '@' }
  // Spreadsheets know no time zones: an instant is written as the installation's clocks show it.
  return { value: new Date(wallOf(value.getTime())), type: Date, format: 'yyyy-mm-dd hh:mm' }
}

/** Signs that XML has no way to write (XML 1.0, 2.2), and the half of a sign at the cut. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const writable = (text: string) => text.slice(0, MOST_TEXT).replace(UNWRITABLE, '')

/** Chinese characters are twice as wide. */
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (sign >= '\u2e80' ? 2 : 1), 2)

/**
 * A workbook of two sheets: the list, with a heading that stays in view, and what it is (`about`, pairs of a word
 * and its value).
 */
export function workbookOf<T>(
  title: string,
  columns: readonly ExportColumn<T>[],
  rows: readonly T[],
  about: { readonly title: string; readonly lines: readonly (readonly [string, string])[] },
): Promise<Blob> {
  return writeXlsxFile([
    {
      sheet: sheetName(title),
      data: [
        columns.map(({ label }) => ({ value: label, type: String, ...HEAD })),
        ...rows.map((row) => columns.map(({ value }) => cellOf(value(row)))),
      ],
      columns: columns.map(({ label, width }) => ({ width: width ?? Math.max(14, widthOf(label)) })),
      stickyRowsCount: 1,
    },
    {
      sheet: sheetName(about.title),
      data: about.lines.map(([word, value]) => [{ value: word, type: String, ...HEAD }, cellOf(value)]),
      columns: [{ width: 16 }, { width: 80 }],
    },
  ]).toBlob()
}

/** At most 31 characters and none of those that mean something in an address of cells. */
const sheetName = (title: string) => title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31)
