import { expect, test, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { askedHours, isWithin, NIGHT, wander } = await import('../../../web/city/wall/night.ts')

test('the night goes over midnight', () => {
  expect([21, 22, 23, 0, 5, 6, 12].filter((hour) => isWithin(NIGHT, hour))).toEqual([22, 23, 0, 5])
  expect([0, 1, 5, 6].filter((hour) => isWithin({ from: 1, to: 6 }, hour))).toEqual([1, 5])
})

test('the address of a display can say when it is night, or that it never is', () => {
  expect(askedHours('20-7')).toEqual({ from: 20, to: 7 })
  expect(askedHours('off')).toBe('off')
  for (const nonsense of ['', '20', '25-7', 'x-y', undefined, ['20-7']]) {
    expect(askedHours(nonsense)).toBeUndefined()
  }
})

test('the picture wanders by three pixels at most, a little at a time, and goes everywhere', () => {
  const walk = Array.from({ length: 500 }, (_, step) => wander(step * 2 * 60_000))
  for (const { x, y } of walk) {
    expect(Math.abs(x)).toBeLessThanOrEqual(3)
    expect(Math.abs(y)).toBeLessThanOrEqual(3)
  }
  walk.slice(1).forEach(({ x, y }, i) => {
    expect(Math.abs(x - walk[i]!.x)).toBeLessThanOrEqual(2)
    expect(Math.abs(y - walk[i]!.y)).toBeLessThanOrEqual(2)
  })
  expect(new Set(walk.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(20)
})

test('in a shift of six hours it has stood at every one of its places', () => {
  const walk = Array.from({ length: 180 }, (_, step) => wander(step * 2 * 60_000))
  expect(new Set(walk.map(({ x, y }) => `${x} ${y}`)).size).toBe(7 * 7)
})
