import { SITE_STATES } from '../../../shared/register/sites/states-rules.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import type { DistrictTally } from './tally.ts'

/** The districts with their counts, to take along. */
export function useDistrictExport(tallies: () => readonly DistrictTally[]): () => ExportTable<DistrictTally> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('districts.title'),
    rows: tallies,
    columns: [
      { label: t('districts.district'), value: ({ code }) => districtName(code), width: 20 },
      { label: t('districts.total'), value: ({ total }) => total },
      ...SITE_STATES.map((state) => ({
        label: t(`state.${state}`),
        value: ({ counts }: DistrictTally) => counts[state],
      })),
      { label: t('districts.open'), value: ({ open }) => open },
      { label: t('districts.overdue'), value: ({ overdue }) => overdue },
    ],
  })
}
