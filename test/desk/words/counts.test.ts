import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldIncidents } from '../../../shared/desk/alerts/alerts-rules.ts'
import { emptyCounts } from '../../../shared/register/sites/states-rules.ts'
import { tallyDistricts } from '../../../web/city/districts/tally.ts'
import { alertLines } from '../../../web/city/wall/alerts/alert-lines.ts'
import { countViews, listedAlerts, type Me } from '../../../web/desk/alerts/listed.ts'
import { waitingAlerts } from '../../../web/desk/alerts/triage.ts'
import { alert } from '../../base/live/made.ts'

const NOW = Date.parse('2026-03-09T10:00:00+08:00')
const me: Me = { id: 7, role: 'workgroup', scope: { kind: 'city' }, unitIds: [] }
const NONE = { status: 'open', district: '', rule: '', assignee: '', q: '', group: 'none' }
const DISTRICTS = ['440103', '440106']

/** Alerts with incidents whose own alert is open, taken, silenced or not in this person's scope. */
const boards = fc
  .array(
    fc.record({
      status: fc.constantFrom('open' as const, 'acknowledged' as const),
      silencedUntil: fc.constantFrom(null, '2026-03-09T01:00:00Z', '2026-03-10T01:00:00Z'),
      incidentId: fc.constantFrom(null, 1, 2),
      isShared: fc.boolean(),
      district: fc.constantFrom(...DISTRICTS),
    }),
    { maxLength: 25 },
  )
  .map((given) =>
    given.map(({ isShared, ...one }, n) =>
      isShared && one.incidentId !== null
        ? alert(n + 1, { ...one, rule: 'PLATFORM', siteId: null, district: null })
        : alert(n + 1, { ...one, rule: 'DOWN', siteId: n + 1 }),
    ),
  )

test('side bar, overview, wall, view and list count the same alerts, grouped or not', () => {
  fc.assert(
    fc.property(boards, (alerts) => {
      const n = waitingAlerts(alerts, NOW).length
      expect(countViews(foldIncidents(alerts), me, NOW).open, 'view').toBe(n)
      for (const group of ['none', 'incident', 'district', 'platform']) {
        expect(listedAlerts(alerts, { ...NONE, group }, me, NOW).count, `list by ${group}`).toBe(n)
      }
      const lines = alertLines(foldIncidents(alerts), NOW, new Map()).map((line) => line.alert)
      expect(waitingAlerts(lines, NOW).length, 'wall').toBeLessThanOrEqual(n)
    }),
  )
})

test('all views count what their lists then hold', () => {
  fc.assert(
    fc.property(boards, (alerts) => {
      const counts = countViews(foldIncidents(alerts), me, NOW)
      for (const view of ['live', 'open', 'silenced'] as const) {
        const listed = listedAlerts(alerts, { ...NONE, status: view }, me, NOW)
        expect(listed.count, view).toBe(counts[view])
        expect(listed.alerts.length, view).toBe(counts[view])
      }
    }),
  )
})

test('the figure of a district is how many its list has', () => {
  fc.assert(
    fc.property(boards, (alerts) => {
      const healthy = { ...emptyCounts(), healthy: 1 }
      const tallies = tallyDistricts({
        missed: new Map(),
        codes: DISTRICTS,
        counts: new Map(DISTRICTS.map((code) => [code, healthy])),
        alerts,
        rectifications: [],
        isLate: () => false,
        nowMs: NOW,
      })
      for (const { code, open } of tallies) {
        expect(listedAlerts(alerts, { ...NONE, district: code }, me, NOW).count).toBe(open)
      }
    }),
  )
})
