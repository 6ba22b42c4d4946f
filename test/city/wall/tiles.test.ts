import { expect, test } from 'vitest'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import {
  NEW_MS,
  newSince,
  ownershipOf,
  sameTile,
  sameTiles,
  sitesBeingFixed,
  sortTiles,
  type TileInputs,
  tileOf,
} from '../../../web/city/wall/plan/tiles.ts'
import { waitingAlerts } from '../../../web/desk/alerts/triage.ts'
import { AT, alert, rectification, site } from '../../base/live/made.ts'

const NOTHING: TileInputs = {
  ownership: new Map(),
  fixing: new Set(),
  newSinceMs: Date.parse(AT) - 60_000,
}

const owned = (alerts: Alert[]) => ownershipOf(alerts, Date.parse(AT))

test('a site is taken on only when each of its alerts is', () => {
  const both = owned([alert(1, { siteId: 7, status: 'acknowledged' }), alert(2, { siteId: 7, rule: 'V2' })])
  expect(both.get(7)).toBe('open')
  expect(owned([alert(1, { siteId: 7, status: 'acknowledged' })]).get(7)).toBe('taken')
  expect(owned([alert(3, { siteId: null, rule: 'LINE' })]).size).toBe(0)
})

test('what is silenced waits for nobody, on its tile as in the figure, until the silence ends', () => {
  const until = new Date(Date.parse(AT) + 60_000).toISOString()
  const silenced = alert(1, { siteId: 7, silencedUntil: until })
  const shared = alert(2, { siteId: null, rule: 'PLATFORM', incidentId: 5, silencedUntil: until })
  const behind = alert(3, { siteId: 8, incidentId: 5 })
  const alerts = [silenced, shared, behind]
  expect(waitingAlerts(alerts, Date.parse(AT))).toEqual([])
  expect([...owned(alerts).values()]).toEqual(['taken', 'taken'])
  const later = Date.parse(AT) + 61_000
  expect(waitingAlerts(alerts, later)).toEqual([silenced, shared])
  expect([...ownershipOf(alerts, later).values()]).toEqual(['open', 'open'])
})

test('the worst come first, and of equals those that nobody has taken on', () => {
  const ownership = owned([
    alert(1, { siteId: 3, status: 'acknowledged' }),
    alert(2, { siteId: 4, status: 'open' }),
  ])
  const tiles = [
    site(1),
    site(2, { state: 'warning' }),
    site(3, { state: 'down' }),
    site(4, { state: 'down' }),
    site(5, { state: 'dead' }),
    site(6, { state: 'paused' }),
    site(7, { state: 'unknown' }),
  ].map((one) => tileOf(one, { ...NOTHING, ownership }))
  expect(sortTiles(tiles).map((tile) => tile.id)).toEqual([5, 4, 3, 2, 7, 1, 6])
})

test('within a state the portals come first, and are marked', () => {
  const tiles = [
    site(1, { state: 'down' }),
    site(2),
    site(3, { state: 'down', level: 'district_portal' }),
    site(4, { level: 'city_portal' }),
    site(5, { state: 'dead' }),
  ].map((one) => tileOf(one, NOTHING))
  expect(sortTiles(tiles).map(({ id, isPortal }) => [id, isPortal])).toEqual([
    [5, false],
    [3, true],
    [1, false],
    [4, true],
    [2, false],
  ])
})

test('a first failure shows as such until it is confirmed', () => {
  expect(tileOf(site(1, { state: 'warning', availability: 'suspect' }), NOTHING).kind).toBe('suspect')
  expect(tileOf(site(1, { state: 'dormant', availability: 'suspect' }), NOTHING).kind).toBe('dormant')
})

test('a rectification under way stays marked on a site that is well again', () => {
  const tile = tileOf(site(1), { ...NOTHING, fixing: sitesBeingFixed([rectification(1, { siteId: 1 })]) })
  expect(tile).toMatchObject({ isFixing: true, ownership: 'none' })
})

test('what broke within five minutes is marked as new, however many did; what went slowly wrong is not', () => {
  const newSinceMs = newSince(Date.parse(AT) + NEW_MS - 1)
  const fresh = (id: number, state: SiteState) => site(id, { state, stateSince: AT })
  const many = Array.from({ length: 300 }, (_, index) => fresh(index, 'down'))
  expect(many.every((one) => tileOf(one, { ...NOTHING, newSinceMs }).isNew)).toBe(true)
  expect(tileOf(fresh(1, 'dead'), { ...NOTHING, newSinceMs }).isNew).toBe(true)
  for (const state of ['warning', 'dormant', 'healthy', 'paused'] as const) {
    expect(tileOf(fresh(1, state), { ...NOTHING, newSinceMs }).isNew, state).toBe(false)
  }
  const ownership = owned([alert(1, { siteId: 1, status: 'acknowledged' })])
  expect(tileOf(fresh(1, 'down'), { ...NOTHING, newSinceMs, ownership }).isNew, 'taken').toBe(false)
  const later = { ...NOTHING, newSinceMs: newSince(Date.parse(AT) + NEW_MS) }
  expect(tileOf(fresh(1, 'down'), later).isNew).toBe(false)
})

test('a group is drawn anew when something in it looks different, and only then', () => {
  const before = [tileOf(site(1), NOTHING)]
  expect(sameTiles(before, [tileOf(site(1, { lastVisitAt: 9, latencyMs: 80 }), NOTHING)])).toBe(true)
  expect(sameTiles(before, [tileOf(site(1, { state: 'down', stateSince: AT }), NOTHING)])).toBe(false)
  expect(sameTiles(before, [tileOf(site(1), { ...NOTHING, fixing: new Set([1]) })])).toBe(false)
  expect(sameTiles(before, [tileOf(site(1, { flapping: true }), NOTHING)])).toBe(false)
  expect(sameTiles(before, [])).toBe(false)
})

test('a site that becomes a portal is drawn as one', () => {
  const before = tileOf(site(1, { level: 'street' }), NOTHING)
  expect(sameTile(before, tileOf(site(1, { level: 'district_portal' }), NOTHING))).toBe(false)
})
