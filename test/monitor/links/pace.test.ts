import { expect, test } from 'vitest'
import { pauseAfter } from '../../../server/monitor/links/pace.ts'
import { failedVisit } from '../../../server/monitor/visit/run.ts'

const answer = (status: number, headers: Record<string, string> = {}) => {
  const { result } = failedVisit('http_4xx')
  return {
    result: { ...result, status, outcome: status < 400 ? ('ok' as const) : ('failed' as const) },
    headers,
  }
}
const after = (last: number | null, status: number, headers = {}) =>
  pauseAfter({ delay_ms: 500, pause_ms: last }, answer(status, headers), 0)

test('whoever refuses is asked half as often, again and again, but never left alone for good', () => {
  expect([403, 429, 500, 503].map((status) => after(null, status))).toEqual([1_000, 1_000, 1_000, 1_000])
  expect(after(1_000, 429)).toBe(2_000)
  expect(after(8_000, 429)).toBe(8_000)
  expect(after(null, 503, { 'retry-after': '20' })).toBe(20_000)
  expect(after(null, 503, { 'retry-after': '86400' })).toBe(60_000)
})

test('the pace comes back by small steps, and is never faster than it was set; a dead link is no refusal', () => {
  expect(after(1_000, 200)).toBe(975)
  expect(after(510, 200)).toBe(500)
  expect(after(null, 200)).toBe(500)
  expect(after(null, 404)).toBe(500)
})
