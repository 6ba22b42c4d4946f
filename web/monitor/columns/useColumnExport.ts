import type { Column } from '../../../shared/monitor/columns/columns.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'

/** The columns of a site, to take along. */
export function useColumnExport(
  site: () => { readonly name: string },
  columns: () => readonly Column[],
): () => ExportTable<Column> {
  const { t } = useWords()
  return () => ({
    title: `${site().name} ${t('columns.title')}`,
    rows: columns,
    columns: [
      { label: t('columns.name'), value: ({ name }) => name, width: 24 },
      { label: t('exports.address'), value: ({ url }) => url, width: 50 },
      { label: t('columns.kind'), value: (one) => t(`columns.class.${one.class}`) },
      { label: t('exports.confirmedBy'), value: ({ confirmedBy }) => confirmedBy?.name ?? null },
      { label: t('columns.newest'), value: ({ newest }) => newest },
      { label: t('columns.recent'), value: ({ recent }) => recent },
      { label: t('columns.state'), value: ({ state }) => t(`columns.is.${state}`) },
    ],
  })
}
