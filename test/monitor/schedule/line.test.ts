import { describe, expect, it } from 'vitest'
import { LineGuard } from '../../../server/monitor/schedule/line.ts'
import { SECOND } from '../../../shared/base/time.ts'

const start = Date.parse('2015-12-01T04:00:00Z')

/** Visits to `count` sites, one each half second, of which those in `missed` fail. */
function visits(
  guard: LineGuard,
  count: number,
  missed: (n: number) => boolean,
  from = 0,
  platform?: string,
) {
  for (let n = 0; n < count; n++) {
    guard.note({
      siteId: from + n,
      atMs: start + (from + n) * 500,
      missed: missed(n),
      platform: platform ?? `host-${from + n}`,
    })
  }
}

describe("the monitor's own line", () => {
  it('is trusted while single sites fail', () => {
    const guard = new LineGuard()
    visits(guard, 200, (n) => n % 5 === 0)
    expect(guard.inDoubtSince).toBeNull()
  })

  it('is in doubt when many unrelated sites fail together, since the first of them', () => {
    const guard = new LineGuard()
    visits(guard, 40, () => false)
    visits(guard, 12, () => true, 40)
    expect(guard.inDoubtSince).toBe(start + 40 * 500)
  })

  it('is in doubt since the first miss of a slow site, although the site has missed again since', () => {
    const guard = new LineGuard()
    visits(guard, 20, () => false)
    guard.note({ siteId: 999, atMs: start + 8 * SECOND, missed: true, platform: 'slow' })
    guard.note({ siteId: 999, atMs: start + 11 * SECOND, missed: true, platform: 'slow' })
    visits(guard, 12, () => true, 24)
    expect(guard.inDoubtSince).toBe(start + 8 * SECOND)
  })

  it('is trusted at the pace of a nation, where of any twenty visits many fail by chance while a tenth of all sites is down', () => {
    const guard = new LineGuard()
    let seed = 7
    let doubts = 0
    for (let n = 0; n < 84_094; n++) {
      seed = (seed * 16_807) % 2_147_483_647
      guard.note({
        siteId: n,
        atMs: start + n * 3.5,
        missed: n > 2_000 && seed % 10 === 0,
        platform: `host-${n}`,
      })
      if (guard.inDoubtSince !== null) doubts += 1
    }
    expect(doubts).toBe(0)
  })

  it('is in doubt within a second or two when it breaks at the pace of a nation, and trusted when the sites answer again', () => {
    const guard = new LineGuard()
    const at = (n: number) => start + n * 3.5
    const note = (from: number, to: number, missed: boolean) => {
      for (let n = from; n < to; n++) guard.note({ siteId: n, atMs: at(n), missed, platform: `host-${n}` })
    }
    note(0, 3_000, false)
    note(3_000, 3_600, true)
    expect(guard.inDoubtSince).toBe(at(3_000))
    note(3_600, 9_000, true)
    expect(guard.inDoubtSince).toBe(at(3_000))
    note(9_000, 10_500, false)
    expect(guard.inDoubtSince).toBeNull()
  })

  it('is not blamed for a platform that takes all its sites down', () => {
    const guard = new LineGuard()
    visits(guard, 40, () => false)
    visits(guard, 30, () => true, 40, 'district platform')
    expect(guard.inDoubtSince).toBeNull()
  })

  it('is trusted again when most sites answer again', () => {
    const guard = new LineGuard()
    visits(guard, 20, () => true)
    expect(guard.inDoubtSince).not.toBeNull()
    visits(guard, 15, () => false, 20)
    expect(guard.inDoubtSince).not.toBeNull()
    visits(guard, 5, () => false, 35)
    expect(guard.inDoubtSince).toBeNull()
  })

  it('is in doubt when a third of unrelated sites fails, as half a line does', () => {
    const guard = new LineGuard()
    visits(guard, 40, () => false)
    visits(guard, 18, (n) => n % 3 === 0, 40)
    expect(guard.inDoubtSince).toBe(start + 40 * 500)
  })

  it('is not trusted for answers to visits that had begun before the doubt', () => {
    const guard = new LineGuard()
    visits(guard, 30, () => false)
    guard.noteReferences({ atMs: start + 20 * SECOND, asked: 3, answered: 0 })
    visits(guard, 6, () => false, 30)
    expect(guard.inDoubtSince).not.toBeNull()
    visits(guard, 16, () => false, 41)
    expect(guard.inDoubtSince).toBeNull()
  })

  it('is not doubted anew for visits that began in a doubt and failed after it', () => {
    const guard = new LineGuard()
    guard.noteReferences({ atMs: start, asked: 3, answered: 0 })
    for (const at of [54, 57, 60]) guard.noteReferences({ atMs: start + at * SECOND, asked: 3, answered: 3 })
    expect(guard.inDoubtSince).toBeNull()
    for (let n = 0; n < 20; n++) {
      const sighting = { siteId: n, atMs: start + 50 * SECOND, missed: true, platform: `host-${n}` }
      guard.note(sighting, start + 65 * SECOND)
    }
    expect(guard.inDoubtSince).toBeNull()
  })

  it('believes after a quarter of an hour what fails while other sites answer, and is in doubt again later', () => {
    const guard = new LineGuard()
    // Every second site fails, for as long as it lasts.
    visits(guard, 16 * 120, (n) => n % 2 === 0)
    expect(guard.inDoubtSince).toBeNull()
    visits(guard, 40, () => false, 2_000)
    visits(guard, 12, () => true, 2_040)
    expect(guard.inDoubtSince, 'the next time').not.toBeNull()
  })

  it('goes on believing it for as long as it lasts', () => {
    const guard = new LineGuard()
    let doubted = 0
    for (let n = 0; n < 60 * 60 * 5; n++) {
      const siteId = n % 1_500
      const missed = (siteId * 0.618) % 1 < 0.4
      guard.note({ siteId, atMs: start + n * 200, missed, platform: `host-${siteId}` })
      if (guard.inDoubtSince !== null) doubted += 200
    }
    expect(doubted).toBeGreaterThan(14 * 60 * SECOND)
    expect(doubted).toBeLessThan(16 * 60 * SECOND)
  })

  it('never believes a line over which nothing comes', () => {
    const guard = new LineGuard()
    visits(guard, 60 * 120, () => true)
    expect(guard.inDoubtSince).toBe(start)
  })

  it('does not add up misses of different times', () => {
    const guard = new LineGuard()
    for (let n = 0; n < 15; n++) {
      guard.note({ siteId: n, atMs: start + n * 30 * SECOND, missed: true, platform: `host-${n}` })
    }
    expect(guard.inDoubtSince).toBeNull()
  })

  describe('with reference targets', () => {
    const round = (guard: LineGuard, answered: number, atMs = start) =>
      guard.noteReferences({ atMs, asked: 3, answered })

    it('is in doubt at once when most of them fail, whatever the sites did so far', () => {
      const guard = new LineGuard()
      visits(guard, 20, () => false)
      round(guard, 2, start + 11 * SECOND)
      expect(guard.inDoubtSince).toBeNull()
      round(guard, 1, start + 12 * SECOND)
      expect(guard.inDoubtSince).toBe(start + 12 * SECOND)
      expect(guard.evidence).toEqual({ sites: 0, asked: 3, answered: 1 })
    })

    it('is trusted again when they answer again; visits that had begun before are still in doubt', () => {
      const guard = new LineGuard()
      round(guard, 0)
      for (const at of [54, 57, 60]) {
        expect(guard.inDoubtSince).toBe(start)
        round(guard, 3, start + at * SECOND)
      }
      expect(guard.inDoubtSince).toBeNull()
      expect(guard.doubts(start + 50 * SECOND)).toBe(true)
      expect(guard.doubts(start + 61 * SECOND)).toBe(false)
    })

    it('is not trusted for a moment in which half a line lets them through', () => {
      const guard = new LineGuard()
      for (const [n, answered] of [0, 3, 2, 1, 3, 3, 2, 0, 2, 2].entries()) {
        round(guard, answered, start + n * 3 * SECOND)
        expect(guard.inDoubtSince, `round ${n}`).not.toBeNull()
      }
    })

    it('is trusted again although one of them is dead for good', () => {
      const guard = new LineGuard()
      for (const n of [0, 1, 2]) round(guard, 0, start + n * 3 * SECOND)
      for (let n = 3; n < 20; n++) round(guard, 2, start + n * 3 * SECOND)
      expect(guard.inDoubtSince).toBeNull()
    })

    it('is in doubt for fewer misses when one of them fails too', () => {
      const guard = new LineGuard()
      visits(guard, 20, () => false)
      round(guard, 2, start + 10 * SECOND)
      visits(guard, 12, (n) => n % 2 === 0, 20)
      expect(guard.inDoubtSince).not.toBeNull()
    })

    it('believes what half of the sites do while the references answer, and doubts what most do', () => {
      const guard = new LineGuard()
      round(guard, 3)
      visits(guard, 40, (n) => n % 2 === 1)
      expect(guard.inDoubtSince).toBeNull()
      visits(guard, 11, () => true, 40)
      expect(guard.inDoubtSince).not.toBeNull()
    })

    it('does not believe references that fail while the sites answer', () => {
      const guard = new LineGuard()
      round(guard, 0)
      visits(guard, 20, () => false)
      expect(guard.inDoubtSince).toBeNull()
      round(guard, 0, start + 20 * SECOND)
      expect(guard.inDoubtSince).toBeNull()
      round(guard, 3, start + 30 * SECOND)
      round(guard, 0, start + 40 * SECOND)
      expect(guard.inDoubtSince, 'but again once they have answered').not.toBeNull()
    })
  })
})
