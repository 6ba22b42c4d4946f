import { ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'

/** The rules that the made-up city was judged by, whatever is chosen later. */
export const DEMO_RULES = ruleSetOf(BUILT_IN['cn-2015'])
