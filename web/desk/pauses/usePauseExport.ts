import type { PausePlan } from '../../../shared/desk/pauses/pauses.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { usePauseWords } from './usePauseWords.ts'

/** The plans to take along. */
export function usePauseExport(rows: ExportTable<PausePlan>['rows']): () => ExportTable<PausePlan> {
  const { t } = useWords()
  const { what, when, standing } = usePauseWords()
  return () => ({
    title: t('pauses.title'),
    rows,
    columns: [
      { label: t('pauses.kindLabel'), value: ({ kind }) => t(`pauses.kind.${kind}`) },
      { label: t('pauses.column.what'), value: what, width: 36 },
      { label: t('pauses.column.sites'), value: ({ sites }) => sites },
      { label: t('pauses.column.when'), value: when, width: 44 },
      { label: t('pauses.column.reason'), value: ({ reason }) => reason, width: 36 },
      { label: t('pauses.column.state'), value: standing, width: 24 },
      { label: t('pauses.column.who'), value: ({ filedBy }) => filedBy.name },
      { label: t('pauses.from'), value: ({ from }) => instant(from), width: 18 },
      { label: t('pauses.to'), value: ({ endsAt }) => instant(endsAt), width: 18 },
      {
        label: t('pauses.answer'),
        value: ({ answer, decidedBy }) => [decidedBy?.name, answer].filter(Boolean).join(' '),
        width: 28,
      },
    ],
  })
}
