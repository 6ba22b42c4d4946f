import { useI18n } from 'vue-i18n'
import type { Scope } from '../../shared/users.ts'
import { useDistrictName } from '../city/names.ts'

/** Names a scope: the whole city, a district, or a unit (by its name, where that is known). */
export function useScopeName(): (scope: Scope, unit?: string | null) => string {
  const { t } = useI18n()
  const districtName = useDistrictName()
  return (scope, unit) => {
    if (scope.kind === 'city') return t('account.wholeCity')
    if (scope.kind === 'district') return districtName(scope.district)
    return unit ?? t('account.unitNumber', { id: scope.unitId })
  }
}
