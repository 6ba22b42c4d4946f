import type { BoardSite } from '../../../shared/city/board.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { useReason } from '../../monitor/standing/useReason.ts'
import type { OwnColumn } from '../../register/own-fields/useOwnColumns.ts'

/** The list of sites to take along. @param read waits until it is known what they say in the further columns */
export function useSiteExport(
  sites: () => readonly BoardSite[],
  extra: () => readonly OwnColumn[] = () => [],
  read: () => Promise<void> = async () => {},
): () => ExportTable<BoardSite> {
  const { t } = useWords()
  const districtName = useDistrictName()
  const say = useReason()
  return () => ({
    title: t('sites.title'),
    rows: async function* () {
      await read()
      yield* sites()
    },
    columns: [
      { label: t('exports.code'), value: ({ code }) => code },
      { label: t('sites.column.name'), value: ({ name }) => name, width: 36 },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('sites.one.level'), value: ({ level }) => t(`level.${level}`) },
      { label: t('sites.column.state'), value: ({ state }) => t(`state.${state}`) },
      { label: t('sites.column.why'), value: say, width: 44 },
      ...extra().map(({ label, say: sayOwn }) => ({
        label,
        value: ({ id }: BoardSite) => sayOwn(id) || null,
      })),
      { label: t('exports.stateSince'), value: ({ stateSince }) => instant(stateSince), width: 18 },
      { label: `${t('sites.column.share')} %`, value: ({ share }) => share },
      { label: t('sites.column.newest'), value: ({ newest }) => newest ?? t('sites.noDate') },
      {
        label: `${t('sites.column.latency')} ms`,
        value: ({ latencyMs }) => (latencyMs === null ? null : Math.round(latencyMs)),
      },
      {
        label: t('sites.column.visit'),
        value: ({ lastVisitAt }) => (lastVisitAt ? instant(lastVisitAt * 1000) : null),
        width: 18,
      },
    ],
  })
}
