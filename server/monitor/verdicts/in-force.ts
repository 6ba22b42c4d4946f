import { type RuleSet, ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { readBy } from './recent.ts'

/** Of each edition, worked out once. */
const ruleSets = new WeakMap<object, RuleSet>()

/** What the monitor takes from the edition that the installation has chosen. */
export function rulesInForce(): RuleSet {
  const edition = editionInForce()
  const known = ruleSets.get(edition) ?? ruleSetOf(edition)
  ruleSets.set(edition, known)
  return known
}

readBy(rulesInForce)
