import { expect, test } from 'vitest'
import { addDays, MINUTE } from '../../../shared/base/time.ts'
import { emptyCounts } from '../../../shared/register/sites/states.ts'
import { buildOf } from '../../../web/base/build.ts'
import { drawBurnDown } from '../../../web/city/wall/alerts/burn-down.ts'
import { niceMax } from '../../../web/city/wall/plan/plot.ts'
import { drawStrip, firstOfEach } from '../../../web/city/wall/strip/strip.ts'
import { untilNextRefresh } from '../../../web/city/wall/useSelfRefresh.ts'

const TODAY = '2026-03-10'
const FRAME = { width: 430, height: 100 }
const HOUR = 3_600_000

test('an axis ends at a round figure that is not below the highest value', () => {
  expect([0, 1, 4, 7, 9, 11, 34, 81, 640].map(niceMax)).toEqual([1, 1, 4, 8, 10, 20, 40, 100, 800])
})

test('the due line begins at what is not late and falls on each due day', () => {
  const rectifications = [
    { dueOn: '2026-03-05' },
    { dueOn: '2026-03-12' },
    { dueOn: '2026-03-12' },
    { dueOn: '2026-04-30' },
  ]
  const { due, todayX, max } = drawBurnDown([], rectifications, TODAY, FRAME)
  expect(max).toBe(4)
  expect(todayX).toBe(290)
  // Three of four are in time: three quarters up; from the day after the 12th one is left.
  expect(due.startsWith('M290 25H300V25H310V25H320V75')).toBe(true)
  expect(due.endsWith('H430V75')).toBe(true)
})

test('the month behind is drawn from the record, today from the board', () => {
  const points = Array.from({ length: 30 }, (_, index) => ({
    day: addDays(TODAY, index - 29),
    open: 10,
    overdue: 2,
    raised: 0,
    closed: 0,
  }))
  const { open, overdue, max } = drawBurnDown(points, [], TODAY, FRAME)
  expect(max).toBe(10)
  expect(open.startsWith('M0 0L10 0')).toBe(true)
  expect(open.endsWith('L290 100')).toBe(true)
  expect(overdue.endsWith('Z')).toBe(true)
})

test('the strip shows a gap where nothing was recorded, and marks the hours of Shanghai', () => {
  const nowMs = Date.parse('2026-03-10T06:03:00Z')
  const at = (hoursAgo: number, down: number) => ({
    atMs: nowMs - hoursAgo * HOUR,
    counts: { ...emptyCounts(), down },
  })
  const { series, max, ticks } = drawStrip([at(30, 99), at(12, 3), at(0, 5)], nowMs, {
    width: 960,
    height: 50,
  })
  expect(max).toBe(5)
  const bars = series.find((one) => one.state === 'down')?.path.match(/M/g)
  expect(bars).toHaveLength(2)
  expect(ticks.map(({ atMs }) => new Date(atMs).toISOString().slice(11, 16))).toEqual([
    '10:00',
    '16:00',
    '22:00',
    '04:00',
  ])
})

test('a display looks for another build at four in the morning', () => {
  expect(untilNextRefresh(Date.parse('2026-03-10T03:00:00+08:00'))).toBe(HOUR)
  expect(untilNextRefresh(Date.parse('2026-03-10T04:00:00+08:00'))).toBe(24 * HOUR)
  expect(buildOf('<script type="module" crossorigin src="/assets/index-B2.js"></script>')).toBe(
    '/assets/index-B2.js',
  )
  expect(buildOf('502 Bad Gateway')).toBeNull()
})

test('of a day in quarters of an hour one point an hour is read out, by the hours of the clock', () => {
  const from = Date.parse('2026-11-27T16:30:00Z')
  const points = Array.from({ length: 12 }, (_, n) => ({
    atMs: from + n * 15 * MINUTE,
    counts: emptyCounts(),
  }))
  const starts = firstOfEach(points, HOUR).map(({ atMs }) => new Date(atMs).toISOString().slice(11, 16))
  expect(starts).toEqual(['16:30', '17:00', '18:00', '19:00'])
})
