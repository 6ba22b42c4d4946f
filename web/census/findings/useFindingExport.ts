import type { CensusFinding } from '../../../shared/census/findings/findings.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { everyFinding, type FindingsAsked } from './useFindings.ts'

/** The findings to take along. */
export function useFindingExport(asked: () => FindingsAsked): () => ExportTable<CensusFinding> {
  const { t } = useWords()
  const who = (step: CensusFinding['ended']) => step?.by.name ?? ''
  const when = (step: CensusFinding['ended']) => step && instant(step.at)
  return () => ({
    title: t('findings.title'),
    rows: () => everyFinding(asked()),
    columns: [
      { label: t('findings.number'), value: ({ number }) => number },
      { label: t('findings.site'), value: ({ siteName }) => siteName, width: 36 },
      { label: t('findings.edition'), value: ({ edition }) => edition },
      { label: t('findings.rule'), value: ({ rule }) => rule },
      { label: t('findings.count'), value: ({ count }) => count ?? t('findings.none') },
      { label: t('findings.note'), value: ({ note }) => note, width: 44 },
      { label: t('findings.target'), value: ({ target }) => target ?? '', width: 44 },
      { label: t('findings.proof'), value: ({ proof }) => proof.join('\n'), width: 44 },
      { label: t('findings.state'), value: ({ state }) => t(`findings.states.${state}`) },
      { label: t('findings.column.recordedBy'), value: ({ recorded }) => who(recorded) },
      { label: t('findings.column.recordedAt'), value: ({ recorded }) => when(recorded), width: 18 },
      { label: t('findings.column.confirmedBy'), value: ({ confirmed }) => who(confirmed) },
      { label: t('findings.column.confirmedAt'), value: ({ confirmed }) => when(confirmed), width: 18 },
      { label: t('findings.column.endedBy'), value: ({ ended }) => who(ended) },
      { label: t('findings.column.endedAt'), value: ({ ended }) => when(ended), width: 18 },
      {
        label: t('findings.remarkOf'),
        value: ({ ended, confirmed }) => ended?.note ?? confirmed?.note ?? '',
        width: 36,
      },
    ],
  })
}
