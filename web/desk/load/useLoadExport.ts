import type { NoisySite } from '../../../shared/desk/load/load.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import type { Advice } from './advice.ts'

/** The noisiest sites to take along, with what is to be done about each. */
export function useLoadExport(
  rows: () => readonly NoisySite[],
  adviceOf: (row: NoisySite) => Advice,
): () => ExportTable<NoisySite> {
  const { t } = useWords()
  const districtName = useDistrictName()
  return () => ({
    title: t('load.sites.title'),
    rows,
    columns: [
      { label: t('load.sites.site'), value: ({ name }) => name, width: 28 },
      { label: t('districts.district'), value: ({ district }) => districtName(district) },
      { label: t('load.sites.rule'), value: ({ rule }) => t(`rule.${rule}`) },
      { label: t('load.column.alarms'), value: ({ alarms }) => alarms },
      { label: t('load.column.again'), value: ({ again }) => again },
      { label: t('load.column.short'), value: ({ short }) => short },
      { label: t('load.column.shared'), value: ({ shared }) => shared },
      { label: t('load.column.falsified'), value: ({ falsified }) => falsified },
      { label: t('load.column.since'), value: ({ liveSince }) => instant(liveSince), width: 18 },
      { label: t('load.column.cause'), value: ({ cause }) => t(`load.cause.${cause}`) },
      { label: t('load.column.advice'), value: (row) => adviceOf(row).text, width: 60 },
    ],
  })
}
