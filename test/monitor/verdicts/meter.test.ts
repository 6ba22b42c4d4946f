import { describe, expect, it } from 'vitest'
import { DAY } from '../../../shared/base/time.ts'
import { v1Meter } from '../../support/rules-2015.ts'

const now = Date.parse('2015-12-01T04:00:00Z')
/** A week of 24 visits a day, of which these failed, newest day first. */
const week = (...failedPerDay: number[]) => ({
  total: 168,
  failed: failedPerDay.reduce((sum, n) => sum + n, 0),
  perDay: new Array<number>(7).fill(24),
  failedPerDay,
})

describe('the 7-day meter', () => {
  it('says how many failures are left to the lines', () => {
    const meter = v1Meter(week(0, 2, 0, 0, 0, 0, 0), now)
    // 3 % of 168 visits is 5.04, 5 % is 8.4.
    expect(meter).toMatchObject({ share: 1.19, toWarn: 4, toVeto: 7, crossesAt: null, clearsAt: null })
  })

  it('says on which day a site that fails like today will be vetoed', () => {
    // 3 of 24 a day is 12.5 %: 3, 6, 9 failures; the line of 8.4 is crossed in the second day from now.
    const { crossesAt } = v1Meter(week(3, 0, 0, 0, 0, 0, 0), now)
    expect(crossesAt).toBe(now + 1.8 * DAY)
  })

  it('never foretells a veto at a rate below the line', () => {
    expect(v1Meter(week(1, 1, 1, 1, 1, 1, 1), now).crossesAt).toBeNull()
    expect(v1Meter(week(1, 1, 2, 1, 0, 0, 0), now).crossesAt).toBeNull()
  })

  it('says what recovering now would do, and when the site would be below the line', () => {
    const meter = v1Meter(week(0, 0, 0, 0, 0, 6, 4), now)
    expect(meter).toMatchObject({ share: 5.95, toVeto: 0, crossesAt: null, shareInADay: 3.57 })
    // 10 failures go down to 6 within the first day: 8.4 are left after 0.4 of it.
    expect(meter.clearsAt).toBe(now + 0.4 * DAY)
  })

  it('says nothing of a site that was never visited', () => {
    const none = { total: 0, failed: 0, perDay: [0, 0, 0, 0, 0, 0, 0], failedPerDay: [0, 0, 0, 0, 0, 0, 0] }
    expect(v1Meter(none, now)).toMatchObject({
      share: null,
      crossesAt: null,
      shareInADay: null,
      clearsAt: null,
    })
  })
})
