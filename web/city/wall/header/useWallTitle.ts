import { type ComputedRef, computed } from 'vue'
import { districtsOf } from '../../../../shared/people/rights/rights-rules.ts'
import { isOwnGroup } from '../../../../shared/register/divisions/divisions-rules.ts'
import { locale, useWords } from '../../../base/i18n.ts'
import { useAreaName, useDistrictName } from '../../../base/live/names.ts'
import { useCity } from '../../../base/live/store.ts'
import { useSession } from '../../../people/sessions/store.ts'
import { useOwnUnits } from './useOwnUnits.ts'

/** Whose sites the wall shows: those of the city, or of the districts or the units that it hears. */
export function useWallTitle(): ComputedRef<string> {
  const { t } = useWords()
  const city = useCity()
  const session = useSession()
  const nameOf = useDistrictName()
  const areaName = useAreaName()
  const units = useOwnUnits()
  const own = computed(() => {
    const scope = session.user?.scope
    if (city.node) return [locale.value === 'en' ? city.node.place.nameEn : city.node.place.name]
    if (scope?.kind === 'unit') return units.value
    if (scope?.kind === 'district') return districtsOf(scope).map(nameOf)
    // A wall link of one district tells by what it hears.
    const [only, ...others] = city.countsByDistrict.keys()
    return only !== undefined && !isOwnGroup(only) && others.length === 0 ? [nameOf(only)] : []
  })
  return computed(() => {
    const [first, ...others] = own.value
    if (first !== undefined) {
      const name = others.length === 0 ? first : t('title.several', { name: first, n: own.value.length })
      return t('title.city', { city: name })
    }
    return areaName.value === null ? t('title.any') : t('title.city', { city: areaName.value })
  })
}
