import type { AsideEntry } from '../../../shared/base/aside/aside.ts'
import type { AsideState } from '../../../shared/base/aside/aside-rules.ts'
import { call } from '../../base/call.ts'
import { everyPage } from '../../base/exports/everyPage.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'

/** Everything in the list, to take along. */
export function useAsideExport(state: () => AsideState): () => ExportTable<AsideEntry> {
  const { t } = useWords()
  return () => ({
    title: t('aside.title'),
    rows: () => everyPage((paging) => call('aside', { query: { state: state(), ...paging } })),
    columns: [
      { label: t('aside.what'), value: ({ kind }) => t(`aside.kind.${kind}`), width: 18 },
      { label: t('aside.site'), value: ({ site }) => site?.name ?? null, width: 24 },
      { label: t('aside.ref'), value: ({ ref }) => ref, width: 24 },
      { label: t('aside.reason'), value: ({ error }) => error, width: 40 },
      { label: 'SQLSTATE', value: ({ code }) => code },
      { label: t('aside.times'), value: ({ times }) => times },
      { label: t('aside.last'), value: ({ at }) => instant(at), width: 18 },
      { label: t('aside.settled'), value: ({ endedAt }) => instant(endedAt), width: 18 },
    ],
  })
}
