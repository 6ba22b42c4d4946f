import type { Visited } from '../../../server/monitor/visit/visited.ts'
import type { VisitResult } from '../../../shared/monitor/visit/probes.ts'

/** A good visit to a site, at which nothing was read. */
export function goodVisit(site: { id: number; url: string }, atMs: number): Visited {
  const result: VisitResult = {
    outcome: 'ok',
    cause: null,
    status: 200,
    dnsMs: 0,
    connectMs: 1,
    tlsMs: null,
    ttfbMs: 20,
    totalMs: 42,
    bytes: 37_000,
    finalUrl: site.url,
    redirects: 0,
    notes: [],
    certDaysLeft: null,
    certificate: null,
    address: '127.0.0.1',
    bodyHash: 'abc',
    etag: null,
    lastModified: null,
    notModified: false,
  }
  return { siteId: site.id, atMs, result, extra: false, lineInDoubt: false, finding: null }
}
