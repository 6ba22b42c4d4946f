import type { NameIn } from '../../../shared/locales/keys.ts'
import { useWords } from '../../base/i18n.ts'
import { limitsInForce } from './in-force.ts'

/** Says by which rule something is wrong, with the limits that are in force. */
export function useBasis(): (rule: NameIn<'sites.basis'>) => string {
  const { t } = useWords()
  return (rule) => {
    const { v1VetoPercent: veto, v1WindowDays: days, v2VetoDays: due } = limitsInForce()
    return t(`sites.basis.${rule}`, { veto, days, due })
  }
}
