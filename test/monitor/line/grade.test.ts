import { describe, expect, test } from 'vitest'
import { cookieResult } from '../../../server/monitor/line/grade/cookies.ts'
import { cspResult } from '../../../server/monitor/line/grade/csp.ts'
import { type GradedPage, headerResults } from '../../../server/monitor/line/grade/headers.ts'
import { integrityResult } from '../../../server/monitor/line/grade/integrity.ts'
import { gradeOf, isWorse } from '../../../shared/monitor/line/grade-rules.ts'

const PAGE: GradedPage = {
  ...{
    url: new URL('https://www.thnet.gov.cn/'),
    headers: {},
    cookies: [],
    isHtml: true,
    scripts: [],
    metaCsp: [],
  },
  ...{ redirection: 'toHttps', isTrusted: true },
}
const graded = (change: Partial<GradedPage>) => gradeOf(headerResults({ ...PAGE, ...change }))
const USUAL = {
  ...{ 'x-frame-options': 'SAMEORIGIN', 'x-content-type-options': 'nosniff' },
  'strict-transport-security': 'max-age=31536000',
}
const ALL = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}
const PLAIN: Partial<GradedPage> = {
  isTrusted: null,
  redirection: 'missing',
  url: new URL('http://www.thnet.gov.cn/'),
}

describe('headers are graded as the HTTP Observatory grades them (version 4)', () => {
  test.each<[string, Partial<GradedPage>, number, string]>([
    ['nothing at all, by HTTPS', {}, 30, 'D'],
    ['nothing, and HTTP that does not lead there', { redirection: 'missing' }, 10, 'F'],
    ['no HTTPS', PLAIN, 10, 'F'],
    ['the usual three, without a policy', { headers: USUAL }, 75, 'B'],
    ['all, with what is given for more than is asked for', { headers: ALL }, 130, 'A+'],
    ['a session that anybody reads', { cookies: ['JSESSIONID=1; Path=/'] }, 0, 'F'],
  ])('%s', (_, change, score, grade) => {
    expect(graded(change)).toMatchObject({ score, grade, scoring: 'http-observatory-4' })
  })

  test('policies', () => {
    const of = (policy: string) => cspResult([policy], true)
    expect([
      of(''),
      of("default-src 'none'"),
      of("default-src 'self'"),
      of("default-src 'self'; style-src 'self' 'unsafe-inline'"),
      of("default-src 'self'; img-src http://x.cn"),
      of("script-src 'self' 'unsafe-eval'; object-src 'none'"),
      of("default-src 'self' 'unsafe-inline'"),
      of("script-src 'self'"),
      of("default-src 'self' http://x.cn"),
      of("script-src 'strict-dynamic'; object-src 'none'"),
      of(
        "script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; style-src 'self'",
      ),
    ]).toEqual([
      ...[
        'none',
        'strict',
        'safe',
        'unsafeStyle',
        'insecurePassive',
        'unsafeEval',
        'unsafeInline',
        'unsafeInline',
      ],
      ...['insecureScheme', 'invalid', 'safe'],
    ])
    expect(cspResult(["default-src *, default-src 'none'"], true), 'the strictest of several holds').toBe(
      'strict',
    )
  })

  test('cookies', () => {
    const of = (cookie: string, hasHsts = false) => cookieResult([cookie], hasHsts)
    expect([
      of('a=1; Secure; SameSite=Lax'),
      of('a=1; Secure'),
      of('a=1'),
      of('a=1', true),
      of('sessionid=1; HttpOnly'),
      of('sessionid=1; HttpOnly', true),
      of('sessionid=1; Secure'),
      of('csrftoken=1; Secure'),
      of('a=1; Secure; SameSite=Any'),
    ]).toEqual([
      ...[
        'secureSameSite',
        'secure',
        'insecure',
        'insecureButHsts',
        'sessionInsecure',
        'sessionInsecureButHsts',
      ],
      ...['sessionWithoutHttpOnly', 'csrfWithoutSameSite', 'sameSiteInvalid'],
    ])
  })

  test('scripts of others', () => {
    const of = (src: string, hasIntegrity = false) => integrityResult([{ src, hasIntegrity }], PAGE.url)
    expect([
      of('/a.js'),
      of('/a.js', true),
      of('https://cdn.cn/a.js'),
      of('https://cdn.cn/a.js', true),
    ]).toEqual([...['ownOnly', 'all', 'externalSecure', 'external']])
    expect([of('//cdn.cn/a.js'), of('http://cdn.cn/a.js', true)]).toEqual(['insecureWithout', 'insecureWith'])
    expect(integrityResult([], PAGE.url)).toBe('noScripts')
  })

  test('the other headers, however they are written', () => {
    const of = (headers: Record<string, string>) => headerResults({ ...PAGE, headers })
    expect(of({ 'referrer-policy': 'no-referrer, strict-origin-when-cross-origin' }).referrer).toBe('private')
    expect(of({ 'referrer-policy': 'unsafe-url' }).referrer).toBe('unsafe')
    expect(of({ 'x-frame-options': 'ALLOWALL' }).frames).toBe('invalid')
    expect(of({ 'strict-transport-security': 'max-age="31536000"' }).hsts).toBe('long')
    expect(of({ 'strict-transport-security': 'max-age=0' }).hsts).toBe('short')
    expect(of({ 'strict-transport-security': 'includeSubDomains' }).hsts).toBe('invalid')
    expect(of({ 'access-control-allow-origin': '*' }).cors).toBe('public')
  })

  test('one grade is worse than another by its place', () => {
    expect([isWorse('F', 'D-'), isWorse('D-', 'D-'), isWorse('A', 'A+'), isWorse('A+', 'A')]).toEqual([
      ...[true, false, true, false],
    ])
  })
})
