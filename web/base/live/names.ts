import { DISTRICTS, districtName } from '../../../shared/register/sites/districts.ts'
import { locale } from '../i18n.ts'

const english = new Map(DISTRICTS.map(({ code, nameEn }) => [code, nameEn]))

/** Names districts in the language of the screen; read inside a render or a computed, it follows the language. */
export function useDistrictName(): (code: string) => string {
  return (code) => (locale.value === 'en' ? (english.get(code) ?? code) : districtName(code))
}

/** The same, empty beside a site's name that says its district itself; that a site is the city's says its name too. */
export function useDistrictBeside(): (code: string | null, siteName: string | null) => string {
  const nameOf = useDistrictName()
  return (code, siteName) =>
    code === null || code.includes('-') || siteName?.includes(districtName(code)) ? '' : nameOf(code)
}

/** The first four digits that all districts share say which city's register this is; null: none's. */
export function cityCode(districts: readonly string[]): string | null {
  const codes = new Set(districts.map((code) => code.slice(0, 4)))
  const [only] = codes
  return codes.size === 1 && only !== undefined ? only : null
}
