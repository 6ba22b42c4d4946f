import { CsvError, parse } from 'csv-parse/sync'
import { type Level, SITE_CODE } from '../../../shared/register/sites/sites.ts'
import { decodeRegister, delimiterOf } from '../../base/sheet/import-decode.ts'
import { COLUMNS, type Column, readHeader } from './import-columns.ts'
import { BadCell, readInterval, readPlace, readUrl } from './import-fields.ts'

/** A good row of a register. */
export interface RegisterRow {
  code: string
  name: string
  url: string
  level: Level
  district: string
  unit: string
  platform: string | null
  intervalS: number | null
}

export interface BadRow {
  /** Line of the file, the first being 1; where a row spans lines, its first. */
  line: number
  reason: string
}

export interface ParsedRegister {
  rows: RegisterRow[]
  bad: BadRow[]
}

/** The national register's limit for each item of a site (网站基本信息每项不超过200个字). */
const MAX_LENGTH = 200
const CONTROL = /\p{Cc}/u

interface RawRow {
  record: string[]
  line: number
}

/**
 * Reads a register as a spreadsheet program saves it: UTF-8, UTF-16 or GBK; comma, tab or semicolon; header in
 * Chinese or English. Each row is either good or in `bad` with its line and the reason.
 */
export function parseRegister(bytes: Uint8Array): ParsedRegister {
  const decoded = decodeRegister(bytes)
  if ('reason' in decoded) return { rows: [], bad: [{ line: 1, reason: decoded.reason }] }
  const split = splitRows(decoded.text)
  if ('reason' in split) return { rows: [], bad: [split] }
  const [head, ...body] = split
  if (!head) return { rows: [], bad: [{ line: 1, reason: 'the file is empty' }] }
  const header = readHeader(head.record)
  if ('reason' in header) return { rows: [], bad: [{ line: head.line, reason: header.reason }] }
  return readRows(body, { ...header, width: head.record.length })
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

function readRows(raw: RawRow[], header: { places: Map<Column, number>; width: number }): ParsedRegister {
  const rows: RegisterRow[] = []
  const bad: BadRow[] = []
  const lineOfCode = new Map<string, number>()
  for (const { record, line } of raw) {
    try {
      const row = readRow(record, header)
      const before = lineOfCode.get(row.code)
      if (before !== undefined)
        throw new BadCell(`网站标识码 / code: ${row.code} is on line ${before} already`)
      lineOfCode.set(row.code, line)
      rows.push(row)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      bad.push({ line, reason: error.message })
    }
  }
  return { rows, bad }
}

function readRow(record: string[], { places, width }: { places: Map<Column, number>; width: number }) {
  if (record.slice(width).some((cell) => cell !== '')) {
    throw new BadCell(`has ${record.length} cells where the header has ${width}: is a comma not in quotes?`)
  }
  const cells = Object.fromEntries(
    COLUMNS.map((column) => [column, readText(column, record[places.get(column) ?? -1] ?? '')]),
  ) as Record<Column, string>
  for (const column of ['code', 'name', 'url', 'unit'] as const) {
    if (cells[column] === '') throw new BadCell(`${column}: is empty`)
  }
  const code = cells.code.toLowerCase()
  if (!SITE_CODE.test(code)) {
    throw new BadCell(`网站标识码 / code: "${cells.code}" is not 10 digits, nor bm and 8 digits`)
  }
  return {
    code,
    name: cells.name,
    url: readUrl(cells.url),
    ...readPlace({ ...cells, code }),
    unit: cells.unit,
    platform: cells.platform || null,
    intervalS: readInterval(cells.interval),
  }
}

function readText(column: Column, cell: string): string {
  const text = cell.trim()
  if ([...text].length > MAX_LENGTH) throw new BadCell(`${column}: is longer than ${MAX_LENGTH} characters`)
  if (CONTROL.test(text)) throw new BadCell(`${column}: holds a line break or another control character`)
  return text
}
