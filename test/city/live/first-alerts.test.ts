import { expect, test } from 'vitest'
import { firstAlerts } from '../../../server/city/board/figures.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { AT, alert } from '../../base/live/made.ts'

const NOW = Date.parse(AT)
const at = (minute: number) => new Date(NOW + minute * 60_000).toISOString()

test('an alert of the whole monitor stays on a board of many after somebody has taken it on, however many came since', () => {
  const taken: Alert[] = (['LINE', 'STALL', 'BEHIND'] as const).map((rule, n) =>
    alert(n + 1, { rule, siteId: null, district: null, status: 'acknowledged', openedAt: at(n) }),
  )
  const since = Array.from({ length: 60 }, (_, n) => alert(n + 10, { siteId: n, openedAt: at(n + 10) }))
  const first = firstAlerts([...taken, ...since], NOW + 3_600_000)
  expect(first.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 2, 3]))
  expect(first.length).toBeLessThan(60)
})
