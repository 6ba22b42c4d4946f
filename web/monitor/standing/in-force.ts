import { RULE_SETS, type RuleSet } from '../../../shared/monitor/verdicts/verdicts.ts'
import { installation } from '../../people/settings/installation.ts'

/** The rules of the edition that the installation has chosen; read inside a render or a computed, it follows that. */
export const rulesInForce = (): RuleSet => RULE_SETS[installation.value.edition]
