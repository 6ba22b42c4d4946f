import { z } from 'zod'

/** How one visit to a home page ended. `blocked`: something answered in the site's place, so nothing is known of it. */
export const VISIT_OUTCOMES = ['ok', 'failed', 'blocked'] as const
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number]

/**
 * Who has to look at it: the line or the host, the certificate, the web server, the page, the firewall before
 * the site, or our own monitor. Nothing in `blocked` or `monitor` may be held against a site.
 */
export type CauseGroup = 'network' | 'tls' | 'http' | 'content' | 'blocked' | 'monitor'

const GROUPS = {
  dns_not_found: 'network',
  dns_failed: 'network',
  dns_timeout: 'network',
  unreachable: 'network',
  refused: 'network',
  reset: 'network',
  closed: 'network',
  timeout: 'network',
  tls_expired: 'tls',
  tls_not_yet_valid: 'tls',
  tls_wrong_host: 'tls',
  tls_self_signed: 'tls',
  tls_untrusted: 'tls',
  tls_incomplete_chain: 'tls',
  tls_protocol: 'tls',
  http_4xx: 'http',
  http_5xx: 'http',
  redirect_loop: 'http',
  redirect_limit: 'http',
  redirect_invalid: 'http',
  bad_response: 'http',
  head_too_long: 'http',
  too_many_interim: 'http',
  truncated: 'content',
  empty: 'content',
  bad_encoding: 'content',
  too_many_encodings: 'content',
  blocked_rate_limit: 'blocked',
  blocked_firewall: 'blocked',
  blocked_captcha: 'blocked',
  blocked_challenge: 'blocked',
  refused_address: 'monitor',
  bad_url: 'monitor',
  no_ipv6: 'monitor',
  aborted: 'monitor',
  monitor_error: 'monitor',
} as const satisfies Record<string, CauseGroup>

export type Cause = keyof typeof GROUPS
export const CAUSES = Object.keys(GROUPS) as [Cause, ...Cause[]]

export function causeGroup(cause: Cause): CauseGroup {
  return GROUPS[cause]
}

/** The same of a cause as it is stored of a site; null where that is not one of a visit. */
export function storedCauseGroup(cause: string | null): CauseGroup | null {
  const known = CAUSES.find((name) => name === cause)
  return known === undefined ? null : causeGroup(known)
}

/** What was odd about a visit without making it a failure. */
export const VISIT_NOTES = [
  'weak_tls',
  'incomplete_chain',
  'bad_protocol',
  'unknown_encoding',
  'capped',
  'meta_refresh',
  'script_redirect',
  'signpost_dead',
] as const
export type VisitNote = (typeof VISIT_NOTES)[number]

const ms = z.number().nonnegative().nullable()

/**
 * One visit as data. Times are milliseconds with one decimal, rounded down, so that 14,999.96 never reads as
 * 15,000. `dnsMs`, `connectMs` and `tlsMs` are sums over all hops; `ttfbMs` runs from the start of the visit to
 * the first byte of the last answer. `bytes` counts the body after decompression, `bodyHash` is its
 * length and CRC-32 in hexadecimal, which tells a changed page from an unchanged one and no more. `redirects` counts redirect answers received. `certDaysLeft` is whole days to the earliest
 * expiry in the chain, negative once past. `etag` and `lastModified` belong to `finalUrl`.
 */
export const VisitResult = z.object({
  outcome: z.enum(VISIT_OUTCOMES),
  cause: z.enum(CAUSES).nullable(),
  status: z.number().int().nullable(),
  dnsMs: ms,
  connectMs: ms,
  tlsMs: ms,
  ttfbMs: ms,
  totalMs: ms,
  bytes: z.number().int().nonnegative(),
  finalUrl: z.string().nullable(),
  redirects: z.number().int().nonnegative(),
  notes: z.array(z.enum(VISIT_NOTES)),
  certDaysLeft: z.number().int().nullable(),
  /** SHA-256 fingerprint of the site's own certificate. */
  certificate: z.string().nullable(),
  address: z.string().nullable(),
  bodyHash: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  notModified: z.boolean(),
})
export type VisitResult = z.infer<typeof VisitResult>
