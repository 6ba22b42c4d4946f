import { expect, test } from 'vitest'
import { nextOf } from '../../../web/desk/alerts/detail/next.ts'

const NOW = Date.parse('2026-11-28T10:00:00Z')
const open = {
  status: 'open',
  rule: 'DOWN',
  siteId: 7,
  rectificationId: null,
  silencedUntil: null,
  informed: null,
  evidence: {},
} as const
const later = '2026-11-28T12:00:00Z'
const informed = { by: { id: 3, name: '张三' }, at: later, until: later, note: null }

test('what is to be done follows from who has it: nobody, its unit, somebody, a rectification', () => {
  expect(nextOf(open, NOW)).toBe('open')
  expect(nextOf({ ...open, informed }, NOW)).toBe('informed')
  expect(nextOf({ ...open, status: 'acknowledged' }, NOW)).toBe('acknowledged')
  expect(nextOf({ ...open, rectificationId: 4 }, NOW)).toBe('raised')
  expect(nextOf({ ...open, status: 'acknowledged', rectificationId: 4 }, NOW)).toBe('rectification')
  expect(nextOf({ ...open, status: 'resolved', rectificationId: 4 }, NOW)).toBe('resolved')
})

test('what is shared, and what is of the monitor itself, is not for the owner of a site', () => {
  expect(nextOf({ ...open, rule: 'PLATFORM', siteId: null }, NOW)).toBe('platform')
  const source = { kind: 'source' as const }
  expect(nextOf({ ...open, rule: 'PLATFORM', siteId: null, evidence: source }, NOW)).toBe('source')
  expect(nextOf({ ...open, rule: 'STALL', siteId: null }, NOW)).toBe('monitor')
})

test('a silenced alert waits until the silence is over', () => {
  expect(nextOf({ ...open, silencedUntil: later }, NOW)).toBe('silenced')
  expect(nextOf({ ...open, silencedUntil: '2026-11-28T09:00:00Z' }, NOW)).toBe('open')
})

test('what rules of the machine have found is looked at and mended, not waited for', () => {
  expect(nextOf({ ...open, rule: 'MACHINE' }, NOW)).toBe('found')
  expect(nextOf({ ...open, rule: 'MACHINE', rectificationId: 4 }, NOW)).toBe('raised')
})
