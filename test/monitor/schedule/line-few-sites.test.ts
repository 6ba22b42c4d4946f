import { describe, expect, it } from 'vitest'
import { LineGuard } from '../../../server/monitor/schedule/line.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'

/* Where too few sites are visited in a minute for the last minute to say anything. */

const ROUND_MS = 3 * SECOND

interface Story {
  readonly sites: number
  readonly everyMs: number
  readonly forMs: number
  /** Whether a site does not answer, so long after the start. */
  readonly isMissed?: (site: number, atMs: number) => boolean
  /** How many of two references answer; null: there are none. */
  readonly answered?: number | null
}

/** The sites are visited one after another, each at its own place in the interval. @returns the doubts, by times since the start. */
function doubtsOf({ sites, everyMs, forMs, isMissed = () => false, answered = 0 }: Story) {
  const guard = new LineGuard()
  const doubts: { fromMs: number; toMs: number | null }[] = []
  let roundMs = Number.NEGATIVE_INFINITY
  for (let n = 0; n * everyMs < forMs * sites; n++) {
    const ms = Math.round((n * everyMs) / sites)
    const atMs = TUESDAY + ms
    if (answered !== null && ms - roundMs >= ROUND_MS) {
      roundMs = ms
      guard.noteReferences({ atMs, asked: 2, answered })
    }
    const siteId = n % sites
    guard.note({ siteId, atMs, missed: isMissed(siteId, ms), platform: `host-${siteId}` })
    const since = guard.inDoubtSince
    const last = doubts.at(-1)
    if (last && last.toMs === null && since === null) last.toMs = ms
    if (since !== null && (!last || last.toMs !== null)) doubts.push({ fromMs: since - TUESDAY, toMs: null })
  }
  return doubts
}

describe('references that never answer', () => {
  it.each([
    [640, HOUR],
    [65, 5 * MINUTE],
    [10, 5 * MINUTE],
  ])(
    'are not believed after a quarter of an hour in which %i sites, visited each %i ms, answered',
    (sites, everyMs) => {
      const doubts = doubtsOf({ sites, everyMs, forMs: 6 * HOUR })
      expect(doubts).toHaveLength(1)
      expect(doubts[0]?.toMs).toBeGreaterThanOrEqual(15 * MINUTE)
      expect(doubts[0]?.toMs).toBeLessThanOrEqual(16 * MINUTE)
    },
  )

  it.each([5, 3, 1])('are not believed for ever where a register has %i sites', (sites) => {
    const doubts = doubtsOf({ sites, everyMs: 5 * MINUTE, forMs: 6 * HOUR })
    expect(doubts).toHaveLength(1)
    expect(doubts[0]?.toMs).toBeLessThanOrEqual(2 * HOUR)
  })

  it('are not believed although one site in ten is down', () => {
    const isMissed = (site: number) => site % 10 === 0
    const doubts = doubtsOf({ sites: 65, everyMs: 5 * MINUTE, forMs: 6 * HOUR, isMissed })
    expect(doubts).toMatchObject([{ fromMs: 0 }])
    expect(doubts[0]?.toMs).toBeLessThanOrEqual(20 * MINUTE)
  })

  it('keep no line in doubt for good that broke after that and came back', () => {
    const isMissed = (site: number, ms: number) => ms >= HOUR && ms < 3 * HOUR && site % 10 !== 0
    const [, broke, ...more] = doubtsOf({ sites: 65, everyMs: 5 * MINUTE, forMs: 6 * HOUR, isMissed })
    expect(broke?.fromMs, 'it reaches back to the first miss').toBeLessThan(HOUR + MINUTE / 2)
    expect(broke?.toMs, 'and lasts as long as the fault').toBeGreaterThanOrEqual(3 * HOUR)
    expect(broke?.toMs).toBeLessThanOrEqual(3 * HOUR + 5 * MINUTE)
    expect(more).toEqual([])
  })
})

describe('a line that is broken', () => {
  it.each([
    [640, HOUR],
    [65, 5 * MINUTE],
    [20, 5 * MINUTE],
  ])(
    'is in doubt for as long as that lasts, though of %i sites, visited each %i ms, one in five is near by and answers',
    (sites, everyMs) => {
      const isMissed = (site: number) => site % 5 !== 0
      expect(doubtsOf({ sites, everyMs, forMs: 12 * HOUR, isMissed })).toEqual([{ fromMs: 0, toMs: null }])
    },
  )

  it('is in doubt though sites near by are visited again and again, and the others each hour', () => {
    const guard = new LineGuard()
    guard.noteReferences({ atMs: TUESDAY, asked: 2, answered: 0 })
    for (let minute = 1; minute <= 6 * 60; minute++) {
      const atMs = TUESDAY + minute * MINUTE
      for (const siteId of [1, 2, 3, 4, 5]) guard.note({ siteId, atMs, missed: false, platform: 'near' })
      const siteId = 100 + (minute % 60)
      guard.note({ siteId, atMs: atMs + SECOND, missed: true, platform: `host-${siteId}` })
    }
    expect(guard.inDoubtSince).toBe(TUESDAY)
  })

  it('is not believed for sites that answered before it broke, while the references were away', () => {
    const isMissed = (_site: number, ms: number) => ms >= 13 * MINUTE
    const doubts = doubtsOf({ sites: 640, everyMs: HOUR, forMs: 6 * HOUR, isMissed })
    expect(doubts).toEqual([{ fromMs: 0, toMs: null }])
  })

  it('is in doubt also after failures that were believed, once those have come to an end', () => {
    const isFailing = (site: number, ms: number) => ms >= 10 * MINUTE && ms < HOUR && site % 2 === 0
    const isMissed = (site: number, ms: number) => isFailing(site, ms) || ms >= 2 * HOUR
    const doubts = doubtsOf({ sites: 65, everyMs: 5 * MINUTE, forMs: 4 * HOUR, isMissed, answered: null })
    expect(doubts).toHaveLength(2)
    const [believed, broke] = doubts
    expect(believed?.toMs).toBeLessThanOrEqual(27 * MINUTE)
    expect(broke?.fromMs).toBeGreaterThanOrEqual(2 * HOUR)
    expect(broke?.fromMs).toBeLessThan(2 * HOUR + MINUTE / 2)
    expect(broke?.toMs).toBeNull()
  })
})
