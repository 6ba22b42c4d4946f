import type { ProgressReport, RectificationFigures } from '../../../../shared/desk/rectifications/progress.ts'
import type { ExportTable } from '../../../base/exports/table.ts'
import { useWords } from '../../../base/i18n.ts'
import { useDistrictName } from '../../../base/live/names.ts'

type Line = RectificationFigures & { readonly district: string | null }

const FIGURES = [
  'raised',
  'closed',
  'done',
  'open',
  'overdue',
  'atRisk',
  'paused',
  'returned',
  'verifying',
  'medianWorkdays',
  'relapsed',
  'relapseShare',
  'overridden',
] as const

/** How the fixing goes, to take along: a line a district, the last one for all of them. */
export function useProgressExport(report: () => ProgressReport | undefined): () => ExportTable<Line> {
  const { t } = useWords()
  const districtName = useDistrictName()
  function rows(): Line[] {
    const progress = report()
    return progress ? [...progress.districts, { ...progress.total, district: null }] : []
  }
  return () => ({
    title: t('rectifications.progressTitle'),
    rows,
    columns: [
      {
        label: t('districts.district'),
        value: ({ district }) => (district === null ? t('exports.total') : districtName(district)),
        width: 20,
      },
      ...FIGURES.map((name) => ({
        label: t(`exports.figure.${name}`),
        value: (line: Line) => line[name],
      })),
    ],
  })
}
