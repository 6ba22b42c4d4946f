import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { putOn } from '../../../web/base/live/held.ts'
import { useLiveCity } from '../../../web/base/live/store.ts'
import { clausesOf, Gathering, PAUSE_MS } from '../../../web/desk/notifications/alarm/alarm.ts'
import { Arrivals } from '../../../web/desk/notifications/alarm/arrivals.ts'
import { AT, SUMMED, snapshot, told } from '../../base/live/made.ts'
import { anAlert } from './alerts.ts'

const critical = (id: number, district = '440104') => anAlert(id, { district, severity: 'critical' })
const ids = (gathering: Gathering, atMs: number) => gathering.take(atMs).map(({ id }) => id)

test('a burst is one sentence by district, the most first, and the rest in number', () => {
  const alerts = [
    ...Array.from({ length: 12 }, (_, index) => critical(index + 1)),
    anAlert(20, { district: '440105', rule: 'V2' }),
    ...[30, 31].map((id) => critical(id, '440106')),
    ...[40, 41, 42].map((id, index) => critical(id, ['440111', '440112', '440113'][index])),
  ]
  expect(clausesOf(alerts)).toEqual([
    { key: 'down', n: 12, place: '440104' },
    { key: 'down', n: 2, place: '440106' },
    { key: 'other', n: 1, place: '440105' },
    { key: 'rest', n: 3, place: '' },
  ])
})

test('an incident is told once, with all its sites', () => {
  const shared = anAlert(9, {
    rule: 'PLATFORM',
    siteId: null,
    district: null,
    incidentId: 7,
    evidence: { sites: 40 },
  })
  expect(clausesOf([shared, { ...critical(1), incidentId: 7 }])).toEqual([
    { key: 'shared', n: 40, place: '' },
  ])
})

test('of what is there at first nobody is told, and then at most once in 20 seconds', () => {
  const gathering = new Gathering()
  const open = [critical(1)]
  gathering.see(open, ['critical'])
  expect(ids(gathering, 0)).toEqual([])
  gathering.see([...open, critical(2), anAlert(3)], ['critical'])
  expect(ids(gathering, 1_000), 'the chosen severity only').toEqual([2])
  gathering.see([...open, critical(2), critical(4), critical(5)], ['critical'])
  expect(ids(gathering, 2_000)).toEqual([])
  gathering.see([...open, critical(2), critical(4)], ['critical'])
  expect(ids(gathering, 1_000 + PAUSE_MS), 'what is over meanwhile is not told').toEqual([4])
})

test('what came back meanwhile is told, also where nobody saw it go', () => {
  const gathering = new Gathering()
  gathering.see([critical(1), critical(2)], ['critical'])
  gathering.see([{ ...critical(1), openedAt: AT }, critical(2)], ['critical'])
  expect(ids(gathering, 0)).toEqual([1])
})

/** A board of more sites than it holds, and what is told at each look at it. */
function aBoard() {
  setActivePinia(createPinia())
  const city = useLiveCity()
  const gathering = new Gathering()
  const arrivals = new Arrivals()
  let looks = 0
  const look = (heardAt = Date.parse(AT)) => {
    looks += 1
    const { recent, loads } = city
    const hasCome = arrivals.take({ recent, loads, lastHeardAt: heardAt })
    gathering.see(city.board.alerts.values(), ['critical'], hasCome)
    return ids(gathering, looks * PAUSE_MS)
  }
  city.load(snapshot(7, [], { level: SUMMED, alerts: [critical(1)] }))
  expect(look()).toEqual([])
  return { city, look }
}

test('old alerts that a page or a snapshot puts on a board of a nation are not told, what happens is', () => {
  const { city, look } = aBoard()
  putOn(city.board, { alerts: [critical(2), critical(3)] })
  expect(look(), 'the list of alerts was opened').toEqual([])
  city.load(snapshot(8, [], { level: SUMMED, alerts: [critical(1), critical(4)] }))
  expect(look(), 'the register was edited').toEqual([])
  city.take([
    told(9, 'alert.opened', critical(5)),
    told(10, 'alert.commented', critical(6)),
    told(11, 'alert.raised', critical(7)),
  ])
  expect(look()).toEqual([5, 7])
  city.load(snapshot(12, [], { level: SUMMED }))
  expect(look()).toEqual([])
  putOn(city.board, { alerts: [critical(5)] })
  expect(look(), 'it was told already').toEqual([])
})

test('what has opened or come back while such a board was not heard is told once it is heard again', () => {
  const { city, look } = aBoard()
  const after = (id: number, seconds: number) =>
    anAlert(id, { severity: 'critical', openedMs: Date.parse(AT) + seconds * SECOND })
  city.load(snapshot(20, [], { level: SUMMED, alerts: [after(1, 30), after(8, 40), critical(9)] }))
  expect(look(Date.parse(AT) + MINUTE)).toEqual([1, 8])
  putOn(city.board, { alerts: [after(10, 20)] })
  expect(look(Date.parse(AT) + MINUTE), 'a page is opened').toEqual([])
})
