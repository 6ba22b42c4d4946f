import { csvOf } from '../../../shared/base/csv.ts'
import type { WordImport } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import { saveFile } from '../../base/exports/save.ts'
import { t } from '../../base/i18n.ts'

const FIELDS = ['wrong', 'right', 'kind', 'near', 'apart', 'note'] as const
const head = () => FIELDS.map((field) => t(`wrongWords.import.column.${field}`))

function saveCsv(title: string, rows: readonly (readonly string[])[]): void {
  saveFile(`${title}.csv`, new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }))
}

/** An empty sheet, with a header as the server reads it. */
export const saveTemplate = (): void => saveCsv(t('wrongWords.import.templateName'), [head()])

/** The rows that were not taken, as they were, with their line and reason before them. */
export function saveWrongRows(rows: WordImport['wrongRows']): void {
  const first = [t('wrongWords.import.line'), t('wrongWords.import.reason')]
  const body = rows.map(({ line, reason, cells }) => [String(line), reason, ...cells])
  saveCsv(t('wrongWords.import.wrongName'), [[...first, t('wrongWords.import.cells')], ...body])
}
