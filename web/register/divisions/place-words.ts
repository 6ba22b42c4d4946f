import { LANGUAGES, LOCALE_OF } from '../../../shared/base/words/locales.ts'
import type { AreaPlace } from '../../../shared/register/divisions/divisions.ts'
import { placeWords } from '../../../shared/register/divisions/place-words.ts'
import { i18n } from '../../base/i18n.ts'

/**
 * Has all words speak of the place as it is: 全省 and 地市 of a province where a city has 全市 and 区县. They are linked
 * words (`@:{'place.group'}` in `shared/locales/`), so that none of those who show them has to know.
 */
export function speakOf(area: Pick<AreaPlace, 'name' | 'tier'> | null): void {
  for (const language of LANGUAGES) {
    i18n.global.mergeLocaleMessage(LOCALE_OF[language], { place: placeWords(area, language) })
  }
}
