import { failedVisit } from '../../../server/monitor/visit/run.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'

/** A site of which only these pages are there, by their paths, and which of them were asked for. */
export function pagesOf(pages: Readonly<Record<string, string>>): { prober: Prober; asked: string[] } {
  const asked: string[] = []
  const prober: Prober = {
    async visit({ url }) {
      asked.push(url)
      const page = pages[new URL(url).pathname]
      const failed = failedVisit('http_4xx')
      if (page === undefined) return failed
      const result = { ...failed.result, outcome: 'ok' as const, cause: null, finalUrl: url, status: 200 }
      return { result, body: Buffer.from(page), headers: { 'content-type': 'text/html; charset=utf-8' } }
    },
    close() {},
  }
  return { prober, asked }
}
