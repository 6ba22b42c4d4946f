import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { keepOnBoard } from '../../../web/base/live/keep.ts'
import { useLiveCity } from '../../../web/base/live/store.ts'
import { alert, site, snapshot } from './made.ts'

const NONE = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
const FIGURES = { alerts: 80, waiting: 60, rectifications: 7, requests: 1, progress: { ...NONE, raised: 9 } }
const level = {
  counts: [
    ['440105', [0, 2, 0, 0, 0, 998, 0]] as [string, number[]],
    ['440106', [1, 0, 0, 0, 0, 499, 0]] as [string, number[]],
  ],
  figures: { ...FIGURES, parts: [['440106', 3, 1, 2] as [string, number, number, number]] },
}

beforeEach(() => setActivePinia(createPinia()))

test('a board without its sites has their counts, and how many alerts and rectifications there are', () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level }))
  expect(city.isSummed).toBe(true)
  expect(city.total).toBe(1_500)
  expect(city.counts).toMatchObject({ dead: 1, down: 2, healthy: 1_497 })
  expect(city.countsByDistrict.get('440105')?.down).toBe(2)
  expect(city.missedByDistrict.get('440106')).toBe(2)
  expect(city.openRectifications).toBe(7)
  expect(city.progress.raised).toBe(9)
})

test('what a page is about is put on such a board unless it is newer there, and never on one that has everything', () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level, alerts: [alert(1, { version: 5 })] }))
  city.put({
    sites: [site(3)],
    alerts: [alert(1, { version: 4 }), alert(2), alert(4, { status: 'resolved' })],
  })
  expect([...city.board.sites.keys()]).toEqual([3])
  expect([...city.board.alerts.values()].map(({ id, version }) => [id, version])).toEqual([
    [1, 5],
    [2, 1],
  ])
  city.load(snapshot(8, [site(1)]))
  city.put({ sites: [site(3)] })
  expect([...city.board.sites.keys()]).toEqual([1])
  expect(city.isSummed).toBe(false)
})

test('what a page is about stays on such a board when all of it is loaded anew, and is asked for again', async () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level }))
  const data = shallowRef<readonly ReturnType<typeof alert>[]>()
  let asked = 0
  const scope = effectScope()
  scope.run(() =>
    keepOnBoard({ data, reload: () => (asked += 1) }, (alerts) => ({ sites: [site(3)], alerts })),
  )
  const isThere = () => [...city.board.sites.keys(), ...city.board.alerts.keys()]
  data.value = [alert(1), alert(2)]
  await nextTick()
  expect([isThere(), asked]).toEqual([[3, 1, 2], 0])
  for (const n of [1, 2]) {
    city.load(snapshot(7 + n, [], { level }))
    await nextTick()
    expect([isThere(), asked]).toEqual([[3, 1, 2], n])
  }
  data.value = [alert(1, { version: 2 }), alert(2, { version: 2, status: 'resolved' })]
  await nextTick()
  expect(isThere()).toEqual([3, 1])
  scope.stop()
})

test('on a board that has everything nothing is put, nor asked for again', async () => {
  const city = useLiveCity()
  let asked = 0
  const scope = effectScope()
  scope.run(() =>
    keepOnBoard({ data: shallowRef([]), reload: () => (asked += 1) }, () => ({ sites: [site(3)] })),
  )
  city.load(snapshot(7, [], { level }))
  await nextTick()
  expect([[...city.board.sites.keys()], asked]).toEqual([[3], 1])
  city.load(snapshot(8, [site(1)]))
  await nextTick()
  expect([[...city.board.sites.keys()], asked]).toEqual([[1], 1])
  scope.stop()
})
