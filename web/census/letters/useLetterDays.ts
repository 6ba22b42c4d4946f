import type { Letter } from '../../../shared/census/letters/letters.ts'
import { useWords } from '../../base/i18n.ts'

/** Until when something is to be done about a letter, or when it was answered, in words. */
export function useLetterDays(): (one: Letter) => string {
  const { t } = useWords()
  return ({ actOn, workdaysLeft, firstAnsweredOn, provisional }) => {
    if (actOn === null || workdaysLeft === null) {
      return firstAnsweredOn === null ? '' : t('letters.answeredOn', { day: firstAnsweredOn })
    }
    const said =
      workdaysLeft < 0
        ? t('letters.pastBy', { n: -workdaysLeft, day: actOn })
        : t('letters.leftUntil', { n: workdaysLeft, day: actOn })
    return provisional ? t('letters.provisional', { said }) : said
  }
}
