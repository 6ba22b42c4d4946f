import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { now, present, startClock, stopClock } from '../../../web/base/clock.ts'
import { useLiveness } from '../../../web/base/live/liveness.ts'
import { useCity } from '../../../web/base/live/store.ts'
import { until } from '../../support/until.ts'
import { site, snapshot } from './made.ts'
import { pulse, startServer } from './server.ts'

afterEach(() => {
  stopClock()
  vi.useRealTimers()
})

test('ten seconds without a word and the board is no longer called live', async () => {
  setActivePinia(createPinia())
  const city = useCity()
  const server = await startServer((peer) => {
    peer.emit('snapshot', snapshot(1, [site(1)]))
    return { ok: true, seq: 1, snapshot: true }
  })
  city.start(['city'], server.url)
  await until('the board is there', () => city.isLoaded)
  server.io.emit('pulse', pulse(1))
  await until('the pulse is there', () => city.pulses === 1)
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  startClock()
  expect(city.isLive).toBe(true)

  vi.advanceTimersByTime(9_000)
  expect(city.isLive, 'nine seconds may be the network').toBe(true)
  vi.advanceTimersByTime(2_000)
  expect(city.isLive).toBe(false)
  expect(city.silentMs).toBeGreaterThanOrEqual(10_000)
  expect(now.value, 'ages stand still with the picture that they belong to').toBe(city.lastHeardAt)
  expect(present.value - now.value).toBe(city.silentMs)
  expect(useLiveness().liveness.value).toBe('late')
  vi.advanceTimersByTime(60_000)
  expect(useLiveness().liveness.value).toBe('lost')
  expect(now.value).toBe(city.lastHeardAt)

  vi.useRealTimers()
  server.io.emit('pulse', pulse(1))
  await until('it is heard again', () => city.pulses === 2)
  startClock()
  expect(useLiveness().liveness.value).toBe('live')
  expect(now.value).toBe(present.value)
  city.stop()
  await server.stop()
})

test('a page to which nothing has come within ten seconds says so, and not for ever that it is reading', async () => {
  setActivePinia(createPinia())
  const city = useCity()
  const { liveness, isStale } = useLiveness()
  const server = await startServer(() => ({ ok: false, code: 'busy', message: 'not now', retryMs: 60_000 }))
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
  startClock()
  expect(liveness.value, 'nobody listens yet').toBe('starting')
  city.start(['city'], server.url)
  const later = (ms: number) => {
    vi.setSystemTime(Date.now() + ms)
    startClock()
  }
  later(9_000)
  expect(liveness.value).toBe('starting')
  later(2_000)
  expect(liveness.value).toBe('unheard')
  expect(isStale.value, 'nothing is shown that is of the past').toBe(false)
  city.load(snapshot(1, [site(1)]))
  expect(liveness.value).toBe('live')
  city.stop()
  expect(liveness.value, 'somebody else begins anew').toBe('starting')
  await server.stop()
})
