import type { Offender } from '../../../../shared/desk/rectifications/progress.ts'
import type { ExportTable } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'

/** Who is to be talked to, to take along. */
export function useOffenderExport(
  by: () => 'unit' | 'site',
  rows: () => readonly Offender[],
): () => ExportTable<Offender> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('rectifications.offenders.title'),
    rows,
    columns: [
      { label: t(`rectifications.offenders.${by()}`), value: ({ name }) => name, width: 36 },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('rectifications.offenders.rectifications'), value: ({ rectifications }) => rectifications },
      { label: t('rectifications.offenders.relapses'), value: ({ relapses }) => relapses },
      { label: t('rectifications.offenders.overdue'), value: ({ overdue }) => overdue },
      { label: t('rectifications.offenders.returned'), value: ({ returned }) => returned },
    ],
  })
}
