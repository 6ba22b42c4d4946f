import { describe, expect, it } from 'vitest'
import { dayOfV2, isConfirmed, isNewPage, isReadDue } from '../../../server/monitor/schedule/readings/due.ts'
import { READER } from '../../../server/monitor/visit/reading/print.ts'
import { DAY, HOUR, MINUTE, startOfDay } from '../../../shared/base/time.ts'

const NOON = startOfDay('2026-03-10') + 12 * HOUR
const MIDNIGHT = startOfDay('2026-03-11')
const read = {
  siteId: 1,
  asked: false,
  findingAt: new Date(NOON),
  readAt: new Date(NOON),
  readBy: READER,
  isNoticeUnread: false,
  isEntrance: false,
  goesWithDay: false,
  print: 'p',
  bodyHash: 'a',
}
const SAME = { notModified: false, bodyHash: 'a' }

describe('a page is read', () => {
  it('when somebody asks, and when it never was', () => {
    expect(isReadDue({ ...read, asked: true }, NOON)).toBe(true)
    expect(isReadDue({ ...read, findingAt: null }, NOON)).toBe(true)
    expect(isReadDue(read, NOON + MINUTE)).toBe(false)
  })

  it('when it has changed, every ten minutes at most', () => {
    expect(isNewPage(read, 'b', NOON + 9 * MINUTE)).toBe(false)
    expect(isNewPage(read, 'b', NOON + 10 * MINUTE)).toBe(true)
    expect(isNewPage(read, 'a', NOON + DAY)).toBe(false)
  })

  it('by the hour where it leads to others, and by the week whatever it is', () => {
    expect(isReadDue({ ...read, isEntrance: true }, NOON + HOUR)).toBe(true)
    expect(isReadDue(read, NOON + 6 * DAY)).toBe(false)
    expect(isReadDue(read, NOON + 8 * DAY)).toBe(true)
  })

  it('by the week though it was seen to be as it was meanwhile, which is no reading', () => {
    const seen = { ...read, findingAt: new Date(NOON + 7 * DAY) }
    expect(isReadDue(seen, NOON + 7 * DAY - MINUTE)).toBe(false)
    expect(isReadDue(seen, NOON + 8 * DAY)).toBe(true)
    expect(isReadDue({ ...seen, readAt: null }, NOON + 8 * DAY), 'not known: since it was found').toBe(false)
  })

  it('by another version of the reader, within a day, each in its own hour', () => {
    const sites = Array.from({ length: 500 }, (_, siteId) => ({ ...read, siteId, readBy: READER - 1 }))
    const dueAt = (atMs: number) => sites.filter((site) => isReadDue(site, atMs))
    const hours = Array.from({ length: 24 }, (_, hour) => dueAt(NOON + hour * HOUR))
    expect(Math.max(...hours.map((due) => due.length))).toBeLessThan(30)
    expect(new Set(hours.flat()).size, 'none is left out').toBe(500)
    expect(isReadDue({ ...read, siteId: 0, readBy: null }, startOfDay('2026-03-11') + 8 * HOUR)).toBe(true)
  })

  it('not because a day has begun: that it is as it was is said instead', () => {
    expect(isReadDue(read, MIDNIGHT + MINUTE)).toBe(false)
    expect(isConfirmed(read, SAME, MIDNIGHT + MINUTE)).toBe(true)
    expect(isConfirmed(read, { notModified: true, bodyHash: null }, MIDNIGHT + MINUTE)).toBe(true)
    expect(isConfirmed(read, { notModified: false, bodyHash: 'b' }, MIDNIGHT + MINUTE)).toBe(false)
    expect(isConfirmed(read, SAME, NOON + HOUR), 'once a day').toBe(false)
  })

  it('said of a page that is too long to be compared, too, when its bytes are the same', () => {
    const long = { ...read, print: null }
    expect(isConfirmed(long, SAME, MIDNIGHT + MINUTE)).toBe(true)
  })

  it('where it goes with the day, within two hours of midnight, each in its own place', () => {
    const sites = Array.from({ length: 500 }, (_, siteId) => ({ ...read, siteId, goesWithDay: true }))
    const due = (atMs: number) => sites.filter((site) => isReadDue(site, atMs)).length
    expect(due(MIDNIGHT - MINUTE)).toBe(0)
    expect(due(MIDNIGHT + HOUR)).toBeGreaterThan(230)
    expect(due(MIDNIGHT + HOUR)).toBeLessThan(270)
    expect(due(MIDNIGHT + 2 * HOUR)).toBe(500)
    expect(due(MIDNIGHT + DAY), 'and at once when a day was left out').toBe(500)
  })
})

describe('the day by which V2 is judged', () => {
  const found = (goes_with_day: boolean) => ({ finding_at: new Date(NOON), goes_with_day })
  it('is today', () => {
    expect(dayOfV2(found(false), MIDNIGHT)).toBe('2026-03-11')
    expect(dayOfV2({ finding_at: null, goes_with_day: true }, MIDNIGHT)).toBe('2026-03-11')
  })

  it('is the day before for a page that goes with the day and has not come to its turn yet', () => {
    expect(dayOfV2(found(true), MIDNIGHT + 3 * HOUR)).toBe('2026-03-10')
    expect(dayOfV2(found(true), MIDNIGHT + 4 * HOUR)).toBe('2026-03-11')
    expect(dayOfV2(found(true), MIDNIGHT + DAY)).toBe('2026-03-12')
  })
})
