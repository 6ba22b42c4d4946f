import { type ComputedRef, computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { cityCode, useDistrictName } from '../city/names.ts'
import { useCity } from '../city/store.ts'

/** Whose sites the wall shows: those of the city, or of the one district that it hears. */
export function useWallTitle(): ComputedRef<string> {
  const { t, te } = useI18n()
  const city = useCity()
  const nameOf = useDistrictName()
  return computed(() => {
    const [only, ...others] = city.countsByDistrict.keys()
    if (only !== undefined && !only.includes('-') && others.length === 0)
      return t('title.city', { city: nameOf(only) })
    const key = `city.${cityCode(city.districts)}`
    return te(key) ? t('title.city', { city: t(key) }) : t('title.any')
  })
}
