import { groupBy } from '../../../../shared/base/lists/group.ts'
import type { FieldSet, FieldValues } from '../../../../shared/register/ledger/ledger-rules.ts'
import { SITE_CODE } from '../../../../shared/register/sites/sites.ts'
import type { BadRow, RawRow } from '../../../base/sheet/split.ts'
import type { Steps } from '../../../base/slices.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import { COLUMNS, type RegisterColumn } from '../../sites/column-names.ts'
import { BadCell, type GivenLevel, readInterval, readLevel, readPortal, readUrl } from './fields.ts'
import { findHeading, type Heading } from './heading.ts'
import { readField } from './profile.ts'

/** A row of a register that can be read; where it belongs is found with the divisions (`plan/place.ts`). */
export interface ReadRow {
  readonly line: number
  /** The name of its sheet, where several hold a register. */
  readonly sheet?: string
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
  /** Columns that its sheet has not: another thing than a cell that says nothing. */
  readonly lacks: readonly RegisterColumn[]
}

/** A row that cannot be taken, or the line from which the file cannot be read, and why. */
export interface BadRegisterRow extends BadRow {
  readonly column: string | null
  /** The name of its sheet, where several hold a register. */
  readonly sheet?: string
}

export interface ParsedRegister {
  rows: ReadRow[]
  bad: BadRegisterRow[]
}

/** A row that cannot be taken, told by where it stands. */
export const badRow = (
  { line, sheet }: Pick<BadRegisterRow, 'line' | 'sheet'>,
  { column, reason, values }: Omit<BadRegisterRow, 'line' | 'sheet'>,
): BadRegisterRow => ({ ...{ line, column, reason, values }, ...(sheet !== undefined && { sheet }) })

/** A file of which nothing can be read. */
const unreadable = (line: number, said: ReasonWithValues): ParsedRegister => ({
  rows: [],
  bad: [badRow({ line }, { ...said, column: null })],
})

/** The national register's limit for each item of a site (网站基本信息每项不超过200个字). */
const MAX_LENGTH = 200
const CONTROL = /\p{Cc}/u

/**
 * The rows of a file, of each sheet those that stand below its heading. One whose heading is all but that of a register
 * is told; sheets without one hold something else.
 */
export function* parseRows(split: readonly RawRow[], known: FieldSet): Steps<ParsedRegister> {
  const [first] = split
  if (!first) return unreadable(1, { reason: 'sheets.empty', values: {} })
  const sheets = [...bySheet(split)].map(([sheet, rows]) => ({ sheet, heading: findHeading(rows, known) }))
  const found = sheets.flatMap(({ heading }) => ('places' in heading ? [heading] : []))
  const faulty = sheets.flatMap(({ sheet, heading }) =>
    'reason' in heading && heading.isNearly ? [{ ...heading, sheet }] : [],
  )
  const none = faulty[0] ?? sheets[0]?.heading
  if (found.length === 0 && faulty.length < 2 && none && 'reason' in none) return unreadable(none.line, none)
  const lineOfCode = new Map<string, number>()
  const bad = faulty.map((at) => badRow(sheetOf(at), { ...at, column: null }))
  const read: ParsedRegister = { rows: [], bad }
  const isOne = found.length + faulty.length === 1
  for (const heading of found) yield* readRows(read, heading, { known, lineOfCode, isOne })
  return read
}

/** Where a row stands, of a sheet that has a name. */
const sheetOf = ({ line, sheet }: { readonly line: number; readonly sheet: string | undefined }) => ({
  line,
  ...(sheet !== undefined && { sheet }),
})

export const bySheet = (split: readonly RawRow[]): Map<string | undefined, RawRow[]> =>
  groupBy(split, ({ sheet }) => sheet)

interface Reading {
  readonly known: FieldSet
  readonly lineOfCode: Map<string, number>
  /** Nobody has to be told which sheet a row is of. */
  readonly isOne: boolean
}

function* readRows({ rows, bad }: ParsedRegister, heading: Heading, reading: Reading): Steps<void> {
  const lacks = COLUMNS.filter((column) => !heading.places.has(column))
  for (const { record, line, sheet } of heading.rows) {
    const at = sheetOf({ line, sheet: reading.isOne ? undefined : sheet })
    try {
      const row = { ...at, ...readRow(record, heading, reading.known), lacks }
      const before = reading.lineOfCode.get(row.code)
      if (before !== undefined)
        throw new BadCell('code', 'imports.codeTwice', { code: row.code, line: before })
      reading.lineOfCode.set(row.code, line)
      rows.push(row)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      bad.push(badRow(at, error))
    }
    yield
  }
}

function readRow(
  record: readonly string[],
  { places, profile, width }: Heading,
  known: FieldSet,
): Omit<ReadRow, 'line' | 'sheet' | 'lacks'> {
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
  if (ROUNDED.test(code)) throw new BadCell('code', 'imports.roundedCode', { cell: cells.code })
  if (!SITE_CODE.test(code)) {
    throw new BadCell('code', 'imports.notCode', { cell: cells.code })
  }
  return {
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

/** What a spreadsheet makes of a long number that is no text: its last digits are gone. */
const ROUNDED = /^\d(\.\d+)?e\+\d+$/

/** What is written in digits and letters may be of any width: ４４０１, ｗｗｗ. */
const OF_ANY_WIDTH: readonly string[] = ['code', 'url', 'level', 'interval', 'portal']
const DECIMAL_ZERO = /^(\d+)\.0+$/

/** Most cells are far shorter, and those that are far longer need not be counted. */
const isLong = (text: string) =>
  text.length > MAX_LENGTH && (text.length > 2 * MAX_LENGTH || [...text].length > MAX_LENGTH)

/** A text without the apostrophe that keeps a spreadsheet from running it (`inertText`). */
const asWritten = (text: string): string =>
  text.startsWith("'") ? text.replace(/^'(?=[=+\-@＝＋－＠])/, '') : text

function readText(column: string, cell: string): string {
  const written = asWritten(cell.trim())
  const text = OF_ANY_WIDTH.includes(column) ? written.normalize('NFKC').replace(DECIMAL_ZERO, '$1') : written
  if (isLong(text)) throw new BadCell(column, 'imports.cellTooLong', { most: MAX_LENGTH })
  if (CONTROL.test(text)) throw new BadCell(column, 'imports.controlCharacter')
  return text
}
