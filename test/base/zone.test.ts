import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { addDays, localDay, localStamp, localTime, startOfDay, timeOn } from '../../shared/base/time.ts'
import { DEFAULT_ZONE, instantOf, isZone, liveBy, wallOf } from '../../shared/base/zone.ts'

afterEach(() => liveBy(DEFAULT_ZONE))

test('an installation lives by the time of China until somebody says otherwise', () => {
  const at = Date.parse('2026-03-01T16:00:00Z')
  expect(localStamp(at)).toBe('2026-03-02 00:00:00')
  expect(startOfDay('2026-03-02')).toBe(at)
})

test('in Kathmandu a day begins a quarter to six hours before that of Greenwich', () => {
  liveBy('Asia/Kathmandu')
  expect(new Date(startOfDay('2026-03-02')).toISOString()).toBe('2026-03-01T18:15:00.000Z')
  expect(localDay(Date.parse('2026-03-01T18:14:59Z'))).toBe('2026-03-01')
  expect(localTime(timeOn('2026-03-02', '08:30'))).toBe('08:30')
})

test('in Urumqi it is two hours earlier than in Beijing, and its own day', () => {
  liveBy('Asia/Urumqi')
  expect(localStamp(Date.parse('2026-03-01T16:00:00Z'))).toBe('2026-03-01 22:00:00')
})

test('where clocks are set forward at midnight, the day begins when it is there', () => {
  liveBy('Africa/Cairo')
  const begins = startOfDay('2026-04-24')
  expect(localStamp(begins)).toBe('2026-04-24 01:00:00')
  expect(localDay(begins - 1)).toBe('2026-04-23')
})

test.each(['America/New_York', 'Europe/London', 'Africa/Cairo', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
  'in %s every day of two years begins on that day, and no instant is lost between two',
  (zone) => {
    liveBy(zone)
    for (let day = '2025-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      expect(localDay(startOfDay(day))).toBe(day)
      expect(localDay(startOfDay(addDays(day, 1)) - 1)).toBe(day)
      const noon = timeOn(day, '12:00')
      expect(localStamp(noon)).toBe(`${day} 12:00:00`)
      expect(instantOf(wallOf(noon))).toBe(noon)
    }
  },
)

test('a zone is known by its name, and nothing else is one', () => {
  expect(['Asia/Shanghai', 'Asia/Urumqi', 'America/Argentina/Salta', 'UTC'].filter(isZone)).toHaveLength(4)
  expect(['', 'Asia', 'Asia/Atlantis', '+08:00', 'China', '../etc'].filter(isZone)).toEqual([])
  expect(() => liveBy('Asia/Atlantis')).toThrow(RangeError)
  expect(localDay(Date.parse('2026-03-01T16:00:00Z'))).toBe('2026-03-02')
})

test('nothing but zone.ts knows which zone it is, or how far from Greenwich', () => {
  const files = ['server', 'shared', 'web'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue)$/.test(name))
      .map((name) => `${root}/${name}`),
  )
  const told = /Asia\/Shanghai|\+08:00['`"]|\+ 8 \* HOUR\) \/|SHANGHAI|8 \* 3_?600|28_?800/
  const knowing = files.filter((file) => told.test(readFileSync(file, 'utf8')))
  // The list from which an administrator chooses names it, too.
  expect(knowing.sort()).toEqual(['shared/base/zone.ts', 'web/people/settings/zones.ts'])
})
