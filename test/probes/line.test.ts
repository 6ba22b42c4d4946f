import { describe, expect, it } from 'vitest'
import { LineGuard } from '../../server/probes/line.ts'
import { SECOND } from '../../shared/time.ts'

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
      round(guard, 3, start + 60 * SECOND)
      expect(guard.inDoubtSince).toBeNull()
      expect(guard.doubts(start + 50 * SECOND)).toBe(true)
      expect(guard.doubts(start + 61 * SECOND)).toBe(false)
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
