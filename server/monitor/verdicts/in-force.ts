import { RULE_SETS, type RuleSet } from '../../../shared/monitor/verdicts/verdicts.ts'
import { settingsInForce } from '../../people/settings/settings.ts'

/** The rules of the edition that the installation has chosen. */
export const rulesInForce = (): RuleSet => RULE_SETS[settingsInForce().edition]
