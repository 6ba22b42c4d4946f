/*
 * Comma-separated values (RFC 4180) as offices open them: in a spreadsheet. The server writes them and so does the
 * browser, by these functions alone.
 */

/** Text is guarded, numbers stay numbers, null is an empty cell. */
export type CsvValue = string | number | null

/** So that Excel and WPS take the file for UTF-8. */
export const CSV_MARK = '\uFEFF'

/**
 * What spreadsheets take for the beginning of a formula (OWASP, CSV injection): `= + - @` and their full-width twins,
 * which Chinese and Japanese editions read alike, behind any space or sign that does not show; and a tab or a line's
 * end, which some of them skip first.
 */
const FORMULA = /^(?:[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/

/** A text that a spreadsheet shows and never runs: what begins like a formula is given an apostrophe. */
export const inertText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** One cell. */
export function csvCell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const shown = inertText(value)
  return /[",\r\n;]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}

/** One line, with its end. */
export const csvLine = (cells: readonly CsvValue[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A whole file: the mark, and a line a row. */
export const csvOf = (rows: readonly (readonly CsvValue[])[]): string => CSV_MARK + rows.map(csvLine).join('')
