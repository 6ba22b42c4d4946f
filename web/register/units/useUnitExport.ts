import type { UnitItem } from '../../../shared/register/units/units.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'

/** The list of units to take along. */
export function useUnitExport(units: () => AsyncIterable<UnitItem>): () => ExportTable<UnitItem> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('units.title'),
    rows: units,
    columns: [
      { label: t('units.name'), value: ({ name }) => name, width: 36 },
      { label: t('units.district'), value: ({ district }) => districtName(district) },
      { label: t('units.sites'), value: ({ sites }) => sites },
      { label: t('units.accounts'), value: ({ accounts }) => accounts },
      { label: t('units.contacts'), value: ({ contacts }) => contacts },
    ],
  })
}
