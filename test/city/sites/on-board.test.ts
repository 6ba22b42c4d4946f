import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useLiveCity } from '../../../web/base/live/store.ts'
import { useOnBoard } from '../../../web/city/sites/useOnBoard.ts'
import { alert, SUMMED, site, snapshot } from '../../base/live/made.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)

/** A server that has one alert of Tianhe, and can be away. */
let isAway = false
let asked: string[] = []
let scope = effectScope()

beforeEach(() => {
  setActivePinia(createPinia())
  isAway = false
  asked = []
  scope = effectScope()
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    if (isAway) throw new Error('away')
    const items = address.startsWith('/api/alerts') ? [alert(5)] : []
    return Response.json({ items, nextCursor: null, total: items.length })
  })
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

const inTianhe = () => scope.run(() => useOnBoard(() => ({ district: '440106' })))!

test('of what could not be had nobody is told that there is none, and the next snapshot has it asked for again', async () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level: SUMMED }))
  isAway = true
  const live = inTianhe()
  await until('the page says that the server is away', () => live.error.value !== null)
  expect(live.data.value).toBeUndefined()
  isAway = false
  city.load(snapshot(8, [], { level: SUMMED }))
  await until('the alert is on the board', () => city.board.alerts.has(5))
  expect(live.error.value).toBeNull()
  expect(live.data.value).toBeDefined()
})

test('on a board that has everything nothing is asked, and nothing waited for', () => {
  useLiveCity().load(snapshot(7, [site(1)]))
  const live = inTianhe()
  expect(asked).toEqual([])
  expect(live.data.value).toBeNull()
})
