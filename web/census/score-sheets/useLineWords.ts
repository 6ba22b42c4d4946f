import type { SheetLine, SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import type { Rule } from '../../../shared/register/rule-editions/editions.ts'
import { useWords } from '../../base/i18n.ts'
import { formatShare } from '../../base/ui/marks/format.ts'
import { useEditionWords } from '../../register/rule-editions/useEditionWords.ts'

/** What a line of a score sheet says: what was found, and what it costs. */
export function useLineWords() {
  const { t } = useWords()
  const { countWords } = useEditionWords()
  return {
    found(rule: Rule, { by, count }: SheetLine): string {
      if (by === null) return t('sheets.unmeasured')
      if (count === null) return t('sheets.absent')
      return rule.counts === 'percent' ? `${formatShare(count)}%` : countWords(rule, count)
    },
    taken({ vetoes }: Pick<SheetResult, 'vetoes'>, { rule, replacedBy, points }: SheetLine): string {
      if (vetoes.includes(rule)) return t('sheets.veto')
      if (replacedBy) return t('sheets.replaced', { rule: replacedBy })
      return points > 0 ? t('sheets.lost', { n: points }) : t('sheets.ok')
    },
  }
}
