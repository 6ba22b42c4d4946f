import { expect, test } from 'vitest'
import { carries, type Stage, takes } from '../../../server/monitor/pace/stage.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'

const MOST = 800
const recorder = (change: Partial<Stage>): Stage => ({
  ...{ name: 'record', waiting: 0, room: 10_000, oldestMs: 0, perS: 0 },
  ...change,
})

test('half of the hosts hang for their 15 s: as many are visited as may be at once while the recorder is idle', () => {
  const visitS = (15 + 0.5) / 2
  let inFlight = 0
  let perS = 0
  for (let ms = 0; ms < 2 * MINUTE; ms += 400) {
    perS = inFlight / visitS
    inFlight += Math.min(200, MOST - inFlight, carries(recorder({ perS }), { inFlight, most: MOST }))
    inFlight -= (perS * 400) / SECOND
  }
  expect(perS).toBeGreaterThan(0.9 * (MOST / visitS))
})

test('a recorder that does not keep up is given what it does in five seconds, what is under way counted', () => {
  const slow = recorder({ waiting: 40, oldestMs: 2 * SECOND, perS: 100 })
  expect(carries(slow, { inFlight: 60, most: MOST })).toBe(400)
  expect(carries(slow, { inFlight: 480, most: MOST })).toBe(0)
  expect(carries(recorder({ room: 10 }), { inFlight: 4, most: MOST }), 'no more than there is room for').toBe(
    6,
  )
})

test('what a stage is given is whole turns, whatever it does a second', () => {
  const slow = recorder({ waiting: 200, oldestMs: 2 * SECOND, perS: 61.3 })
  expect(carries(slow, { inFlight: 0, most: MOST })).toBe(106)
})

test('while nothing can be stored it is told that there is no room, long before memory has none', () => {
  expect(takes(recorder({ perS: 280 }), MOST)).toBe(1_400)
  expect(takes(recorder({ waiting: 800, oldestMs: MINUTE }), MOST)).toBe(0)
})
