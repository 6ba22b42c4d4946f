import type { LetterDetail } from '../../../shared/census/letters/letters.ts'
import { useWords } from '../../base/i18n.ts'
import { formatMinute } from '../../base/ui/marks/format.ts'

/** When what a letter says of a site was seen mended, in words for its answer; null: it was not, or is of no site. */
export function useMended(): (site: LetterDetail['site']) => string | null {
  const { t } = useWords()
  return (site) => {
    if (!site) return null
    const { alert, finding } = site
    if (alert?.resolvedAt)
      return t('letters.mendedByMonitor', { site: site.name, time: formatMinute(alert.resolvedAt) })
    if (finding?.mendedAt)
      return t('letters.mendedByPerson', { site: site.name, time: formatMinute(finding.mendedAt) })
    return null
  }
}
