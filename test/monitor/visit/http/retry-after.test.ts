import { expect, it } from 'vitest'
import { retryAfterMs } from '../../../../server/monitor/visit/http/retry-after.ts'
import { DAY, MINUTE, SECOND } from '../../../../shared/base/time.ts'
import { TUESDAY } from '../../../support/clock.ts'

const of = (asked: string, status = 503, date?: string) =>
  retryAfterMs(status, { 'retry-after': asked, ...(date && { date }) }, TUESDAY)
const http = (ms: number) => new Date(ms).toUTCString()

it('is read as seconds and as a date', () => {
  expect(of('120')).toBe(2 * MINUTE)
  expect(of('120', 429)).toBe(2 * MINUTE)
  expect(of(http(TUESDAY + 5 * MINUTE))).toBe(5 * MINUTE)
})

it('is measured by the clock of the server, which may go wrong', () => {
  const theirs = TUESDAY - DAY
  expect(of(http(theirs + 5 * MINUTE), 503, http(theirs))).toBe(5 * MINUTE)
})

it('never leaves fewer than the 20 visits a day of the law', () => {
  for (const asked of ['86400', '99999999999', http(TUESDAY + 30 * DAY)]) {
    expect(DAY / of(asked), asked).toBeGreaterThanOrEqual(20)
  }
})

it('means nothing in the past, in another language, or beside another status', () => {
  expect(of(http(TUESDAY - MINUTE))).toBe(0)
  expect(of('-5')).toBe(0)
  expect(of('soon')).toBe(0)
  expect(of('')).toBe(0)
  expect(of('120', 200)).toBe(0)
  expect(retryAfterMs(503, {}, TUESDAY)).toBe(0)
  expect(of('0.5')).toBeLessThan(SECOND)
})
