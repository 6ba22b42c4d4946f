import { chance } from './random.ts'
import type { DemoSite } from './register.ts'

/** How the line of a made-up site is: what it has of IPv6 and HTTPS, and which headers it sends. Never changes. */
export interface DemoLine {
  /** `none`: no such address; `fails`: it hangs up there; `other`: another page answers; `home`: the home page alone comes. */
  readonly six: 'none' | 'opens' | 'fails' | 'other' | 'home'
  /** Besides plain HTTP, of a site that is registered by it. */
  readonly alsoSecure: boolean
  /** Of a site by HTTPS: plain HTTP leads there. */
  readonly redirects: boolean
  /** Seconds. */
  readonly hstsAge: number | null
  readonly headers: 'none' | 'some' | 'good'
  /** A part of its pages is fetched in plain. */
  readonly mixed: boolean
}

const HALF_YEAR_S = 15_768_000
const YEAR_S = 2 * HALF_YEAR_S
const DAY_S = 86_400

/** The same for the same site every time. */
export function lineOf({ code, scheme }: Pick<DemoSite, 'code' | 'scheme'>): DemoLine {
  const salt = Number(code)
  const share = (seed: number) => chance(salt, seed)
  const isSecure = scheme === 'https'
  const [six, hsts, headers] = [share(121), share(124), share(125)]
  return {
    six: six < 0.14 ? 'none' : six < 0.17 ? 'fails' : six < 0.18 ? 'other' : six < 0.23 ? 'home' : 'opens',
    alsoSecure: !isSecure && share(122) < 0.4,
    redirects: isSecure && share(123) < 0.93,
    hstsAge: !isSecure || hsts < 0.18 ? null : hsts < 0.22 ? DAY_S : YEAR_S,
    headers: headers < 0.2 ? 'none' : headers < 0.5 ? 'some' : 'good',
    mixed: isSecure && share(126) < 0.04,
  }
}

/** The headers that a site sends with each page, by name. */
export function headersOf({ hstsAge, headers }: DemoLine, isSecure: boolean): Record<string, string> {
  return {
    ...(isSecure && hstsAge !== null ? { 'strict-transport-security': `max-age=${hstsAge}` } : {}),
    ...(headers === 'none' ? {} : { 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' }),
    ...(headers === 'good'
      ? {
          'content-security-policy':
            "default-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'self'",
          'referrer-policy': 'strict-origin-when-cross-origin',
        }
      : {}),
  }
}
