import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import type { Fact } from '../../../shared/base/facts.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { cityStore } from '../../../web/base/live/store.ts'
import { rangeOf } from '../../../web/city/replay/ranges.ts'
import { Recording } from '../../../web/city/replay/recording.ts'
import { neighbour } from '../../../web/city/replay/useStretch.ts'
import { AT, changed, registerChanged, site, snapshot } from '../../base/live/made.ts'

const START = Date.parse(AT)
const minutes = (n: number): number => START + n * MINUTE
const at = (fact: Fact, n: number): Fact => ({ ...fact, at: new Date(minutes(n)).toISOString() })

let city: ReturnType<typeof cityStore>
let recording: Recording
beforeEach(() => {
  setActivePinia(createPinia())
  city = cityStore(shallowRef(START))
  recording = new Recording(snapshot(10, [site(1), site(2)]))
  recording.rewind(city)
  const facts = [
    at(changed(11, 1, 'down'), 1),
    at(changed(12, 2, 'down'), 3),
    at(changed(13, 1, 'healthy'), 3),
  ]
  recording.append({ facts, seq: 13, isEnd: true }, minutes(10))
})

describe('a stretch of the past', () => {
  it('is played on and wound back to any of its instants', () => {
    const down = (n: number) => {
      expect(recording.show(city, minutes(n))).toBe(true)
      return city.counts.value.down
    }
    expect([0, 1, 2, 3, 2, 0, 10].map(down)).toEqual([0, 1, 1, 1, 1, 0, 1])
    expect(city.board.sites.get(1)?.state).toBe('healthy')
    expect(city.recent.value.map((fact) => fact.seq)).toEqual([13, 12, 11])
  })

  it('knows when something changes next and did last, facts of one instant together', () => {
    expect(recording.nextChange(START)).toBe(minutes(1))
    expect(recording.nextChange(minutes(1))).toBe(minutes(3))
    expect(recording.nextChange(minutes(3))).toBeNull()
    expect(recording.lastChange(minutes(10))).toBe(minutes(3))
    expect(recording.lastChange(minutes(1))).toBeNull()
  })

  it('ends where it is not known what came after, and goes on with the next page', () => {
    const young = new Recording(snapshot(10, [site(1)]))
    expect(young.has(START)).toBe(true)
    young.append({ facts: [at(changed(11, 1, 'down'), 5)], seq: 11, isEnd: false }, minutes(60))
    expect(young.has(minutes(5)), 'more may be told in the same instant').toBe(false)
    young.append({ facts: [at(changed(12, 1, 'healthy'), 5)], seq: 12, isEnd: true }, minutes(60))
    expect(young.has(minutes(60))).toBe(true)
    expect(young.has(minutes(61))).toBe(false)
    expect(young.has(minutes(-1))).toBe(false)
  })

  it('says of a board of many that its figures are of another instant, as facts do not move them', () => {
    const progress = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
    const figures = { alerts: 9, waiting: 9, rectifications: 9, requests: 0, progress, parts: [] }
    const many = new Recording(snapshot(10, [], { level: { counts: [], figures } }))
    many.append({ facts: [at(changed(11, 1, 'down'), 5)], seq: 11, isEnd: true }, minutes(60))
    many.rewind(city)
    const isFigured = [4, 5, 4].map((n) => many.show(city, minutes(n)) && city.isFigured.value)
    expect(isFigured).toEqual([true, false, true])
  })

  it('must be fetched anew when the register changed', () => {
    recording.append({ facts: [at(registerChanged(14), 12)], seq: 14, isEnd: true }, minutes(20))
    expect(recording.show(city, minutes(11))).toBe(true)
    expect(recording.show(city, minutes(12))).toBe(false)
  })
})

it('an instant is shown in the shortest range that reaches it', () => {
  const now = minutes(0)
  expect([1, 60 * 30, 60 * 24 * 30].map((ago) => rangeOf(now - ago * MINUTE, now))).toEqual([
    'day',
    'week',
    'quarter',
  ])
})

it('one goes from event to event, and stays where there is none', () => {
  const one = {
    seq: 1,
    alertId: 1,
    rule: 'DOWN',
    severity: 'major',
    siteId: 1,
    subject: '',
    sites: 1,
  } as const
  const items = [1, 5].map((n) => ({ ...one, at: new Date(minutes(n)).toISOString() }))
  const begun = { from: null, items }
  expect([neighbour(begun, minutes(1), 1), neighbour(begun, minutes(5), -1)]).toEqual([
    minutes(5),
    minutes(1),
  ])
  expect([neighbour(begun, minutes(5), 1), neighbour(undefined, minutes(5), -1)]).toEqual([null, null])
})
