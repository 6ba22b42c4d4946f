import { hotlineOn } from '../../../shared/census/letters/letters-rules.ts'
import type { SheetLine } from '../../../shared/census/score-sheets/sheets.ts'
import { messageRulesOn } from '../../../shared/monitor/messages/messages-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { useCity } from '../../base/live/store.ts'

type Apart = NonNullable<SheetLine['apart']>

/**
 * What is said of letters without an answer: by the hotline, and by what the monitor has seen on the site itself.
 * @param day the local day by whose rules; undefined: today's
 */
export function useApartWords(day: () => string | undefined = () => undefined) {
  const { t } = useWords()
  const city = useCity()
  const on = () => day() ?? city.today
  const ofSite = (is: Apart['site']['outcome'] | NonNullable<Apart['site']['why']>) =>
    t(`letters.apart.is.${is}`, { months: messageRulesOn(on()).months })
  return {
    hotlineSays(n: number): string {
      const { months } = hotlineOn(on()).unanswered
      return n > 0 ? t('letters.apart.hotline', { n, months }) : t('letters.apart.hotlineNone', { months })
    },
    siteSays({ outcome, why, count }: Pick<Apart['site'], 'outcome' | 'why' | 'count'>): string {
      const { months } = messageRulesOn(on())
      if (outcome === 'found') return t('letters.apart.site', { n: count, months })
      return t('letters.apart.siteSaid', { said: ofSite(why ?? outcome) })
    },
    ofSite,
  }
}
