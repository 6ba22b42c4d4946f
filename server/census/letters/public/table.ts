import { csvOf } from '../../../../shared/base/csv.ts'
import type { Language } from '../../../../shared/base/words/language.ts'
import type { Ranking } from '../../../../shared/census/letters/ranking/ranking.ts'
import { hotlineWords } from './words.ts'

/** A month as a table: shares from 0 to 1, nothing that a spreadsheet would run. */
export function hotlineTable({ month, rows }: Ranking, language: Language): string {
  const t = hotlineWords(language)
  const interval = t('hotline.column.overdue')
  const head = [
    ...[t('hotline.months'), t('hotline.column.place'), t('hotline.column.unit'), t('hotline.column.due')],
    ...[t('hotline.column.inTime'), t('hotline.column.late'), t('hotline.column.unanswered')],
    ...[interval, `${interval} ≥`, `${interval} ≤`],
    ...t('hotline.column.asked').split(' / '),
  ]
  const lines = rows.map((row) => [
    ...[month, row.place, row.unit.name, row.due, row.inTime, row.late, row.unanswered],
    ...[row.overdueShare, row.overdueInterval?.[0] ?? null, row.overdueInterval?.[1] ?? null],
    ...[row.satisfied, row.rated, row.asked],
  ])
  return csvOf([head, ...lines])
}
