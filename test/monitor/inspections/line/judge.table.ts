import { LINE_JUDGES, type LineSeen } from '../../../../server/monitor/inspections/line/judge.ts'
import type { Outcome } from '../../../../server/monitor/inspections/rule.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { gradeOf, type HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'
import type { LineMeasured } from '../../../../shared/monitor/line/line-rules.ts'
import { type PlantedTable, tableOf } from '../planted-table.ts'

const RESULTS: HeaderResults = {
  ...{ csp: 'safe', cookies: 'none', cors: 'none', redirection: 'toHttps', referrer: 'private' },
  ...{ hsts: 'long', integrity: 'ownOnly', contentType: 'nosniff', frames: 'denied', resourcePolicy: 'none' },
}
const GOOD: LineMeasured = {
  url: 'https://www.thnet.gov.cn/',
  six: { state: 'opens', address: '2408::1', cause: null, tookMs: 90, same: 0.99, second: null, third: null },
  secure: {
    ...{ state: 'opens', cause: null, redirection: 'toHttps', hstsAge: 31_536_000, certDaysLeft: 90 },
    ...{ isIncomplete: false, isWeak: false },
  },
  headers: { results: RESULTS, ...gradeOf(RESULTS) },
  load: { ms: 400, by: 'load' },
}
export interface Change {
  readonly six?: Partial<LineMeasured['six']>
  readonly secure?: Partial<LineMeasured['secure']>
  readonly results?: Partial<HeaderResults>
  /** How long the home page took to open in a browser; null: none has opened it. */
  readonly ms?: number | null
  /** And how long it took to be fetched. */
  readonly fetchedMs?: number
  readonly canRender?: boolean
  readonly hasSix?: boolean
}
const seen = ({ six, secure, results, ms = 800, ...change }: Change): LineSeen => {
  const { fetchedMs = GOOD.load.ms, canRender = true, hasSix = true } = change
  const headers = { ...RESULTS, ...results }
  return {
    ...{ hasSix, canRender, drawn: ms === null ? null : { ms } },
    measured: {
      ...GOOD,
      ...{ six: { ...GOOD.six, ...six }, secure: { ...GOOD.secure, ...secure } },
      headers: { results: headers, ...gradeOf(headers) },
      load: { ms: fetchedMs, by: 'load' },
    },
  }
}
export const said = (rule: string, change: Change): Outcome =>
  LINE_JUDGES[rule]?.(seen(change), inspectionRule(rule)?.limits ?? {}) ?? { outcome: 'clear' }

/** What can be wrong with a line, by the rule that has to tell it. */
const FAULTS: readonly (readonly [rule: string, change: Change])[] = [
  ['line-ipv6', { six: { state: 'none', address: null } }],
  ['line-ipv6', { six: { state: 'fails', cause: 'timeout' } }],
  ['line-ipv6', { six: { same: 0.2 } }],
  ['line-ipv6-links', { six: { second: { asked: 10, opened: 5, failed: [] } } }],
  ['line-ipv6-links', { six: { third: { asked: 10, opened: 0, failed: [] } } }],
  ...(['none', 'other'] as const).map((state) => ['line-https', { secure: { state } }] as const),
  ['line-https', { secure: { state: 'fault', cause: 'http_5xx' } }],
  ...(['missing', 'notToHttps'] as const).map(
    (redirection) => ['line-https', { secure: { redirection } }] as const,
  ),
  ...(['tls_expired', 'tls_wrong_host', 'tls_self_signed', 'tls_untrusted'] as const).map(
    (cause) => ['line-certificate', { secure: { state: 'fault', cause } }] as const,
  ),
  ['line-certificate', { secure: { isIncomplete: true } }],
  ['line-certificate', { secure: { isWeak: true } }],
  ['line-certificate', { secure: { certDaysLeft: 3 } }],
  ['line-hsts', { secure: { hstsAge: null } }],
  ['line-hsts', { secure: { hstsAge: 86_400 } }],
  [
    'line-headers',
    {
      results: {
        ...{ csp: 'none', frames: 'none', contentType: 'none', referrer: 'none', hsts: 'none' },
        redirection: 'missing',
      },
    },
  ],
  ['line-slow', { ms: 3_500 }],
  ['line-slow', { ms: 60_000 }],
]
/** What may be odd, and is no fault. */
const WELL: readonly Change[] = [
  {},
  { six: { state: 'noLine' } },
  { six: { state: 'unknown' } },
  { six: { same: null } },
  { six: { second: { asked: 10, opened: 10, failed: [] }, third: { asked: 4, opened: 4, failed: [] } } },
  { secure: { state: 'national', cause: 'tls_protocol' } },
  { secure: { state: 'unknown', cause: 'timeout', certDaysLeft: null } },
  { secure: { redirection: 'offHost' } },
  { secure: { hstsAge: 15_768_000, certDaysLeft: 15 } },
  { results: { referrer: 'none' } },
  { ms: 3_000 },
]
const both = (a: Change, b: Change): Change => ({
  ...{ ...a, ...b, six: { ...a.six, ...b.six }, secure: { ...a.secure, ...b.secure } },
  results: { ...a.results, ...b.results },
})
const isApart = (a: Change, b: Change) => Object.keys(a).every((part) => !(part in b))
const others = (own: Change) => [...FAULTS.map(([, one]) => one), ...WELL].filter((one) => isApart(own, one))

/** A fault of a line is told by its own rule, whatever else is wrong with the line, and by no other. */
export const LINES = Object.keys(LINE_JUDGES).map((rule): PlantedTable => {
  const planted = FAULTS.filter(([of]) => of === rule).flatMap(([, own]) =>
    others(own).map((other) => both(own, other)),
  )
  const foreign = [...FAULTS.filter(([of]) => of !== rule).map(([, one]) => one), ...WELL]
  const clean = foreign.flatMap((one) =>
    foreign.filter((other) => isApart(one, other)).map((other) => both(one, other)),
  )
  return tableOf(rule, planted, clean, (change) => said(rule, change).outcome)
})
