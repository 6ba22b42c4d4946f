import type { HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'
import { cookieResult } from './cookies.ts'
import { cspResult, saysFrames } from './csp.ts'
import { integrityResult, type ScriptOnPage } from './integrity.ts'

/** What is graded: the home page as it came in the end, and how plain HTTP led there. */
export interface GradedPage {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly isHtml: boolean
  readonly scripts: readonly ScriptOnPage[]
  /** Policies that stand on the page itself. */
  readonly metaCsp: readonly string[]
  readonly redirection: HeaderResults['redirection']
  /** Null: there is no HTTPS; false: its certificate is no good. */
  readonly isTrusted: boolean | null
}

/** Half a year, in seconds: the least that is worth something. */
const LEAST_AGE = 15_768_000
const PRIVATE = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']
const UNSAFE = ['origin', 'origin-when-cross-origin', 'unsafe-url', 'no-referrer-when-downgrade']

/** What each test of a page comes to. Pure: it asks for nothing. */
export function headerResults(page: GradedPage): HeaderResults {
  const { url, headers, cookies, redirection } = page
  const csp = headers['content-security-policy']
  const own = csp === undefined ? [] : [csp]
  const hsts = hstsResult(page)
  return {
    csp: cspResult([...own, ...page.metaCsp], url.protocol === 'https:'),
    cookies: cookieResult(cookies, hsts === 'long'),
    cors: corsResult(headers),
    redirection,
    referrer: referrerResult(headers['referrer-policy']),
    hsts,
    integrity: page.isHtml ? integrityResult(page.scripts, url) : 'notHtml',
    contentType: contentTypeResult(headers['x-content-type-options']),
    frames: saysFrames(own) ? 'byCsp' : framesResult(headers['x-frame-options']),
    resourcePolicy: resourcePolicyResult(headers['cross-origin-resource-policy']),
  }
}

/** How long browsers are told to come by HTTPS only, in seconds; null: it says nothing that can be understood. */
export function hstsAge(header: string | undefined): number | null {
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d{1,12})"?\s*(?:;|$)/i.exec(
    (header ?? '').split(',')[0] ?? '',
  )?.[1]
  return age === undefined ? null : Number(age)
}

function hstsResult({ headers, isTrusted }: GradedPage): HeaderResults['hsts'] {
  if (isTrusted === null) return 'noHttps'
  if (!isTrusted) return 'invalidCertificate'
  const header = headers['strict-transport-security']
  if (header === undefined) return 'none'
  const age = hstsAge(header)
  if (age === null) return 'invalid'
  return age >= LEAST_AGE ? 'long' : 'short'
}

function corsResult(headers: GradedPage['headers']): HeaderResults['cors'] {
  const origin = headers['access-control-allow-origin']?.trim()
  if (origin === undefined) return 'none'
  return origin === '*' ? 'public' : 'restricted'
}

function referrerResult(header: string | undefined): HeaderResults['referrer'] {
  if (header === undefined) return 'none'
  // Of several the last that is known counts.
  const known = header
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .findLast((one) => PRIVATE.includes(one) || UNSAFE.includes(one))
  if (known === undefined) return 'invalid'
  return PRIVATE.includes(known) ? 'private' : 'unsafe'
}

function contentTypeResult(header: string | undefined): HeaderResults['contentType'] {
  if (header === undefined) return 'none'
  return header.trim().toLowerCase().startsWith('nosniff') ? 'nosniff' : 'invalid'
}

function framesResult(header: string | undefined): HeaderResults['frames'] {
  if (header === undefined) return 'none'
  const said = header.trim().toLowerCase()
  if (said === 'deny' || said === 'sameorigin') return 'denied'
  return said.startsWith('allow-from') ? 'allowFrom' : 'invalid'
}

function resourcePolicyResult(header: string | undefined): HeaderResults['resourcePolicy'] {
  if (header === undefined) return 'none'
  const said = header.trim().toLowerCase()
  if (said === 'same-origin' || said === 'same-site') return 'own'
  return said === 'cross-origin' ? 'crossOrigin' : 'invalid'
}
