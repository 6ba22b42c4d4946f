import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import {
  NOTICE_DAYS,
  nextNotice,
  noticeDays,
  noticeState,
} from '../../../shared/register/filings/filings-rules.ts'

const AT = Date.parse('2026-03-01T02:00:00Z')
const times = { ask: 'closed', from: '2026-03-01', to: null } as const
const days = (seen: ReturnType<typeof nextNotice>, today: string) => noticeDays(seen, times, today)

describe('the days of a notice', () => {
  it('are counted from the first reading that saw it to the last day of its term', () => {
    const seen = nextNotice(nextNotice(null, AT, true), AT + DAY, true)
    expect(noticeState(seen)).toBe('seen')
    expect([days(seen, '2026-03-01'), days(seen, '2026-03-30'), days(seen, '2026-04-09')]).toEqual([
      ...[0, 29, NOTICE_DAYS],
    ])
  })

  it('stop where it is gone, and begin anew when it comes back after more than a day', () => {
    const up = nextNotice(null, AT, true)
    const gone = nextNotice(nextNotice(up, AT + 5 * DAY, true), AT + 6 * DAY, false)
    expect([noticeState(gone), days(gone, '2026-03-20')]).toEqual(['missing', 5])
    const still = nextNotice(gone, AT + 8 * DAY, false)
    expect(still.missingMs, 'since the first reading without it').toBe(AT + 6 * DAY)
    const back = nextNotice(still, AT + 9 * DAY, true)
    expect([noticeState(back), days(back, '2026-03-20')]).toEqual(['seen', 10])
  })

  it('go on where it was gone for less than a day', () => {
    const gone = nextNotice(nextNotice(null, AT, true), AT + 2 * HOUR, false)
    expect(nextNotice(gone, AT + 20 * HOUR, true).sinceMs).toBe(AT)
  })

  it('are none where it was never there, which is something else than not looked for', () => {
    const never = nextNotice(null, AT, false)
    expect([noticeState(never), days(never, '2026-03-20')]).toEqual(['missing', 0])
    expect(noticeState(null)).toBe('unmeasured')
  })
})
