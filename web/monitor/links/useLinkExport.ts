import type { LinkFinding } from '../../../shared/monitor/links/links.ts'
import type { ExportTable } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { useWhy } from './useWhy.ts'

/** The broken links of a site, to take along. */
export function useLinkExport(
  site: () => { readonly name: string },
  findings: () => readonly LinkFinding[],
): () => ExportTable<LinkFinding> {
  const { t } = useWords()
  const why = useWhy()
  return () => ({
    title: `${site().name} ${t('links.title')}`,
    rows: findings,
    columns: [
      { label: t('exports.rule'), value: ({ rule }) => rule },
      { label: t('links.column.state'), value: ({ state }) => t(`links.${state}`) },
      { label: t('links.column.link'), value: ({ foundText }) => foundText || t('links.noText'), width: 30 },
      { label: t('exports.address'), value: ({ url }) => url, width: 60 },
      { label: t('links.column.why'), value: why, width: 20 },
      { label: t('links.column.where'), value: ({ foundOn }) => foundOn, width: 60 },
    ],
  })
}
