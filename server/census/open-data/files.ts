import { CSV_MARK, csvLine } from '../../../shared/base/csv.ts'
import {
  OPEN_FIELDS,
  OPEN_TABLES,
  OPEN_VERSION,
  type OpenTable,
} from '../../../shared/census/open-data/open-data-rules.ts'
import type { Steps } from '../../base/slices.ts'
import type { OpenRow } from './rows.ts'
import { meaningOf } from './words.ts'

/** A table as CSV: its fields by name, nothing that a spreadsheet would run. */
export function* asCsv(table: OpenTable, rows: readonly OpenRow[]): Steps<string> {
  const names = OPEN_FIELDS[table].map(({ name }) => name)
  const lines = [CSV_MARK, csvLine(names)]
  for (const row of rows) {
    lines.push(csvLine(names.map((name) => row[name] ?? null)))
    yield
  }
  return lines.join('')
}

/** A table as JSON: what it is, and its rows with the same fields. */
export function* asJson(
  table: OpenTable,
  day: string,
  isDemo: boolean,
  rows: readonly OpenRow[],
): Steps<string> {
  const names = OPEN_FIELDS[table].map(({ name }) => name)
  const items: string[] = []
  for (const row of rows) {
    items.push(JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name] ?? null]))))
    yield
  }
  const head = JSON.stringify({ version: OPEN_VERSION, table, day, demonstration: isDemo, rows: rows.length })
  return `${head.slice(0, -1)},"items":[\n${items.join(',\n')}\n]}\n`
}

/** What every field is, in both languages. */
const dictionary = () =>
  OPEN_TABLES.flatMap((table) =>
    OPEN_FIELDS[table].map(({ name, type }) => ({
      ...{ table, name, type },
      ...{ meaning_zh: meaningOf('zh', table, name), meaning_en: meaningOf('en', table, name) },
    })),
  )

export function dictionaryCsv(): string {
  const rows = dictionary()
  const head = ['table', 'name', 'type', 'meaning_zh', 'meaning_en']
  return [CSV_MARK, csvLine(head), ...rows.map((row) => csvLine(Object.values(row)))].join('')
}

export const dictionaryJson = (): string =>
  `${JSON.stringify({ version: OPEN_VERSION, fields: dictionary() }, null, 1)}\n`
