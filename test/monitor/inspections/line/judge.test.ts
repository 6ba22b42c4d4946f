import { describe, expect, test } from 'vitest'
import { type Change, said } from './judge.table.ts'

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
