import { expect, test } from 'vitest'
import { ageWords } from '../../../web/base/ui/marks/age.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [-5_000, 'seconds', 0, 0],
  [59_999, 'seconds', 59, 0],
  [MINUTE, 'minutes', 1, 0],
  [HOUR + 5 * MINUTE, 'hoursMinutes', 1, 5],
  [6 * HOUR + 5 * MINUTE, 'hours', 6, 0],
  [DAY, 'days', 1, 0],
  [2 * DAY + 4 * HOUR, 'daysHours', 2, 4],
  [9 * DAY + 4 * HOUR, 'days', 9, 0],
])('%d ms is said as %s', (ms, key, n, m) => {
  expect(ageWords(ms)).toEqual({ key, n, m })
})
