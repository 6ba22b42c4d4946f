import { describe, expect, it } from 'vitest'
import { truthAt } from '../../../server/demo/fleet/script.ts'
import { alertsOf } from '../../../server/demo/past/alerts.ts'
import { timelineOf } from '../../../server/demo/past/timeline.ts'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import { NOW, sites } from './support.ts'

const from = NOW - 20 * DAY
const staff = {
  duty: [{ id: 1, name: '王敏' }],
  offices: new Map([['440106', { id: 2, name: '李晓燕' }]]),
  operator: null,
}
const pastOf = (index: number) => {
  const { name, district, unit, level } = sites[index]!
  const moments = timelineOf(sites[index]!, from, NOW)
  return {
    moments,
    alerts: alertsOf(
      { id: index, name, district, level, unitId: 1, unit, columns: { a: 6, b: 6, c: 0 } },
      moments,
      staff,
      NOW,
    ),
  }
}
const pasts = sites.map((_site, index) => pastOf(index))

describe('the past of the demo', () => {
  it('is in time order, and every moment tells something new', () => {
    for (const { moments } of pasts) {
      const times = moments.map((moment) => moment.atMs)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times[0]).toBe(from)
    }
  })

  it('leads to the present that the script gives', () => {
    const differing = sites.filter((site, index) => {
      const last = pasts[index]!.moments.at(-1)!.facts
      const truth = truthAt(site, NOW)
      // An outage takes a while to be confirmed, and an entrance is judged by its columns.
      const isSettled = truthAt(site, NOW - 2 * MINUTE).availability === truth.availability
      return isSettled && truth.reading !== 'entrance' && last.state !== truth.state
    })
    expect(differing.map((site) => site.code).length).toBeLessThanOrEqual(3)
  })

  it('opens and resolves an alert with what it is about, one live at a time for each rule', () => {
    for (const { moments, alerts } of pasts) {
      const live = alerts.filter(({ alert }) => alert.status !== 'resolved').map(({ alert }) => alert.rule)
      expect(new Set(live).size).toBe(live.length)
      const { availability, v2, v3 } = moments.at(-1)!.facts
      expect(live.includes('DOWN')).toBe(availability === 'down')
      expect(live.includes('V2')).toBe(v2 === 'warning' || v2 === 'violated')
      expect(live.includes('V3')).toBe(v3 === 'warning' || v3 === 'violated')
    }
  })

  it('lets nothing happen to an alert after it was resolved', () => {
    for (const { facts } of pasts.flatMap((past) => past.alerts)) {
      const times = facts.map((fact) => Date.parse(fact.at))
      expect(times).toEqual([...times].sort((a, b) => a - b))
      const resolved = facts.findIndex((fact) => fact.kind === 'alert.resolved')
      expect(resolved === -1 || resolved === facts.length - 1).toBe(true)
    }
  })
})
