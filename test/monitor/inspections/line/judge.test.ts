import { describe, expect, test } from 'vitest'
import { LINE_JUDGES, type LineSeen } from '../../../../server/monitor/inspections/line/judge.ts'
import type { Outcome } from '../../../../server/monitor/inspections/rule.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { gradeOf, type HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'
import type { LineMeasured } from '../../../../shared/monitor/line/line-rules.ts'

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
interface Change {
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
const said = (rule: string, change: Change): Outcome =>
  LINE_JUDGES[rule]?.(seen(change), inspectionRule(rule)?.limits ?? {}) ?? { outcome: 'clear' }

describe('IPv6', () => {
  test('is told where the name has no address, or one that does not answer or shows another page', () => {
    expect(said('line-ipv6', { six: { state: 'none' } })).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'none' }],
    })
    expect(said('line-ipv6', { six: { state: 'fails', cause: 'timeout' } })).toMatchObject({
      problems: [{ key: 'fails' }],
    })
    expect(said('line-ipv6', { six: { same: 0.79 } })).toMatchObject({ problems: [{ key: 'differs' }] })
    expect(said('line-ipv6', { six: { same: 0.8 } })).toEqual({ outcome: 'clear' })
  })

  test('is not held against a site by a place that has none itself', () => {
    for (const change of [
      { six: { state: 'noLine' as const } },
      { six: { state: 'fails' as const }, hasSix: false },
    ]) {
      expect(said('line-ipv6', change)).toEqual({ outcome: 'unmeasured', reason: 'noSixLine' })
      expect(said('line-ipv6-links', change)).toEqual({ outcome: 'unmeasured', reason: 'homeNotSix' })
    }
    expect(said('line-ipv6', { six: { state: 'unknown' } })).toMatchObject({ reason: 'sixUnknown' })
  })

  test('of pages behind the home page is told by their share', () => {
    const links = (second: number, third: number) =>
      said('line-ipv6-links', {
        six: {
          second: { asked: 10, opened: second, failed: [] },
          third: { asked: 10, opened: third, failed: [] },
        },
      })
    expect(links(9, 10)).toEqual({ outcome: 'clear' })
    expect(links(10, 8)).toMatchObject({ problems: [{ key: 'third', excerpt: '8/10' }] })
    expect(said('line-ipv6-links', {})).toMatchObject({ reason: 'noLevelPages' })
  })
})

describe('HTTPS', () => {
  test('is told where there is none, another site answers, or people stay on plain HTTP', () => {
    for (const secure of [
      { state: 'none' },
      { state: 'other' },
      { state: 'fault', cause: 'http_4xx' },
      { redirection: 'missing' },
      { redirection: 'notToHttps' },
    ] as const) {
      expect(said('line-https', { secure }), JSON.stringify(secure)).toMatchObject({ outcome: 'found' })
    }
    for (const redirection of ['toHttps', 'notNeeded', 'offHost', 'notFirst'] as const) {
      expect(said('line-https', { secure: { redirection } }), redirection).toEqual({ outcome: 'clear' })
    }
  })

  test('by national cryptography is no fault', () => {
    for (const rule of ['line-https', 'line-certificate', 'line-hsts']) {
      expect(said(rule, { secure: { state: 'national', cause: 'tls_protocol' } }), rule).toEqual({
        outcome: 'unmeasured',
        reason: 'national',
      })
    }
  })

  test('has each fault of its certificate told once, by the rule for it', () => {
    for (const cause of [
      'tls_expired',
      'tls_wrong_host',
      'tls_self_signed',
      'tls_untrusted',
      'tls_protocol',
    ] as const) {
      expect(said('line-certificate', { secure: { state: 'fault', cause } })).toMatchObject({
        problems: [{ key: cause }],
      })
      expect(said('line-https', { secure: { state: 'fault', cause } })).toEqual({ outcome: 'clear' })
    }
    const faults = { isIncomplete: true, isWeak: true, certDaysLeft: 14 }
    const outcome = said('line-certificate', { secure: faults })
    expect(outcome.outcome === 'found' && outcome.problems.map(({ key }) => key)).toEqual([
      'incomplete',
      'weak',
      'expires',
    ])
    expect(said('line-certificate', { secure: { certDaysLeft: 15 } })).toEqual({ outcome: 'clear' })
    expect(said('line-certificate', { secure: { state: 'none', certDaysLeft: null } })).toMatchObject({
      reason: 'noHttps',
    })
  })

  test('only for half a year at least counts as said to browsers', () => {
    expect(
      [null, 86_400, 15_767_999, 15_768_000].map(
        (hstsAge) => said('line-hsts', { secure: { hstsAge } }).outcome,
      ),
    ).toEqual(['found', 'found', 'found', 'clear'])
  })
})

describe('headers and time', () => {
  test('are told below the grade that is asked for, and above three seconds', () => {
    const bare = {
      csp: 'none',
      frames: 'none',
      contentType: 'none',
      referrer: 'none',
      hsts: 'none',
      redirection: 'missing',
    } as const
    expect(said('line-headers', { results: bare })).toMatchObject({
      problems: [{ excerpt: 'F (10)', detail: { scoring: 'http-observatory-4' } }],
    })
    expect(said('line-headers', {})).toEqual({ outcome: 'clear' })
    expect([2_999, 3_000, 3_001].map((ms) => said('line-slow', { ms }).outcome)).toEqual([
      'clear',
      'clear',
      'found',
    ])
  })

  test('a home page that no browser has opened is slow where fetching it alone took too long, and else not measured', () => {
    const slow = (change: Change) => said('line-slow', { ms: null, ...change })
    expect(slow({ fetchedMs: 3_200 })).toMatchObject({
      problems: [{ excerpt: '3.2 s', detail: { by: 'load' } }],
    })
    expect(slow({ fetchedMs: 400 })).toEqual({ outcome: 'unmeasured', reason: 'homeNotDrawn' })
    expect(slow({ fetchedMs: 400, canRender: false })).toEqual({ outcome: 'unmeasured', reason: 'noBrowser' })
    expect(said('line-slow', { ms: 900, fetchedMs: 9_000 }), 'what a browser saw counts').toEqual({
      outcome: 'clear',
    })
  })
})

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

test('a fault of a line is told by its own rule, whatever else is wrong with the line, and by no other', () => {
  const others = (own: Change) =>
    [...FAULTS.map(([, one]) => one), ...WELL].filter((one) => isApart(own, one))
  for (const rule of Object.keys(LINE_JUDGES)) {
    const planted = FAULTS.filter(([of]) => of === rule).flatMap(([, own]) =>
      others(own).map((other) => both(own, other)),
    )
    const foreign = [...FAULTS.filter(([of]) => of !== rule).map(([, one]) => one), ...WELL]
    const clean = foreign.flatMap((one) =>
      foreign.filter((other) => isApart(one, other)).map((other) => both(one, other)),
    )
    expect(planted.length, rule).toBeGreaterThanOrEqual(20)
    expect(clean.length, rule).toBeGreaterThanOrEqual(40)
    expect(
      planted.filter((change) => said(rule, change).outcome !== 'found'),
      rule,
    ).toEqual([])
    expect(
      clean.filter((change) => said(rule, change).outcome === 'found'),
      rule,
    ).toEqual([])
  }
})
