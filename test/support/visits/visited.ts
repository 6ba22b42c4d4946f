import type { Visited } from '../../../server/monitor/visit/visited.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'

/** A spaced visit to a site as the prober hands it over: well, or failed for a cause. */
export function visitOf(site: { id: number; url: string }, atMs: number, cause?: Cause): Visited {
  const isBlocked = cause?.startsWith('blocked_') ?? false
  return {
    siteId: site.id,
    atMs,
    extra: false,
    lineInDoubt: false,
    finding: null,
    result: {
      outcome: cause ? (isBlocked ? 'blocked' : 'failed') : 'ok',
      cause: cause ?? null,
      status: cause ? null : 200,
      dnsMs: 0,
      connectMs: 1,
      tlsMs: null,
      ttfbMs: 20,
      totalMs: cause ? 15_000 : 42,
      bytes: cause ? 0 : 37_000,
      finalUrl: site.url,
      redirects: 0,
      notes: [],
      certDaysLeft: null,
      certificate: null,
      address: null,
      bodyHash: cause ? null : 'abc',
      etag: null,
      lastModified: null,
      notModified: false,
    },
  }
}
