import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { expect, onTestFinished, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useLiveCity } from '../../../web/base/live/store.ts'
import { useSite } from '../../../web/monitor/standing/useSite.ts'
import { SUMMED, site, snapshot } from '../../base/live/made.ts'

bringEndpoints(endpoints)

test('a site of a nation is looked at again each minute, for nothing is heard of its visits', () => {
  setActivePinia(createPinia())
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.stubGlobal('document', { hidden: false })
  let asked = 0
  vi.stubGlobal('fetch', () => {
    asked += 1
    return new Promise(() => undefined)
  })
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  const city = useLiveCity()
  city.load(snapshot(7, [], { level: SUMMED }))
  scope.run(() => useSite(() => 3))
  expect(asked).toBe(1)
  vi.advanceTimersByTime(2 * MINUTE)
  expect(asked).toBe(3)
  city.load(snapshot(8, [site(3)]))
  vi.advanceTimersByTime(2 * MINUTE)
  expect(asked, 'of a city each visit is heard').toBe(3)
})
