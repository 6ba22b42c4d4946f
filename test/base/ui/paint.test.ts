import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { paintSoon } from '../../../web/base/live/paint.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('draws a stream of changes ten times a second, however many there are', () => {
  let pictures = 0
  const draw = () => {
    pictures += 1
  }
  for (let ms = 0; ms < 3_000; ms += 5) {
    paintSoon(draw)
    vi.advanceTimersByTime(5)
  }
  expect(pictures).toBeGreaterThanOrEqual(25)
  expect(pictures).toBeLessThanOrEqual(31)
})

it('draws the first change at the next frame, and the last within a gap', () => {
  vi.advanceTimersByTime(10_000)
  const draw = vi.fn()
  paintSoon(draw)
  vi.advanceTimersByTime(17)
  expect(draw).toHaveBeenCalledTimes(1)
  paintSoon(draw)
  vi.advanceTimersByTime(100)
  expect(draw).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1_000)
  expect(draw).toHaveBeenCalledTimes(2)
})

it('does not fall behind on a page without frames', () => {
  vi.stubGlobal('document', { hidden: true })
  vi.advanceTimersByTime(10_000)
  const draw = vi.fn()
  paintSoon(draw)
  vi.advanceTimersByTime(250)
  expect(draw).toHaveBeenCalledTimes(1)
})
