import { describe, expect, test } from 'vitest'
import { snapshotOf } from '../../../server/city/board/snapshot.ts'
import { PlaceTree } from '../../../server/city/levels/places.ts'
import { type Known, mayJoin, viewOf } from '../../../server/city/sockets/rooms.ts'
import { type BoardSite, countSites, decodeSite, emptyBoard } from '../../../shared/city/board.ts'
import { DEFAULT_SETTINGS, installationOf } from '../../../shared/people/settings/settings-rules.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import { AT, site } from '../../base/live/made.ts'

const GUANGZHOU = '440100'
const HAIZHU = '440105'
const TIANHE = '440106'
const STREET = '440106010'

const division = (code: string, level: Division['level'], parent: string | null): Division => ({
  code,
  name: code,
  nameEn: code,
  level,
  parent,
  successor: null,
})
/** Somebody has corrected the street to lie in Haizhu; its site is Tianhe's until the register says otherwise. */
const tree = new PlaceTree([
  division(GUANGZHOU, 'city', null),
  division(HAIZHU, 'district', GUANGZHOU),
  division(TIANHE, 'district', GUANGZHOU),
  division(STREET, 'street', HAIZHU),
])
const siteIn = (id: number, district: string, division: string): BoardSite =>
  site(id, { district, within: tree.within({ district, division, level: 'street' }) })
const OF_STREET = 2
const sites = [siteIn(1, TIANHE, TIANHE), siteIn(OF_STREET, TIANHE, STREET), siteIn(3, HAIZHU, HAIZHU)]

const board = emptyBoard()
for (const one of sites) board.sites.set(one.id, one)
for (const [code, counts] of countSites(sites)) board.counts.set(code, counts)
const groups = [HAIZHU, TIANHE].map((code) => ({ ...tree.name(code), within: tree.path(code) }))
const known: Known = { board, groups, tree, sitesOf: () => [] }
const places = { area: { ...tree.name(GUANGZHOU), tier: 'city' as const }, groups }
const installation = installationOf(DEFAULT_SETTINGS, '', null)

function shownIn(room: string, many = false) {
  const view = viewOf([room], 'district', groups, GUANGZHOU)
  const whole = { board, platforms: [], places, tree, installation, demo: false }
  return snapshotOf(whole, view, { nowMs: Date.parse(AT), recent: [], many })
}
const idsIn = (room: string) => {
  const { sites, districts } = shownIn(room)
  return sites.map((row) => decodeSite(row, districts).id)
}

describe('when a street is corrected to lie in another district than its site', () => {
  test('the office of that district has its own sites on every board that it may hear, and not that one', () => {
    const office = { scope: { kind: 'district' as const, district: HAIZHU }, access: 'session' as const }
    expect(mayJoin(office, `region:${HAIZHU}`, known)).toBe(true)
    expect(idsIn(`region:${HAIZHU}`)).toEqual([3])
    expect(idsIn(`district:${HAIZHU}`)).toEqual([3])
    expect(idsIn(`region:${STREET}`)).toEqual([])
  })

  test('the district whose site it is goes on seeing it, in a place that the browser knows', () => {
    expect(idsIn(`region:${TIANHE}`)).toEqual([1, OF_STREET])
    expect(idsIn(`wall:${GUANGZHOU}`)).toEqual([1, OF_STREET, 3])
  })

  test('every part of the city counts as many sites as its board has', () => {
    const counted = new Map(shownIn(`region:${GUANGZHOU}`, true).level?.counts)
    for (const code of [TIANHE, HAIZHU]) {
      const total = counted.get(code)?.reduce((sum, n) => sum + n, 0)
      expect(total, code).toBe(idsIn(`region:${code}`).length)
      const parts = shownIn(`region:${code}`, true).level?.counts ?? []
      expect(parts.flatMap(([, counts]) => counts).reduce((sum, n) => sum + n, 0)).toBe(total)
    }
  })
})
