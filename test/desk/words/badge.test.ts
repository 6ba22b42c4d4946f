import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { bringEndpoints } from '../../../web/base/call.ts'
import { forgetPerson } from '../../../web/base/forget.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { lookForUnread } from '../../../web/desk/notifications/unread.ts'
import { useWaiting } from '../../../web/desk/notifications/useWaiting.ts'
import { useSession } from '../../../web/people/sessions/store.ts'
import { AT, alert, level, raised, rectification, snapshot } from '../../base/live/made.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)

const WANG = { id: 7, name: '王敏', role: 'workgroup', scope: { kind: 'city' } } as User
/** Carried up to the working group. */
const escalation = { level: 'workgroup', at: AT } as const
let counted: { alerts: number; rectifications: number; requests: number }
/** How often the server was asked what waits. */
let asked: number

beforeEach(async () => {
  setActivePinia(createPinia())
  asked = 0
  counted = { alerts: 3, rectifications: 2, requests: 1 }
  vi.stubGlobal('fetch', async (path: string) => {
    if (path !== '/api/waiting') return Response.json({ items: [], nextCursor: null, total: 0, unread: 5 })
    asked += 1
    return Response.json({ ...counted, pauses: 0, notices: 0 })
  })
  useSession().user = WANG
  await lookForUnread()
})
afterEach(() => {
  vi.unstubAllGlobals()
  forgetPerson()
})

function badge() {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  return scope.run(() => useWaiting(() => 4))!
}
const escalated = (seq: number, one: Alert): Fact => ({
  seq,
  at: AT,
  kind: 'alert.escalated',
  siteId: one.siteId,
  district: one.district,
  actor: null,
  data: { alert: one, text: null },
})
/** Longer than it takes until facts are asked about. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 500))

test('the badge counts what waits on a board that has everything, and nobody is asked', async () => {
  const by = { id: 9, name: '陈立' }
  const request = { id: 1, kind: 'extend', until: '2026-04-01', reason: '等待备件', by, at: AT } as const
  useCity().load(
    snapshot(7, [], {
      alerts: [alert(1, { escalation }), alert(2)],
      rectifications: [
        rectification(1, { request }),
        rectification(2, { assignee: { id: WANG.id, name: WANG.name } }),
        rectification(3),
      ],
    }),
  )
  expect(badge().value).toEqual({ alerts: 1, rectifications: 1, requests: 1, pauses: 4, notices: 5 })
  await settled()
  expect(asked).toBe(0)
})

test('of a board that has a part of it, the server counts what waits: again when more does, and when facts were missed', async () => {
  const city = useCity()
  city.load(snapshot(7, [], { level: level({ alerts: 900 }), recent: [raised(6, 1)] }))
  const waiting = badge()
  expect(waiting.value, 'not the none of the board').toBeNull()
  await until('it is counted', () => waiting.value !== null)
  expect(waiting.value).toEqual({ alerts: 3, rectifications: 2, requests: 1, pauses: 4, notices: 5 })

  city.take([escalated(8, alert(2, { escalation: { level: 'district', at: AT } }))])
  await settled()
  expect(asked, 'after what is for others').toBe(1)
  counted.alerts = 4
  city.take([escalated(9, alert(3, { escalation }))])
  await until('one more waits', () => waiting.value?.alerts === 4)
  expect(asked).toBe(2)

  counted.alerts = 6
  city.load(snapshot(40, [], { level: level({ alerts: 900 }), recent: [raised(39, 2), raised(40, 3)] }))
  await until('what was missed is counted', () => waiting.value?.alerts === 6)
})
