import type { Person } from '../../../shared/base/person.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { districtsOf, unitIdsOf } from '../../../shared/people/rights/rights-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'

/** Names a scope: the whole city, its districts, or its units (by their names, where those are known). */
export function useScopeName(): (scope: Scope, units?: readonly Person[]) => string {
  const { t } = useWords()
  const districtName = useDistrictName()
  return (scope, units = []) => {
    if (scope.kind === 'city') return t('account.wholeCity')
    const nameOf = (id: number) =>
      units.find((unit) => unit.id === id)?.name ?? t('account.unitNumber', { id })
    const names = [...districtsOf(scope).map(districtName), ...unitIdsOf(scope).map(nameOf)]
    return names.join(t('common.join'))
  }
}
