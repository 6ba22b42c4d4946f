import { type FieldSet, type FieldValues, NATIONAL } from '../../../../shared/register/ledger/ledger-rules.ts'
import { SITE_CODE } from '../../../../shared/register/sites/sites.ts'
import { decodeSheet } from '../../../base/sheet/decode.ts'
import { type BadRow, type RawRow, splitRows } from '../../../base/sheet/split.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import { COLUMNS, type RegisterColumn } from '../../sites/column-names.ts'
import { type Header, readHeader } from './columns.ts'
import { BadCell, type GivenLevel, readInterval, readLevel, readPortal, readUrl } from './fields.ts'
import { readField } from './profile.ts'

/** A row of a register that can be read; where it belongs is found with the divisions (`plan/place.ts`). */
export interface ReadRow {
  readonly line: number
  readonly code: string
  readonly name: string
  readonly url: string
  readonly unit: string
  readonly platform: string | null
  readonly intervalS: number | null
  /** What the column of districts says; empty where it says nothing. */
  readonly place: string
  readonly level: GivenLevel | null
  /** What the column of levels says, word for word. */
  readonly levelCell: string
  readonly isPortal: boolean | null
  /** The fields of the profile that the file has; null: it says nothing of them. */
  readonly profile?: FieldValues
}

/** A row that cannot be taken, or the line from which the file cannot be read, and why. */
export interface BadRegisterRow extends BadRow {
  readonly column: string | null
}

export interface ParsedRegister {
  rows: ReadRow[]
  bad: BadRegisterRow[]
}

export const badRow = (line: number, { column, reason, values }: BadCell): BadRegisterRow => ({
  ...{ line, column, reason, values },
})

/** A file of which nothing can be read. */
const unreadable = (line: number, { reason, values }: ReasonWithValues): ParsedRegister => ({
  rows: [],
  bad: [{ line, column: null, reason, values }],
})

/** The national register's limit for each item of a site (网站基本信息每项不超过200个字). */
const MAX_LENGTH = 200
const CONTROL = /\p{Cc}/u

/**
 * Reads a register as a spreadsheet program saves it: UTF-8, UTF-16 or GBK; comma, tab or semicolon; header in
 * Chinese or English. Each row is either good or in `bad` with its line and the reason.
 * @throws Refusal too_large
 */
export async function parseRegister(bytes: Uint8Array, known: FieldSet = NATIONAL): Promise<ParsedRegister> {
  const decoded = await inSlices(decodeSheet(bytes))
  if ('reason' in decoded) return unreadable(1, decoded)
  const split = await splitRows(decoded.pieces)
  return 'reason' in split ? unreadable(split.line, split) : inSlices(parseRows(split, known))
}

/** A title and a remark or two may stand above the header. */
const HEADER_WITHIN = 10

/** The same of rows that are split already, as those of a workbook. */
export function* parseRows(split: readonly RawRow[], known: FieldSet): Steps<ParsedRegister> {
  const [first] = split
  if (!first) return unreadable(1, { reason: 'sheets.empty', values: {} })
  const at = split.slice(0, HEADER_WITHIN).findIndex(({ record }) => 'places' in readHeader(record, known))
  const head = split[Math.max(0, at)] ?? first
  const header = readHeader(head.record, known)
  if ('reason' in header) return unreadable(head.line, header)
  return yield* readRows(split.slice(at + 1), { ...header, width: head.record.length, known })
}

type Columns = Exclude<Header, ReasonWithValues> & { readonly width: number; readonly known: FieldSet }

function* readRows(raw: readonly RawRow[], header: Columns): Steps<ParsedRegister> {
  const rows: ReadRow[] = []
  const bad: BadRegisterRow[] = []
  const lineOfCode = new Map<string, number>()
  for (const { record, line } of raw) {
    try {
      const row = readRow(record, line, header)
      const before = lineOfCode.get(row.code)
      if (before !== undefined)
        throw new BadCell('code', 'imports.codeTwice', { code: row.code, line: before })
      lineOfCode.set(row.code, line)
      rows.push(row)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      bad.push(badRow(line, error))
    }
    yield
  }
  return { rows, bad }
}

function readRow(
  record: readonly string[],
  line: number,
  { places, profile, width, known }: Columns,
): ReadRow {
  if (record.slice(width).some((cell) => cell !== '')) {
    throw new BadCell(null, 'imports.tooManyCells', { n: record.length, width })
  }
  const cells = Object.fromEntries(
    COLUMNS.map((column) => [column, readText(column, record[places.get(column) ?? -1] ?? '')]),
  ) as Record<RegisterColumn, string>
  for (const column of ['code', 'name', 'url', 'unit'] as const) {
    if (cells[column] === '') throw new BadCell(column, 'imports.cellEmpty')
  }
  const code = cells.code.toLowerCase()
  if (!SITE_CODE.test(code)) {
    throw new BadCell('code', 'imports.notCode', { cell: cells.code })
  }
  return {
    line,
    code,
    name: cells.name,
    url: readUrl(cells.url),
    unit: cells.unit,
    platform: cells.platform || null,
    intervalS: readInterval(cells.interval),
    place: cells.district,
    level: readLevel(cells.level),
    levelCell: cells.level,
    isPortal: readPortal(cells.portal),
    ...(profile.size > 0 && { profile: readProfile(record, profile, known) }),
  }
}

function readProfile(
  record: readonly string[],
  places: ReadonlyMap<string, number>,
  known: FieldSet,
): FieldValues {
  const fields = Array.from(places, ([key, place]) => {
    const field = known.of(key)
    return [key, field ? readField(field, readText(key, record[place] ?? '')) : null]
  })
  return Object.fromEntries(fields) as FieldValues
}

/** Most cells are far shorter, and those that are far longer need not be counted. */
const isLong = (text: string) =>
  text.length > MAX_LENGTH && (text.length > 2 * MAX_LENGTH || [...text].length > MAX_LENGTH)

/** A text without the apostrophe that keeps a spreadsheet from running it (`inertText`). */
const asWritten = (text: string): string =>
  text.startsWith("'") ? text.replace(/^'(?=[=+\-@＝＋－＠])/, '') : text

function readText(column: string, cell: string): string {
  const text = asWritten(cell.trim())
  if (isLong(text)) throw new BadCell(column, 'imports.cellTooLong', { most: MAX_LENGTH })
  if (CONTROL.test(text)) throw new BadCell(column, 'imports.controlCharacter')
  return text
}
