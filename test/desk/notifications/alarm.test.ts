import { expect, test } from 'vitest'
import { clausesOf, Gathering, PAUSE_MS } from '../../../web/desk/notifications/alarm/alarm.ts'
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
