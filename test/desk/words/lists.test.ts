import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { emptyCounts } from '../../../shared/register/sites/states.ts'
import { tallyDistricts, worstFirst } from '../../../web/city/districts/tally.ts'
import { countViews, type Me, matches } from '../../../web/desk/alerts/listed.ts'
import { triage } from '../../../web/desk/alerts/triage.ts'
import { type ListedSite, listSites } from '../../../web/register/sites/listing.ts'
import { alert } from '../../base/live/made.ts'

const NOW = Date.parse('2015-09-08T10:00:00+08:00')
const at = (minutesAgo: number): string => new Date(NOW - minutesAgo * 60_000).toISOString()
let lastId = 0
const openAlert = (changes: Partial<Alert> = {}): Alert =>
  alert(++lastId, { siteName: '天河区审计局', openedAt: at(10), evidence: {}, ...changes })
const me = (id: number): Me => ({ id, role: 'workgroup', scope: { kind: 'city' }, unitIds: [] })
const ALL = { status: 'live', district: '', rule: '', assignee: '', q: '' }

describe('triage of alerts', () => {
  it('puts what nobody has taken first, then the worst, then the newest', () => {
    const taken = openAlert({ status: 'acknowledged', severity: 'critical' })
    const young = openAlert({ openedAt: at(1) })
    const old = openAlert({ openedAt: at(60) })
    const critical = openAlert({ severity: 'critical', openedAt: at(0) })
    const silenced = openAlert({ severity: 'critical', silencedUntil: at(-60) })
    const ran = openAlert({ severity: 'critical', openedAt: at(5), silencedUntil: at(1) })
    const order = triage([taken, young, silenced, old, critical, ran], NOW)
    expect(order.map((alert) => alert.id)).toEqual(
      [critical, ran, young, old, taken, silenced].map((one) => one.id),
    )
  })

  it('lists resolved alerts latest first', () => {
    const [first, second] = [
      openAlert({ status: 'resolved', resolvedAt: at(50) }),
      openAlert({ status: 'resolved', resolvedAt: at(5) }),
    ]
    expect(triage([first!, second!], NOW)).toEqual([second, first])
  })

  it("filters by what is mine, nobody's, district, rule and text", () => {
    const mine = openAlert({ assignee: { id: 7, name: '何静' } })
    expect(matches(mine, { ...ALL, assignee: 'me' }, me(7), NOW)).toBe(true)
    expect(matches(mine, { ...ALL, assignee: 'me' }, me(8), NOW)).toBe(false)
    expect(matches(mine, { ...ALL, assignee: 'none' }, me(7), NOW)).toBe(false)
    expect(matches(mine, { ...ALL, district: '440104' }, me(7), NOW)).toBe(false)
    expect(matches(mine, { ...ALL, rule: 'V2' }, me(7), NOW)).toBe(false)
    expect(matches(mine, { ...ALL, q: '何' }, me(7), NOW)).toBe(true)
    expect(matches(mine, { ...ALL, q: `#${mine.id}` }, me(7), NOW)).toBe(true)
    expect(matches(mine, { ...ALL, q: '越秀' }, me(7), NOW)).toBe(false)
  })

  it('counts a silenced alert with the live ones and by itself, not among those that wait for somebody', () => {
    const alerts = [openAlert(), openAlert({ status: 'acknowledged' }), openAlert({ silencedUntil: at(-5) })]
    expect(countViews(alerts, me(7), NOW)).toEqual({ live: 3, mine: 0, open: 1, forgotten: 0, silenced: 1 })
    expect(alerts.filter((alert) => matches(alert, { ...ALL, status: 'silenced' }, me(7), NOW))).toHaveLength(
      1,
    )
  })
})

describe('list of sites', () => {
  const site = (id: number, changes: Partial<ListedSite> = {}): ListedSite => ({
    id,
    code: `44010600${id}`,
    name: `天河区网站${id}`,
    district: '440106',
    state: 'healthy',
    stateSince: at(id),
    share: null,
    newest: null,
    latencyMs: null,
    ...changes,
  })
  const filters = { district: '', state: '', q: '', sort: 'worst' }

  it('shows the worst first, and of equals the latest change', () => {
    const sites = [
      site(10),
      site(11, { state: 'warning' }),
      site(12, { state: 'dead' }),
      site(13, { state: 'warning', stateSince: at(1) }),
    ]
    expect(listSites(sites, filters).map((one) => one.id)).toEqual([12, 13, 11, 10])
  })

  it('finds by name and code here, by address and unit through the server', () => {
    const sites = [site(10, { name: '越秀区人民政府' }), site(11), site(12)]
    const ids = (q: string, found?: Set<number>) =>
      listSites(sites, { ...filters, q }, found).map((one) => one.id)
    expect(ids('越秀')).toEqual([10])
    expect(ids('4401060012')).toEqual([12])
    expect(ids('gov.cn', new Set([11]))).toEqual([11])
  })

  it('takes all that somebody has to act on as one filter', () => {
    const sites = [
      site(10, { state: 'unknown' }),
      site(11, { state: 'dormant' }),
      site(12, { state: 'paused' }),
    ]
    expect(listSites(sites, { ...filters, state: 'wrong' }).map((one) => one.id)).toEqual([11])
  })

  it('puts a page without any date before the one that is longest without news', () => {
    const sites = [site(10, { newest: '2015-09-07' }), site(11), site(12, { newest: '2015-01-02' })]
    expect(listSites(sites, { ...filters, sort: 'newest' }).map((one) => one.id)).toEqual([11, 12, 10])
  })

  it('does not trust an order from the address that it has not', () => {
    expect(listSites([site(10), site(11, { state: 'down' })], { ...filters, sort: 'toString' })[0]?.id).toBe(
      11,
    )
  })
})

describe('table of districts', () => {
  it('keeps the order of the administration, or puts the worst first', () => {
    const counts = new Map([
      ['440103', { ...emptyCounts(), healthy: 49 }],
      ['440106', { ...emptyCounts(), healthy: 60, down: 4, dead: 1 }],
      ['440111', { ...emptyCounts(), healthy: 60, down: 9 }],
    ])
    const tallies = tallyDistricts({
      missed: new Map(),
      codes: ['440103', '440104', '440106', '440111'],
      counts,
      alerts: [openAlert(), openAlert({ status: 'acknowledged' }), openAlert({ district: null })],
      rectifications: [],
      isLate: () => false,
      nowMs: NOW,
    })
    expect(tallies.map(({ code, total, open }) => [code, total, open])).toEqual([
      ['440103', 49, 0],
      ['440106', 65, 1],
      ['440111', 69, 0],
    ])
    expect(worstFirst(tallies).map(({ code }) => code)).toEqual(['440106', '440111', '440103'])
  })
})
