import type { SheetLine } from '../../../shared/census/score-sheets/sheets.ts'
import { useWords } from '../../base/i18n.ts'

type Apart = NonNullable<SheetLine['apart']>

/** What is said of letters without an answer: by the hotline, and by what the monitor has seen on the site itself. */
export function useApartWords() {
  const { t } = useWords()
  return {
    hotlineSays: (n: number): string =>
      n > 0 ? t('letters.apart.hotline', { n }) : t('letters.apart.hotlineNone'),
    siteSays({ outcome, why, count }: Pick<Apart['site'], 'outcome' | 'why' | 'count'>): string {
      if (outcome === 'found') return t('letters.apart.site', { n: count })
      return t('letters.apart.siteSaid', { said: t(`letters.apart.is.${why ?? outcome}`) })
    },
  }
}
