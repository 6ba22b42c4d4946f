import type { RegisterImport } from '../../../../shared/register/import/imports.ts'
import { sentenceFor } from '../../../base/http/language.ts'
import type { BadRegisterRow } from '../file/parse.ts'

type Row = RegisterImport['rows'][number]
type Wrong = Omit<BadRegisterRow, 'line'>

/** What a file does, in no language yet. Reports that were kept before have their sentences already. */
export interface ImportReport extends Omit<RegisterImport, 'rows'> {
  readonly rows: readonly (Omit<Row, 'errors'> & {
    readonly errors: readonly (Wrong | Row['errors'][number])[]
  })[]
}

/** A report in the language that a browser asked for. */
export function inReadersWords(report: ImportReport, acceptLanguage: string | undefined): RegisterImport {
  const said = (wrong: Wrong | Row['errors'][number]) =>
    'message' in wrong ? wrong : { column: wrong.column, message: sentenceFor(wrong, acceptLanguage) }
  return { ...report, rows: report.rows.map((row) => ({ ...row, errors: row.errors.map(said) })) }
}
