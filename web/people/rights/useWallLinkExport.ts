import type { WallLink } from '../../../shared/people/rights/api.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'

/** Wall links without their keys, which nobody has any more, to take along. */
export function useWallLinkExport(links: () => readonly WallLink[]): () => ExportTable<WallLink> {
  const { t } = useWords()
  return () => ({
    title: t('wallLinks.title'),
    rows: links,
    columns: [
      { label: t('wallLinks.purpose'), value: ({ label }) => label, width: 30 },
      { label: t('wallLinks.createdBy'), value: ({ createdBy }) => createdBy },
      { label: t('wallLinks.createdAt'), value: ({ createdAt }) => instant(createdAt), width: 18 },
      { label: t('wallLinks.lastUsed'), value: ({ lastUsedAt }) => instant(lastUsedAt), width: 18 },
      { label: t('exports.revokedAt'), value: ({ revokedAt }) => instant(revokedAt), width: 18 },
    ],
  })
}
