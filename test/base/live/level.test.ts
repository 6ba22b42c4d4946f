import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { type Held, putOn } from '../../../web/base/live/held.ts'
import { keepOnBoard } from '../../../web/base/live/keep.ts'
import { useLiveCity } from '../../../web/base/live/store.ts'
import { alert, SUMMED, site, snapshot, told } from './made.ts'

const isLoading = shallowRef(false)
beforeEach(() => setActivePinia(createPinia()))
afterEach(() => {
  isLoading.value = false
})

test('a board without its sites has their counts, and how many alerts and rectifications there are', () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level: SUMMED }))
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
  city.load(snapshot(7, [], { level: SUMMED, alerts: [alert(1, { version: 5 })] }))
  putOn(city.board, {
    sites: [site(3)],
    alerts: [alert(1, { version: 4 }), alert(2), alert(4, { status: 'resolved' })],
  })
  expect([...city.board.sites.keys()]).toEqual([3])
  expect([...city.board.alerts.values()].map(({ id, version }) => [id, version])).toEqual([
    [1, 5],
    [2, 1],
  ])
  city.load(snapshot(8, [site(1)]))
  putOn(city.board, { sites: [site(3)] })
  expect([...city.board.sites.keys()]).toEqual([1])
  expect(city.isSummed).toBe(false)
})

test('what a page is about stays on such a board when all of it is loaded anew, and is asked for again', async () => {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level: SUMMED }))
  const data = shallowRef<readonly ReturnType<typeof alert>[]>()
  let asked = 0
  const scope = effectScope()
  scope.run(() =>
    keepOnBoard({ data, isLoading, reload: () => (asked += 1) }, (alerts) => ({ sites: [site(3)], alerts })),
  )
  const isThere = () => [...city.board.sites.keys(), ...city.board.alerts.keys()]
  data.value = [alert(1), alert(2)]
  await nextTick()
  expect([isThere(), asked]).toEqual([[3, 1, 2], 0])
  for (const n of [1, 2]) {
    city.load(snapshot(7 + n, [], { level: SUMMED }))
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
    keepOnBoard({ data: shallowRef([]), isLoading, reload: () => (asked += 1) }, () => ({
      sites: [site(3)],
    })),
  )
  city.load(snapshot(7, [], { level: SUMMED }))
  await nextTick()
  expect([[...city.board.sites.keys()], asked]).toEqual([[3], 1])
  city.load(snapshot(8, [site(1)]))
  await nextTick()
  expect([[...city.board.sites.keys()], asked]).toEqual([[1], 1])
  scope.stop()
})

/** A page on a board without its sites, with what the server answers it. */
function aPage() {
  const city = useLiveCity()
  city.load(snapshot(7, [], { level: SUMMED, alerts: [alert(1)] }))
  const data = shallowRef<Partial<Held>>()
  let asked = 0
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  scope.run(() => keepOnBoard({ data, isLoading, reload: () => (asked += 1) }, (answer) => answer))
  const answer = async (held: Partial<Held> | undefined) => {
    data.value = held
    await nextTick()
  }
  const alerts = () => [...city.board.alerts.values()].map(({ id, status }) => `${id} ${status}`)
  return { city, answer, alerts, asked: () => asked }
}

test('an alert that was closed, and one that was taken on, are not open again when all is loaded anew', async () => {
  const { city, answer, alerts } = aPage()
  await answer({ alerts: [alert(2), alert(3)] })
  city.take([
    told(8, 'alert.resolved', alert(2, { status: 'resolved', version: 2 })),
    told(9, 'alert.acknowledged', alert(3, { status: 'acknowledged', version: 2 })),
  ])
  await nextTick()
  expect(alerts()).toEqual(['1 open', '3 acknowledged'])
  city.load(snapshot(10, [], { level: SUMMED }))
  await nextTick()
  expect(alerts()).toEqual(['3 acknowledged'])
})

test('what was closed while nothing was heard goes with the next answer, and a site that has moved with it', async () => {
  const { city, answer, alerts } = aPage()
  await answer({ sites: [site(3), site(4)], alerts: [alert(2), alert(3)] })
  city.load(snapshot(10, [], { level: SUMMED }))
  await nextTick()
  await answer({ sites: [site(4)], alerts: [alert(3)] })
  expect(alerts()).toEqual(['3 open'])
  expect([...city.board.sites.keys()]).toEqual([4])
})

test('an answer takes nothing away that the snapshot or a fact has brought, or that another question has', async () => {
  const { city, answer, alerts } = aPage()
  await answer({ alerts: [alert(1), alert(2), alert(3)] })
  city.take([
    told(8, 'alert.acknowledged', alert(3, { status: 'acknowledged', version: 2 })),
    told(9, 'alert.opened', alert(4)),
  ])
  await answer({ alerts: [] })
  expect(alerts()).toEqual(['1 open', '3 acknowledged', '4 open'])
  await answer({ alerts: [alert(5)] })
  await answer(undefined)
  await answer({ alerts: [alert(6)] })
  expect(alerts()).toEqual(['1 open', '3 acknowledged', '4 open', '5 open', '6 open'])
})

test('what could not be had is asked for when all is loaded anew, and what is under way is waited for', async () => {
  const { city, asked } = aPage()
  isLoading.value = true
  city.load(snapshot(8, [], { level: SUMMED }))
  await nextTick()
  expect(asked()).toBe(0)
  isLoading.value = false
  city.load(snapshot(9, [], { level: SUMMED }))
  await nextTick()
  expect(asked()).toBe(1)
})
