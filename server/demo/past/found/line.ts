import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { openedMs } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { LINE_JUDGES } from '../../../monitor/inspections/line/judge.ts'
import type { Outcome } from '../../../monitor/inspections/rule.ts'
import { lineOf } from '../../cast/line.ts'
import { lineSeen } from '../../lines.ts'
import { madeChecks } from './accessibility.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

const judged = (of: MadeOf): (readonly [rule: string, outcome: Outcome])[] => {
  const { site, behaviour } = of
  const url = `${site.scheme}://${site.host}/`
  const [home] = madeChecks(of)
  const ms = home?.found.load ? openedMs(home.found.load) : null
  const seen = {
    measured: lineSeen(site, url, behaviour.traits.latencyMs, true),
    ...{ hasSix: true, canRender: true, drawn: ms === null ? null : { ms } },
  }
  return Object.entries(LINE_JUDGES).map(([rule, judge]) => [
    rule,
    judge(seen, inspectionRule(rule)?.limits ?? {}),
  ])
}

/** What is wrong with the line of a demo site, as the rules judge what its script has it show. */
export function linesAtFault(of: MadeOf): MadeProblem[] {
  const told = judged(of).flatMap(([rule, outcome]) =>
    outcome.outcome === 'found' ? outcome.problems.map((one) => ({ ...one, rule })) : [],
  )
  return [
    ...told.map(({ rule, key, excerpt, detail }) => ({ rule, key, path: '/', excerpt, detail })),
    ...(lineOf(of.site).mixed ? [mixed(of.site.host)] : []),
  ]
}

/** What of it cannot be measured, each rule with the reason. */
export const linesUnmeasured = (of: MadeOf): (readonly [rule: string, reason: string])[] =>
  judged(of).flatMap(([rule, outcome]) =>
    outcome.outcome === 'unmeasured' ? [[rule, outcome.reason] as const] : [],
  )

function mixed(host: string): MadeProblem {
  const address = `http://${host}/images/print.css`
  return {
    ...{ rule: 'line-mixed', key: `${host}/images/print.css`, path: '/', excerpt: `<link> ${address}` },
    detail: { tag: 'link', address, active: true },
  }
}
