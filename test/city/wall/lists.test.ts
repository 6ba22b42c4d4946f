import { describe, expect, test } from 'vitest'
import type { BoardSite } from '../../../shared/city/board.ts'
import { neglectedLines, RECENT_MS, recentLines } from '../../../web/city/wall/alerts/alert-lists.ts'
import { FOLD_MS, tickerLines } from '../../../web/city/wall/alerts/ticker-lines.ts'
import { sharesThatFit } from '../../../web/city/wall/storm/storm-groups.ts'
import { AT, alert, changed, site } from '../../base/live/made.ts'

const NOW = Date.parse(AT)
const ago = (ms: number) => new Date(NOW - ms).toISOString()
const HOUR = 3_600_000
const NO_SITES = new Map<number, BoardSite>()
const ids = (lines: readonly { alert: { id: number } }[]) => lines.map((line) => line.alert.id)

describe('just happened', () => {
  test('begins with the alert that opened last, however many old and grave ones there are', () => {
    const old = Array.from({ length: 40 }, (_, i) =>
      alert(i + 1, { siteId: i + 1, rule: 'V1', severity: 'critical', openedAt: ago(13 * 24 * HOUR) }),
    )
    const fresh = alert(99, { siteId: 99, openedAt: ago(1_000) })
    expect(ids(recentLines([...old, fresh], NOW))).toEqual([99])
  })
  test('names each site that shares its failure with others, in the second in which its alert is there', () => {
    const shared = alert(1, { siteId: null, rule: 'PLATFORM', incidentId: 7, openedAt: ago(500) })
    const members = [2, 3, 4].map((id) => alert(id, { siteId: id, incidentId: 7, openedAt: ago(id * 1_000) }))
    expect(ids(recentLines([shared, ...members], NOW))).toEqual([2, 3, 4])
  })
  test('has one line a site, taken on or not, and ends after an hour', () => {
    const alerts = [
      alert(1, { siteId: 1, rule: 'V1', openedAt: ago(50 * HOUR) }),
      alert(2, { siteId: 1, openedAt: ago(60_000), status: 'acknowledged' }),
      alert(3, { siteId: 2, openedAt: ago(RECENT_MS) }),
    ]
    expect(recentLines(alerts, NOW).map(({ alert, more }) => [alert.id, more])).toEqual([[2, 1]])
  })
})

describe('waiting longest', () => {
  test('begins with the oldest that nobody has, and what is only warned of comes after all that is wrong', () => {
    const sites = new Map([1, 2, 3].map((id) => [id, site(id, { state: 'down' })]))
    const alerts = [
      alert(1, { siteId: 1, openedAt: ago(2 * HOUR) }),
      alert(2, { siteId: 2, openedAt: ago(5 * HOUR) }),
      alert(3, { siteId: 3, openedAt: ago(9 * HOUR), status: 'acknowledged' }),
      alert(4, { siteId: 4, rule: 'V2', severity: 'minor', openedAt: ago(90 * HOUR) }),
    ]
    expect(ids(neglectedLines(alerts, NOW, sites))).toEqual([2, 1, 4])
  })
  test('does not say again what has just happened', () => {
    const alerts = [
      alert(1, { siteId: 1, openedAt: ago(60_000) }),
      alert(2, { siteId: 2, openedAt: ago(5 * HOUR) }),
    ]
    expect(ids(neglectedLines(alerts, NOW, NO_SITES, recentLines(alerts, NOW)))).toEqual([2])
  })
})

describe('the ticker', () => {
  const at = (fact: ReturnType<typeof changed>, ms: number) => ({ ...fact, at: ago(ms) })
  const nameOf = ({ siteId }: { siteId: number | null }) => `site ${siteId}`

  test('says once what happened to many alike within minutes, and to how many', () => {
    const facts = Array.from({ length: 30 }, (_, i) => at(changed(100 - i, i + 1, 'dormant'), i * 1_000))
    const [line, ...others] = tickerLines(facts, nameOf, 3)
    expect(others).toEqual([])
    expect(line).toMatchObject({ count: 30, name: 'site 1', seq: 100 })
  })
  test('keeps apart what differs or lies further back, and counts a site once', () => {
    const facts = [
      at(changed(9, 1, 'dormant'), 0),
      at(changed(8, 2, 'healthy'), 1_000),
      at(changed(7, 1, 'dormant'), 2_000),
      at(changed(6, 3, 'dormant'), FOLD_MS + 1_000),
    ]
    expect(tickerLines(facts, nameOf, 3).map(({ name, count }) => [name, count])).toEqual([
      ['site 1', 1],
      ['site 2', 1],
    ])
  })
})

test('of the groups of a storm the largest are named, and the others counted', () => {
  const shares = Array.from({ length: 13 }, (_, i) => ({ key: `某某区${i}`, n: 20 - i }))
  const { shown, others } = sharesThatFit(shares, (key) => key, {
    width: 540,
    lines: 2,
    size: 33,
    gap: 26,
    rest: '另 88 处 888',
  })
  expect(shown.length).toBeGreaterThanOrEqual(3)
  expect(others).toEqual({
    groups: 13 - shown.length,
    sites: shares.slice(shown.length).reduce((sum, { n }) => sum + n, 0),
  })
  expect(
    sharesThatFit(shares.slice(0, 2), (key) => key, {
      width: 540,
      lines: 2,
      size: 33,
      gap: 26,
      rest: '另 88 处 888',
    }).others,
  ).toBeNull()
})
