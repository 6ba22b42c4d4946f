import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { emptyCounts } from '../../../shared/register/sites/states.ts'
import { filtersFrom, queryFrom } from '../../../web/base/ui/lists/useUrlFilters.ts'
import { useCursor } from '../../../web/base/ui/lists/worklist/useCursor.ts'
import { countChanges, useHeldRows } from '../../../web/base/ui/lists/worklist/useHeldRows.ts'
import { useSelection } from '../../../web/base/ui/lists/worklist/useSelection.ts'
import { layoutOf, visibleSlice } from '../../../web/base/ui/lists/worklist/useVirtualRows.ts'
import { tallyDistricts, worstFirst } from '../../../web/city/districts/tally.ts'
import { countViews, type Me, matches, triage } from '../../../web/desk/alerts/triage.ts'
import { AUDIT_FILTERS, queryOf } from '../../../web/people/audit/filters.ts'
import { type ListedSite, listSites } from '../../../web/register/sites/listing.ts'

const NOW = Date.parse('2015-09-08T10:00:00+08:00')
const at = (minutesAgo: number): string => new Date(NOW - minutesAgo * 60_000).toISOString()
let lastId = 0
const openAlert = (changes: Partial<Alert> = {}): Alert => ({
  id: ++lastId,
  siteId: 1,
  siteName: '天河区审计局',
  district: '440106',
  unitId: 1,
  rule: 'DOWN',
  severity: 'major',
  status: 'open',
  openedAt: at(10),
  acknowledgedBy: null,
  acknowledgedAt: null,
  acknowledgedUntil: null,
  note: null,
  assignee: null,
  silencedUntil: null,
  silenceReason: null,
  resolvedAt: null,
  resolvedBy: null,
  recurrences: 0,
  evidence: {},
  rectificationId: null,
  escalation: null,
  incidentId: null,
  version: 1,
  ...changes,
})
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

describe('rows that do not jump', () => {
  it('counts what came, went and changed places, and a move as one', () => {
    expect(countChanges([1, 2, 3], [1, 2, 3])).toBe(0)
    expect(countChanges([1, 2, 3, 4, 5], [5, 1, 2, 3, 4])).toBe(1)
    expect(countChanges([1, 2, 3], [2, 4])).toBe(3)
  })

  it('keeps every row in its place while somebody is on the list, and offers the changes', async () => {
    const scope = effectScope()
    const source = shallowRef([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const held = ref(false)
    const asked = ref('')
    const list = scope.run(() =>
      useHeldRows(
        () => source.value,
        held,
        () => asked.value,
      ),
    )!
    held.value = true
    source.value = [
      { id: 3, name: 'new' },
      { id: 2, name: 'B' },
    ]
    await nextTick()
    expect(list.rows.value.map((row) => row.name)).toEqual(['a', 'B'])
    expect(list.pending.value).toBe(2)
    list.update()
    expect(list.rows.value.map((row) => row.id)).toEqual([3, 2])
    expect(list.pending.value).toBe(0)
    scope.stop()
  })

  it('follows at once when the pointer leaves, and when the user asks for something else', async () => {
    const scope = effectScope()
    const source = shallowRef([{ id: 1 }])
    const held = ref(true)
    const asked = ref('')
    const list = scope.run(() =>
      useHeldRows(
        () => source.value,
        held,
        () => asked.value,
      ),
    )!
    source.value = [{ id: 2 }]
    asked.value = '天河'
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 2 }])
    source.value = [{ id: 3 }]
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 2 }])
    held.value = false
    await nextTick()
    expect(list.rows.value).toEqual([{ id: 3 }])
    scope.stop()
  })

  it('draws only what can be seen of 84,000 rows', () => {
    const country = layoutOf(84_000, 40)
    expect(visibleSlice(200, 1000, country)).toEqual({ start: 0, end: 28 })
    expect(visibleSlice(-400_000, 1000, country)).toEqual({ start: 9_992, end: 10_033 })
    expect(visibleSlice(-4_000_000, 1000, country)).toEqual({ start: 84_000, end: 84_000 })
    expect(visibleSlice(0, 1000, layoutOf(3, 40))).toEqual({ start: 0, end: 3 })
  })

  it('reckons with heads of groups that are lower than the cards between them', () => {
    // A head of 40 px, nine cards of 100 px, and so on: 940 px a group.
    const heads = Array.from({ length: 100 }, (_, group) => group * 10)
    const layout = layoutOf(1_000, 100, heads, 40)
    expect([layout.offset(1), layout.offset(10), layout.offset(11), layout.offset(1_000)]).toEqual([
      40, 940, 980, 94_000,
    ])
    expect([layout.lineAt(39), layout.lineAt(40), layout.lineAt(940), layout.lineAt(979)]).toEqual([
      0, 1, 10, 10,
    ])
    expect(visibleSlice(-9_400, 940, layout, 0)).toEqual({ start: 100, end: 110 })
  })
})

describe('selection and cursor', () => {
  const rows = shallowRef([{ id: 1 }, { id: 2 }, { id: 3 }])

  it('does not act on what has left the list', () => {
    const selection = useSelection(() => rows.value)
    selection.toggleAll()
    rows.value = [{ id: 2 }, { id: 3 }]
    expect(selection.selected.value).toEqual([{ id: 2 }, { id: 3 }])
    selection.toggle(2)
    expect(selection.selected.value).toEqual([{ id: 3 }])
    selection.clear()
    expect(selection.selected.value).toEqual([])
  })

  it('stays with its row when the list moves, and starts at the top', () => {
    rows.value = [{ id: 1 }, { id: 2 }, { id: 3 }]
    const cursor = useCursor(() => rows.value, shallowRef<number | string | null>(null))
    cursor.move(1)
    expect(cursor.row.value).toEqual({ id: 1 })
    cursor.move(1)
    rows.value = [{ id: 2 }, { id: 1 }, { id: 3 }]
    expect(cursor.row.value).toEqual({ id: 2 })
    cursor.move(-1)
    expect(cursor.row.value).toEqual({ id: 2 })
    rows.value = [{ id: 3 }]
    expect(cursor.row.value).toBe(null)
  })
})

describe('filters in the address', () => {
  const defaults = { status: 'live', district: '', q: '' }

  it('leaves defaults out of it, and reads back what it has written', () => {
    const filters = { ...defaults, district: '440106' }
    expect(queryFrom(filters, defaults)).toEqual({ district: '440106' })
    expect(filtersFrom({ district: '440106', open: '7' }, defaults)).toEqual(filters)
    expect(queryFrom(defaults, defaults)).toEqual({})
  })

  it('takes the first of a name that stands twice', () => {
    expect(filtersFrom({ q: ['a', 'b'], status: null }, defaults)).toEqual({ ...defaults, q: 'a' })
  })

  it('ask the audit for whole days of Shanghai, and not for a day that there never was', () => {
    expect(queryOf({ ...AUDIT_FILTERS, from: '2015-02-27', to: '2015-02-28' })).toEqual({
      from: '2015-02-26T16:00:00.000Z',
      to: '2015-02-28T16:00:00.000Z',
    })
    expect(queryOf({ ...AUDIT_FILTERS, from: '2015-02-30', to: '2015-13-01' })).toEqual({})
  })
})
