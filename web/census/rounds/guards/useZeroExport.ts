import type { ZeroReport } from '../../../../shared/census/rounds/guards/guards.ts'
import { call } from '../../../base/call.ts'
import { everyPage } from '../../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'

/** Zero reports to take along. */
export function useZeroExport(
  asked: () => { readonly round?: number | undefined },
): () => ExportTable<ZeroReport> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('rounds.guards.zeroTitle'),
    rows: () => everyPage((paging) => call('zeroReports', { query: { ...asked(), ...paging } })),
    columns: [
      { label: t('rounds.column.round'), value: ({ round }) => round },
      { label: t('rounds.guards.name'), value: ({ name }) => name, width: 24 },
      { label: t('rounds.district'), value: ({ district }) => districtName(district) },
      { label: t('rounds.submissions.whose'), value: ({ unit }) => unit?.name ?? '', width: 30 },
      { label: t('rounds.guards.dueAt'), value: ({ dueAt }) => instant(dueAt), width: 18 },
      { label: t('rounds.column.state'), value: ({ standing }) => t(`rounds.guards.standings.${standing}`) },
      {
        label: t('rounds.guards.what'),
        value: ({ happened }) => (happened === '' ? t('rounds.guards.happenedNothing') : happened),
        width: 40,
      },
      { label: t('rounds.submissions.signature'), value: ({ signed }) => signed?.signature ?? '' },
      { label: t('rounds.submissions.handedIn'), value: ({ signed }) => instant(signed?.at), width: 18 },
    ],
  })
}
