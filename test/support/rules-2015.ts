import * as columns from '../../shared/monitor/columns/columns-rules.ts'
import * as findings from '../../shared/monitor/findings/findings.ts'
import * as links from '../../shared/monitor/links/links-rules.ts'
import { v1Meter as meter } from '../../shared/monitor/verdicts/meter.ts'
import { ruleSetOf } from '../../shared/monitor/verdicts/rule-set.ts'
import * as verdicts from '../../shared/monitor/verdicts/verdicts.ts'
import { BUILT_IN } from '../../shared/register/rule-editions/built-in.ts'

/* The judgements by the table of 2015, whose boundaries the tests know. */

export const RULES_2015 = ruleSetOf(BUILT_IN['cn-2015'])

/** A judgement with its rules, which come last, given. */
const by2015 =
  <A extends unknown[], R>(judge: (...args: [...A, typeof RULES_2015]) => R) =>
  (...args: A): R =>
    judge(...args, RULES_2015)

export const judgeV1 = by2015(verdicts.judgeV1)
export const judgeV2 = by2015(verdicts.judgeV2)
export const freshnessOf = by2015(verdicts.freshnessOf)
export const v2WindowStart = by2015(verdicts.v2WindowStart)
export const v1Meter = by2015(meter)
export const judgeColumns = by2015(columns.judgeColumns)
export const columnStateOf = by2015(columns.columnStateOf)
export const windowStart = by2015(columns.windowStart)
export const linkPoints = by2015(links.linkPoints)
export const linksSeverity = by2015(links.linksSeverity)
export const brokenOf = by2015(links.brokenOf)
export const agreementOf = by2015(findings.agreementOf)
