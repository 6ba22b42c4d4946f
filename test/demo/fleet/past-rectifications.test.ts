import { expect, test } from 'vitest'
import type { PastAlert, PastSite, Staff } from '../../../server/demo/past/alerts.ts'
import { rectificationOf } from '../../../server/demo/past/rectifications.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'

const staff: Staff = { duty: [{ id: 1, name: '王敏' }], offices: new Map(), operator: null }

test('a rectification of an outage that has just ended is reported, and not yet verified', () => {
  const openedAt = new Date(TUESDAY - 60 * HOUR).toISOString()
  const resolvedAt = new Date(TUESDAY - 10 * MINUTE).toISOString()
  const stages = Array.from({ length: 100 }, (_, id) => {
    const site = { id, name: '', district: '440106', unitId: 1, unit: '' } as PastSite
    const alert = { alert: { openedAt, resolvedAt, severity: 'major', rule: 'DOWN' } } as PastAlert
    const past = rectificationOf(site, alert, staff, TUESDAY)
    for (const fact of past?.facts ?? []) expect(Date.parse(fact.at)).toBeLessThanOrEqual(TUESDAY)
    return past?.rectification.stage
  })
  expect(new Set(stages)).toEqual(new Set(['submitted', undefined]))
})
