import type { Visited } from '../../../server/monitor/visit/visited.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import type { MadeSite } from '../../support/make.ts'

/** A spaced visit to a site that failed. */
export function visited(site: MadeSite, atMs: number, cause: Cause): Visited {
  return {
    siteId: site.id,
    atMs,
    result: {
      outcome: 'failed',
      cause,
      status: null,
      dnsMs: 0,
      connectMs: 1,
      tlsMs: null,
      ttfbMs: null,
      totalMs: 15_000,
      bytes: 0,
      finalUrl: site.url,
      redirects: 0,
      notes: [],
      certDaysLeft: null,
      certificate: null,
      address: '127.0.0.1',
      bodyHash: null,
      etag: null,
      lastModified: null,
      notModified: false,
    },
    extra: false,
    lineInDoubt: false,
    finding: null,
  }
}
