import { describe, expect, test } from 'vitest'
import { type BoardSite, emptyBoard } from '../../../shared/city/board.ts'
import { followStorms, reportStorm, STORM, type Storm } from '../../../shared/city/storm-rules.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { alert, site } from '../../base/live/made.ts'

/* What the one solid card of the wall says, and when it is there. */

const NINE = Date.parse('2026-03-10T01:00:00.000Z')
const MINUTE = 60_000
const iso = (atMs: number) => new Date(atMs).toISOString()
const fell = (id: number, atMs: number, given: Partial<BoardSite> = {}) =>
  site(id, { state: 'down', availability: 'down', cause: 'timeout', since: iso(atMs), ...given })
const up = (id: number, atMs: number) => site(id, { since: iso(atMs) })
/** So many sites that fell one second after the other. */
const burst = (count: number, atMs: number, from = 1, given: Partial<BoardSite> = {}) =>
  Array.from({ length: count }, (_, index) => fell(from + index, atMs + index * 1_000, given))

function boardOf(sites: readonly BoardSite[], alerts: readonly Alert[] = []) {
  const board = emptyBoard()
  for (const one of sites) board.sites.set(one.id, one)
  for (const one of alerts) board.alerts.set(one.id, one)
  return board
}
const follow = (sites: readonly BoardSite[], before: readonly Storm[] = [], nowMs = NINE + 10 * MINUTE) =>
  followStorms(before, boardOf(sites), nowMs)
const sizes = (storms: readonly Storm[]) => storms.map(({ members }) => members.size)
const report = (
  sites: readonly BoardSite[],
  before: readonly Storm[] = [],
  alerts: readonly Alert[] = [],
) => {
  const board = boardOf(sites, alerts)
  const [storm] = followStorms(before, board, NINE + 10 * MINUTE)
  return storm ? reportStorm(storm, board, ['天河区政府网站集群', '市政务云'], () => true) : null
}

describe('a storm begins', () => {
  test('with the eighth site that falls within five minutes, and not with the seventh', () => {
    expect(sizes(follow(burst(STORM.sites - 1, NINE)))).toEqual([])
    expect(sizes(follow(burst(STORM.sites, NINE)))).toEqual([STORM.sites])
  })
  test('not with sites that fell one after the other in the course of an hour', () => {
    expect(follow(Array.from({ length: 30 }, (_, i) => fell(i, NINE + i * 2 * MINUTE)))).toEqual([])
  })
  test('not with first failures that nothing has confirmed, nor with sites under planned downtime', () => {
    const suspects = burst(9, NINE, 1, { availability: 'suspect', state: 'warning' })
    const paused = burst(9, NINE, 20, { availability: 'paused', state: 'paused' })
    expect(follow([...suspects, ...paused])).toEqual([])
    expect(sizes(follow([...burst(8, NINE), ...burst(9, NINE, 20, { availability: 'paused' })]))).toEqual([8])
  })
  test('when its first site fell, not when another did by itself some minutes before', () => {
    const [storm] = follow([fell(99, NINE - 4 * MINUTE), ...burst(20, NINE)])
    expect(iso(storm!.sinceMs)).toBe(iso(NINE))
  })
  test('with a shared failure that lives, however few sites it has', () => {
    const sites = burst(3, NINE)
    const members = sites.map(({ id }) => alert(id, { siteId: id, incidentId: 7 }))
    const shared = alert(9, { siteId: null, rule: 'PLATFORM', incidentId: 7 })
    expect(sizes(followStorms([], boardOf(sites, [...members, shared]), NINE + MINUTE))).toEqual([3])
    expect(
      sizes(followStorms([], boardOf(sites, members), NINE + MINUTE)),
      'a district sees its own',
    ).toEqual([3])
    expect(followStorms([], boardOf(sites, [shared]), NINE + MINUTE)).toEqual([])
  })
})

describe('a storm goes on', () => {
  const begun = follow(burst(20, NINE))

  test('while sites recover: they stay part of it, and it says how many', () => {
    const sites = [...burst(12, NINE), ...Array.from({ length: 8 }, (_, i) => up(13 + i, NINE + 6 * MINUTE))]
    expect(report(sites, begun)).toMatchObject({ down: 12, recovered: 8, sinceMs: NINE })
  })
  test('and ends later than it would begin: with fewer than four that are down', () => {
    const left = (count: number) => [
      ...burst(count, NINE),
      ...Array.from({ length: 20 - count }, (_, i) => up(count + 1 + i, NINE + 6 * MINUTE)),
    ]
    expect(sizes(follow(left(4), begun))).toEqual([20])
    expect(follow(left(3), begun)).toEqual([])
    expect(follow(left(4)), 'who has not seen it begin does not make one of what is left').toEqual([])
  })
  test('with what falls into it, and without what falls alone long afterwards', () => {
    expect(sizes(follow([...burst(20, NINE), ...burst(5, NINE + MINUTE, 50)], begun))).toEqual([25])
    expect(sizes(follow([...burst(20, NINE), fell(60, NINE + 9 * MINUTE)], begun))).toEqual([20])
  })
  test('with a site that came back for a moment, as the one that it was', () => {
    const again = [...burst(19, NINE), fell(20, NINE + 8 * MINUTE)]
    expect(report(again, begun)).toMatchObject({ down: 20, recovered: 0, sinceMs: NINE })
  })
  test('from when it really began, though its first eight had forerunners among them', () => {
    const lone = [fell(90, NINE - 4 * MINUTE), fell(91, NINE - 2 * MINUTE)]
    const first = follow([...lone, ...burst(6, NINE)])
    expect(iso(first[0]!.sinceMs)).toBe(iso(NINE - 4 * MINUTE))
    const [storm] = follow([...lone, ...burst(30, NINE)], first)
    expect(iso(storm!.sinceMs)).toBe(iso(NINE))
  })
  test('when planned downtime leaves fewer of it than it took to begin', () => {
    const eight = follow(burst(8, NINE))
    const paused = site(8, { state: 'paused', availability: 'paused' })
    expect(sizes(follow([...burst(7, NINE), paused], eight))).toEqual([7])
    expect(follow([...burst(3, NINE), paused], eight)).toEqual([])
  })
  test('without sites that were put under planned downtime or left the register', () => {
    const [storm] = follow([...burst(10, NINE), site(11, { state: 'paused', availability: 'paused' })], begun)
    expect(storm!.members.size).toBe(10)
  })
  test('for a day: then it is how things are', () => {
    expect(follow(burst(20, NINE), begun, NINE + STORM.lastsMs + MINUTE)).toEqual([])
  })
})

test('two storms at once stand each for itself, the larger first', () => {
  const both = follow([...burst(9, NINE), ...burst(30, NINE + 30 * MINUTE, 100)], [], NINE + 40 * MINUTE)
  expect(both.map(({ members, sinceMs }) => [members.size, iso(sinceMs)])).toEqual([
    [30, iso(NINE + 30 * MINUTE)],
    [9, iso(NINE)],
  ])
})

describe('the card says', () => {
  const here = burst(6, NINE, 1, { platform: 0, cause: 'http_5xx' })
  const there = burst(4, NINE, 10, { platform: -1, district: '440105' })

  test('how many, since when, where, and for what cause', () => {
    expect(report([...here, ...there])).toMatchObject({
      down: 10,
      sinceMs: NINE,
      groups: [
        { key: '440106', n: 6 },
        { key: '440105', n: 4 },
      ],
      causes: [
        { key: 'http_5xx', n: 6 },
        { key: 'timeout', n: 4 },
      ],
      waiting: 10,
    })
  })
  test('the platform that at least half of them share, or that there is none', () => {
    expect(report([...here, ...there])?.common).toEqual({ kind: 'platform', key: '天河区政府网站集群', n: 6 })
    expect(report([...here.slice(0, 4), ...burst(6, NINE, 10)])?.common).toBeNull()
  })
  test('of one platform that fails, what the monitor has found that they share, though one joined late', () => {
    const sites = [...burst(28, NINE), fell(40, NINE + 8 * MINUTE)]
    const members = sites.map(({ id }) => alert(id, { siteId: id, incidentId: 7 }))
    const evidence = { kind: 'address', key: '10.1.2.3', sites: 29, down: 29 } as const
    const shared = alert(99, { siteId: null, rule: 'PLATFORM', incidentId: 7, evidence })
    expect(report(sites, [], [...members, shared])).toMatchObject({
      down: 29,
      sinceMs: NINE,
      common: { kind: 'address', key: '10.1.2.3', n: 29 },
    })
  })
})
