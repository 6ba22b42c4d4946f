import { type ComputedRef, computed } from 'vue'
import { isOwnGroup } from '../../../shared/register/divisions/divisions-rules.ts'
import { locale } from '../i18n.ts'
import { useCity, useLiveCity } from './store.ts'

/** What a group of sites is called in Chinese, in whatever language the screen is; the code of one that is none. */
export function useChineseName(): (code: string) => string {
  const city = useCity()
  const names = computed(() => new Map(city.groups.map(({ code, name }) => [code, name])))
  return (code) => names.value.get(code) ?? code
}

/** Names groups in the language of the screen; read inside a render or a computed, it follows the language. */
export function useDistrictName(): (code: string) => string {
  const city = useCity()
  const names = computed(
    () =>
      new Map(
        city.groups.map(({ code, name, nameEn }) => [code, locale.value === 'en' ? nameEn : name] as const),
      ),
  )
  return (code) => names.value.get(code) ?? code
}

/** The same, empty beside a site's name that says its district itself; that a site is the city's says its name too. */
export function useDistrictBeside(): (code: string | null, siteName: string | null) => string {
  const nameOf = useDistrictName()
  const chineseName = useChineseName()
  return (code, siteName) =>
    code === null || isOwnGroup(code) || siteName?.includes(chineseName(code)) ? '' : nameOf(code)
}

/** What the place of this installation is called in the language of the screen; null while none is known. */
export function useAreaName(): ComputedRef<string | null> {
  const city = useCity()
  const live = useLiveCity()
  return computed(() => {
    // A replay is of the same place, also where its log has not begun yet.
    const area = city.area ?? live.area
    return area && (locale.value === 'en' ? area.nameEn : area.name)
  })
}
