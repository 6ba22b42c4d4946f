import type { Language } from '../../../../shared/base/words/language.ts'
import type { DocumentData, Table } from '../../../../shared/census/documents/documents.ts'
import type { Bars } from '../../../../shared/census/documents/paper.ts'
import { inWords, wordOf } from './codes.ts'

/** What stands for the bars of a table, the first that it has: outcomes, or shares. */
const STACKED = ['vetoed', 'failed', 'open', 'passed'] as const
const ALONE = ['notFailedShare', 'passRate', 'ruleSites'] as const
/** More bars are not read. */
const MOST = 30

/** The chart of a table whose rows have a name: its outcomes one upon the other, or a share or number alone. */
export function barsOf(
  data: DocumentData,
  key: string,
  { columns, rows }: Table,
  language: Language,
): Bars | null {
  const at = (name: string) => columns.findIndex((column) => column.key === name)
  const naming = columns.findIndex(({ type }) => type === 'district' || type === 'rules')
  const some = rows.slice(0, MOST)
  const stacked = STACKED.filter((name) => at(name) >= 0)
  const alone = ALONE.find((name) => at(name) >= 0)
  const shown = key === 'districts' ? stacked : alone ? [alone] : stacked
  if (naming < 0 || shown.length === 0) return null
  const type = columns[naming]?.type ?? 'text'
  const isShare = (name: string) => columns[at(name)]?.type === 'percent'
  const barOf = (name: string, row: Table['rows'][number]) => {
    const value = Number(row[at(name)] ?? 0)
    return isShare(name) ? Math.round(value * 1000) / 10 : value
  }
  return {
    title: wordOf('chart', key, language),
    names: some.map((row) => String(inWords(data, row[naming] ?? '', type, language))),
    series: shown.map((name) => ({
      ...{ key: name, label: wordOf('column', name, language) },
      values: some.map((row) => barOf(name, row)),
    })),
  }
}
