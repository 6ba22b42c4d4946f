import type { NamedPlace } from '../../../shared/base/places.ts'
import { locale } from '../../base/i18n.ts'

/** What a division is called in the language of the screen. */
export function useDivisionLabel(): (division: Pick<NamedPlace, 'name' | 'nameEn'>) => string {
  return ({ name, nameEn }) => (locale.value === 'en' ? nameEn : name)
}
