import type { Filing } from '../../../shared/register/filings/filings.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import type { FilingsAsked } from './useFilings.ts'

/** What was filed, to take along. */
export function useFilingExport(asked: () => FilingsAsked): () => ExportTable<Filing> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('filings.title'),
    rows: () => everyPage((paging) => call('filings', { query: { ...asked(), ...paging } })),
    columns: [
      { label: t('exports.code'), value: ({ code }) => code },
      { label: t('filings.site'), value: ({ siteName }) => siteName, width: 36 },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('filings.ask'), value: ({ ask }) => t(`filings.asks.${ask}`) },
      { label: t('filings.from'), value: ({ from }) => from },
      { label: t('filings.to'), value: ({ to }) => to },
      { label: t('filings.target'), value: ({ target }) => target },
      { label: t('filings.reason'), value: ({ reason }) => reason, width: 36 },
      { label: t('filings.state'), value: ({ state }) => t(`filings.states.${state}`) },
      {
        label: t('filings.notice.label'),
        value: ({ notice }) =>
          notice && t(`filings.notice.states.${notice.isShort ? 'short' : notice.state}`),
      },
      {
        label: t('filings.notice.daysLabel'),
        value: ({ notice }) => (notice && notice.state !== 'unmeasured' ? notice.days : null),
      },
      { label: t('filings.note'), value: ({ decided }) => decided?.note ?? null, width: 36 },
      { label: t('filings.file'), value: ({ filed }) => instant(filed.at), width: 18 },
    ],
  })
}
