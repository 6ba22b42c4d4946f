import { expect, test } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { byPlace, concernedBy } from '../../../server/desk/notifications/news/concerned.ts'
import type { News } from '../../../server/desk/notifications/news/news.ts'
import type { Subscriber } from '../../../server/desk/notifications/subscribers.ts'
import type { Located, Scope } from '../../../shared/people/rights/rights.ts'
import { anAlert, EVERYTHING } from './alerts.ts'

const alertAt = (seq: number, district: string | null, unitId: number | null): News => ({
  seq,
  where: [{ district, unitId }],
  district,
  happening: { atMs: 0, kind: 'alert.opened', alert: anAlert(seq, { district, unitId }) },
})
const pauseOver = (seq: number, where: readonly Located[]): News => ({
  seq,
  where,
  district: null,
  happening: { atMs: 0, pauseId: seq, event: 'pause.filed' },
})
const subscriber = (id: number, scopes: readonly Scope[], given: Partial<Subscriber> = {}): Subscriber => ({
  id,
  channelId: 1,
  channelKind: 'webhook',
  hourlyCap: 60,
  userId: null,
  district: null,
  address: '',
  language: 'zh',
  sinceSeq: 0,
  want: EVERYTHING,
  scopes,
  isOfUnit: false,
  ...given,
})

const NEWS = [
  alertAt(1, '440106', 7),
  alertAt(2, '440105', 8),
  alertAt(3, null, null),
  pauseOver(4, [
    { district: '440106', unitId: 7 },
    { district: '440105', unitId: 8 },
    { district: '440105', unitId: 9 },
  ]),
  alertAt(5, '440106', 9),
]
const CITY = { kind: 'city' } as const
const heardBy = (scopes: readonly Scope[], given: Partial<Subscriber> = {}) =>
  atOnce(concernedBy(byPlace(NEWS), [subscriber(1, scopes, given)])).flatMap(({ own }) =>
    own.map(({ seq }) => seq),
  )

test('a subscription hears of what lies in all of its scopes, once and in order', () => {
  expect(heardBy([CITY])).toEqual([1, 2, 3, 4, 5])
  expect(heardBy([{ kind: 'district', district: '440106' }])).toEqual([1, 4, 5])
  expect(heardBy([{ kind: 'district', district: '440106', more: ['440105'] }, CITY])).toEqual([1, 2, 4, 5])
  expect(
    heardBy([
      { kind: 'district', district: '440106' },
      { kind: 'unit', unitId: 9 },
    ]),
  ).toEqual([5])
  expect(heardBy([{ kind: 'unit', unitId: 8, more: [9, 7] }])).toEqual([1, 2, 4, 5])
  expect(heardBy([{ kind: 'district', district: '440111' }])).toEqual([])
})

test('what was there before it, and what its unit was told of at once, is no news to it', () => {
  expect(heardBy([CITY], { sinceSeq: 2 })).toEqual([3, 4, 5])
  expect(heardBy([{ kind: 'unit', unitId: 7 }], { isOfUnit: true })).toEqual([1])
})

test('each of many subscriptions is a step of its own, in which others have their turn', () => {
  const steps = concernedBy(
    byPlace(NEWS),
    Array.from({ length: 300 }, (_, n) => subscriber(n, [CITY])),
  )
  let count = 0
  while (!steps.next().done) count += 1
  expect(count).toBe(300)
})
