import type { HourSums, StoredVisit } from '../../../server/monitor/visit-store/pack.ts'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'

/* Days of visits that are made up, as a monitor has them. */

export const EVERY_MS = 5 * MINUTE
export const VISITS_A_DAY = DAY / EVERY_MS

let seed = 1
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

const tenth = (ms: number): number => Math.floor(ms * 10) / 10

/** A day of a site as a monitor sees it: some jitter, a long tail, a page that changes at times, two misses in 100. */
export function visitsOf(siteId: number, day: number): StoredVisit[] {
  const place = (siteId * 0.6180339887) % 1
  const pace = 40 + 120 * place
  let bytes = 30_000 + Math.floor(20_000 * place)
  return Array.from({ length: VISITS_A_DAY }, (_, n) => {
    const atMs = day * DAY + n * EVERY_MS + Math.floor(place * (EVERY_MS - 500) + 500 * random())
    if (random() < 0.05) bytes += Math.floor(400 * (random() - 0.5))
    const hasFailed = random() < 0.02
    const connectMs = tenth(6 + 20 * place + 4 * random() + (random() < 0.05 ? 50 * random() : 0))
    const tlsMs = siteId % 3 === 0 ? null : tenth(15 + 10 * place + 6 * random())
    const ttfbMs = tenth(connectMs + (tlsMs ?? 0) + pace * (0.8 - 0.4 * Math.log(1 - random())))
    return {
      atMs,
      outcome: hasFailed ? 1 : 0,
      cause: hasFailed ? 'timeout' : null,
      status: hasFailed ? null : 200,
      extra: false,
      excluded: false,
      dnsMs: random() < 0.1 ? tenth(20 * random()) : 0,
      connectMs,
      tlsMs,
      ttfbMs: hasFailed ? null : ttfbMs,
      totalMs: hasFailed ? 15_000 : tenth(ttfbMs + 5 + 20 * random()),
      bytes: hasFailed ? 0 : bytes,
    }
  })
}

/** Their sums by the hour. */
export function hoursOf(visits: readonly StoredVisit[]): HourSums[] {
  const hours = groupBy(visits, ({ atMs }) => Math.floor(atMs / HOUR) * HOUR)
  return [...hours].map(([hourMs, all]) => ({
    hourMs,
    total: all.length,
    failed: all.filter(({ outcome }) => outcome === 1).length,
    excluded: 0,
    okMsSum: all.reduce((sum, { outcome, totalMs }) => sum + (outcome === 0 ? (totalMs ?? 0) : 0), 0),
    maxMs: Math.max(...all.map(({ totalMs }) => totalMs ?? 0)),
  }))
}
