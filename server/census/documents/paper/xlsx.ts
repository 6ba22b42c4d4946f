import type { Language } from '../../../../shared/base/words/language.ts'
import type { DocumentData, Table, Value } from '../../../../shared/census/documents/documents.ts'
import type { ValueType } from '../../../../shared/census/documents/documents-rules.ts'
import type { Paper, PaperTable } from '../../../../shared/census/documents/paper.ts'
import {
  type CellType,
  type WorkbookCell,
  type WorkbookSheet,
  writeSheets,
} from '../../../base/sheet/write-workbook.ts'
import { say } from '../../../base/words/say.ts'
import { tableOf } from './paper.ts'
import { written } from './written.ts'

/** Rows of a piece of the file: between two everybody else has their turn. */
const PIECE = 200
const [NARROW, WIDE] = [12, 32]

/** Days and instants, numbers and shares are what they are; words are words. */
const cellType = (type: ValueType): CellType =>
  type === 'number' || type === 'percent' || type === 'day' || type === 'time' ? type : 'text'
const widthOf = (type: ValueType) =>
  cellType(type) === 'text' ? (type === 'text' ? WIDE : WIDE / 2 + 2) : NARROW + 4

/**
 * A document as a workbook, piece by piece: first what it goes by and its figures, then each table as a sheet.
 * @param rest the pieces of its long table, the first among them
 */
export async function* workbookOf(
  data: DocumentData,
  paper: Paper,
  language: Language,
  rest: () => AsyncIterable<Value[][]>,
): AsyncGenerator<Uint8Array> {
  const tables = paper.sections.flatMap(({ tables }) => tables)
  const label = (word: 'papers.column.about' | 'papers.column.text') => say({ word }, language)
  const about: WorkbookSheet = {
    name: say({ word: 'papers.section.overview' }, language),
    columns: [
      { label: label('papers.column.about'), width: WIDE },
      { label: label('papers.column.text'), type: 'number', width: 2 * WIDE },
    ],
  }
  const workbook = writeSheets([about, ...tables.map(sheetOf)])
  yield* workbook.rows(linesOf(paper, language))
  for (const table of tables) {
    yield* workbook.next()
    const source = data.tables[table.key]
    if (source?.hash === undefined) {
      for (let at = 0; at < table.rows.length; at += PIECE) {
        yield* workbook.rows(table.rows.slice(at, at + PIECE).map(cellsOf))
        await turn()
      }
    } else yield* longTable(data, table.key, source, language, rest, workbook.rows)
  }
  yield* workbook.end()
}

async function* longTable(
  data: DocumentData,
  key: string,
  source: Table,
  language: Language,
  rest: () => AsyncIterable<Value[][]>,
  put: (rows: WorkbookCell[][]) => Uint8Array[],
): AsyncGenerator<Uint8Array> {
  for await (const piece of rest()) {
    for (let at = 0; at < piece.length; at += PIECE) {
      const { rows } = tableOf(data, key, source, language, piece.slice(at, at + PIECE))
      yield* put(rows.map(cellsOf))
      await turn()
    }
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

const sheetOf = ({ caption, columns }: PaperTable): WorkbookSheet => ({
  name: caption,
  filters: true,
  columns: columns.map(({ label, type }) => ({ label, type: cellType(type), width: widthOf(type) })),
})

const cellsOf = (row: readonly Value[]): WorkbookCell[] =>
  row.map((value) => (Array.isArray(value) ? value.join('; ') : value))

/** Title, number, what it goes by, figures: numbers as numbers, all else as it is read. */
function linesOf(
  { title, number, office, date, basis, sections }: Paper,
  language: Language,
): WorkbookCell[][] {
  const cell = (value: Value, type: ValueType): WorkbookCell =>
    typeof value === 'number' && type === 'number' ? value : written(value, type, language)
  return [
    [title, number],
    [office, date],
    ...basis.map(({ label, value, type }) => [label, cell(value, type)]),
    ...sections.flatMap(({ figures }) => figures.map(({ label, value, type }) => [label, cell(value, type)])),
  ]
}
