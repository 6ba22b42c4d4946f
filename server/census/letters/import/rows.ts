import { cut } from '../../../../shared/base/text.ts'
import { type NewLetter, newLetter } from '../../../../shared/census/letters/letters.ts'
import { MOST_LETTERS_IMPORTED } from '../../../../shared/census/letters/letters-rules.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import type { SheetLine } from '../../../people/accounts/import-sheet.ts'
import { dayOf } from '../../../register/workdays/days.ts'
import known from './columns.json' with { type: 'json' }
import '../refusals.ts'

export type LetterColumn = keyof typeof known.columns
const COLUMNS = Object.entries(known.columns) as [LetterColumn, readonly string[]][]
const REQUIRED = ['kind', 'receivedOn', 'title', 'body'] as const satisfies readonly LetterColumn[]

/** A title and a remark or two may stand above the header. */
const HEADER_WITHIN = 10
const MOST_IGNORED = 20
const MOST_SHOWN = 50

/** What is wrong in a column of a row. */
export interface WrongCell extends ReasonWithValues {
  readonly column: string
}

/** A row as a letter, without its department, which is named; or what is wrong with it. */
export interface LetterSheetRow {
  readonly line: number
  readonly title: string
  readonly unit: string
  readonly district: string
  readonly given: NewLetter | null
  readonly wrong: readonly WrongCell[]
}

export interface LetterSheet {
  readonly rows: readonly LetterSheetRow[]
  /** Columns that are none of a letter's. */
  readonly ignored: readonly string[]
  /** What the sheet calls the column of a field. */
  labelOf(field: string): string
}

interface Header {
  readonly places: ReadonlyMap<LetterColumn, number>
  readonly cells: readonly string[]
}

/** The rows of a sheet of letters. @throws Refusal invalid (no header, no rows), too_large */
export function letterRowsOf(lines: readonly SheetLine[]): LetterSheet {
  const at = lines.slice(0, HEADER_WITHIN).findIndex(({ cells }) => missingIn(placesIn(cells)).length === 0)
  const header = lines[at]
  if (!header) throw noHeader(lines[0]?.cells ?? [])
  const body = lines.slice(at + 1)
  if (body.length === 0) throw new Refusal('invalid', 'letters.noRows')
  if (body.length > MOST_LETTERS_IMPORTED) {
    throw new Refusal('too_large', 'letters.tooManyRows', { values: { most: MOST_LETTERS_IMPORTED } })
  }
  const places = placesIn(header.cells)
  const rows = body.map((line) => rowOf(line, { places, cells: header.cells }))
  const taken = new Set(places.values())
  const ignored = header.cells.filter((name, place) => name !== '' && !taken.has(place))
  return {
    rows,
    ignored: ignored.slice(0, MOST_IGNORED).map((name) => cut(name, MOST_SHOWN)),
    labelOf: (field) => labelIn(header.cells, places, field === 'unitId' ? 'unit' : field),
  }
}

function labelIn(cells: readonly string[], places: ReadonlyMap<string, number>, field: string): string {
  const usual = COLUMNS.find(([column]) => column === field)?.[1][0]
  return cut(cells[places.get(field) ?? -1] ?? usual ?? field, MOST_SHOWN)
}

function placesIn(cells: readonly string[]): Map<LetterColumn, number> {
  const plain = cells.map((cell) =>
    cell
      .slice(0, 100)
      .toLowerCase()
      .replace(/[^\p{L}]/gu, ''),
  )
  return new Map(
    COLUMNS.flatMap(([column, names]) => {
      const place = plain.findIndex((cell) => names.includes(cell))
      return place < 0 ? [] : [[column, place] as const]
    }),
  )
}

const missingIn = (places: ReadonlyMap<LetterColumn, number>) =>
  REQUIRED.filter((column) => !places.has(column))

function noHeader(cells: readonly string[]): Refusal {
  const columns = missingIn(placesIn(cells)).map((column) => known.columns[column][0] ?? '')
  return new Refusal('invalid', 'letters.headerLacks', { values: { columns } })
}

function rowOf({ line, cells }: SheetLine, { places, cells: names }: Header): LetterSheetRow {
  const wrong: WrongCell[] = []
  const of = (column: LetterColumn) => cells[places.get(column) ?? -1] ?? ''
  const bad = (column: LetterColumn, reason: WrongReason) => {
    wrong.push({ column: labelIn(names, places, column), reason, values: {} })
    return undefined
  }
  const day = (column: 'receivedOn' | 'transferredOn' | 'repliedOn') =>
    of(column) === '' ? undefined : (dayOf(of(column).normalize('NFKC')) ?? bad(column, 'letters.cell.day'))
  const kind = named(known.kinds, of('kind')) ?? bad('kind', 'letters.cell.kind')
  const rating = named(known.ratings, of('rating')) ?? (of('rating') && bad('rating', 'letters.cell.rating'))
  const published = known.yes.includes(plainOf(of('published')))
  if (!published && !known.no.includes(plainOf(of('published')))) bad('published', 'letters.cell.yesNo')
  if (of('receivedOn') === '') bad('receivedOn', 'letters.cell.empty')
  const about = {
    ...{ kind, receivedOn: day('receivedOn'), title: of('title'), body: of('body'), published },
    ...{ reference: of('reference') || undefined, reply: of('reply') || undefined },
    ...{ transferredOn: day('transferredOn'), repliedOn: day('repliedOn') },
    rating: rating ? Number(rating) : undefined,
    person: {
      name: of('name'),
      phone: of('phone').normalize('NFKC'),
      mail: of('mail'),
      address: of('address'),
    },
  }
  const parsed = newLetter.safeParse(about)
  const said = { line, title: cut(of('title'), MOST_SHOWN), unit: of('unit'), district: of('district') }
  if (wrong.length > 0) return { ...said, given: null, wrong }
  if (parsed.success) return { ...said, given: parsed.data, wrong }
  for (const { path } of parsed.error.issues) {
    const column = COLUMNS.find(([name]) => name === String(path.at(-1)))?.[0] ?? 'title'
    bad(column, of(column) === '' ? 'letters.cell.empty' : 'letters.cell.unfit')
  }
  return { ...said, given: null, wrong }
}

type WrongReason =
  | 'letters.cell.day'
  | 'letters.cell.kind'
  | 'letters.cell.rating'
  | 'letters.cell.yesNo'
  | 'letters.cell.empty'
  | 'letters.cell.unfit'

const plainOf = (cell: string): string => cell.normalize('NFKC').trim().toLowerCase()

/** The code that a cell names. */
function named<K extends string>(names: Readonly<Record<K, readonly string[]>>, cell: string): K | undefined {
  return (Object.keys(names) as K[]).find((key) => names[key].includes(plainOf(cell)))
}
