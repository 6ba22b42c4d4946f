import { expect, it } from 'vitest'
import type { Timers } from '../../../server/base/clock.ts'
import { Rechecks } from '../../../server/monitor/schedule/rechecks.ts'
import { isRefused, judge, type Observation, type Standing } from '../../../server/monitor/verdicts/judge.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'

const miss: Partial<Observation> = { outcome: 'failed', cause: 'timeout' }
const wall: Partial<Observation> = { outcome: 'blocked', cause: 'blocked_rate_limit' }
const well: Standing = {
  ...{ state: 'healthy', stateSinceMs: TUESDAY, availability: 'up', cause: null, sinceMs: TUESDAY },
  ...{ failStreak: 0, okStreak: 20, v1: 'ok', share: null, v2: 'ok', v3: 'ok', newest: null },
}
const after = (...visits: Partial<Observation>[]): Standing =>
  visits.reduce<Standing>(
    (before, visit) =>
      judge(before, {
        ...{ atMs: TUESDAY, outcome: 'ok', cause: null, lineInDoubt: false, v1: null },
        ...{ reachedElsewhere: false, missedElsewhere: false },
        ...{ v2: 'ok', v3: null, newest: null },
        ...visit,
      }),
    well,
  )

/** How soon it is looked at again (ms); null: not before its turn. */
function again(standing: Standing, patienceMs = 0): number | null {
  let soon: number | null = null
  const timers: Timers = {
    after: (ms) => {
      soon = ms
      return () => {}
    },
    every: () => () => {},
  }
  new Rechecks(timers).plan(1, standing, patienceMs, () => {})
  return soon
}

it('a site that was missed is looked at again within seconds, and later where its server asks for patience', () => {
  expect([again(after(miss)), again(after(miss, miss)), again(after(miss, miss, miss))]).toEqual([
    3 * SECOND,
    8 * SECOND,
    null,
  ])
  expect(again(after(miss), 30 * SECOND)).toBe(30 * SECOND)
})

it('one whose server takes quick looks for an attack is given time, so that an outage is found all the same', () => {
  const refused = after(miss, wall)
  expect(isRefused(refused)).toBe(true)
  expect(again(refused)).toBe(2 * MINUTE)
  expect(after(miss, wall, miss, miss).availability).toBe('down')
})
