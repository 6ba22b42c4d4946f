import { afterEach, describe, expect, test } from 'vitest'
import { dueDay as dueDayBy } from '../../../server/desk/rectifications/terms/due.ts'
import { BUILT_IN_YEARS } from '../../../server/register/workdays/builtin.ts'
import { BUILT_IN_CALENDAR as calendar } from '../../../server/register/workdays/calendar.ts'
import { addDays } from '../../../shared/base/time.ts'
import * as workdays from '../../../shared/register/workdays/workdays.ts'

const isWorkday = (day: string) => workdays.isWorkday(calendar, day)
const addWorkdays = (from: string, n: number) => workdays.addWorkdays(calendar, from, n)
const workdaysBetween = (from: string, to: string) => workdays.workdaysBetween(calendar, from, to)
const TODAY = '2026-12-18'
const dueDay = (from: string, n: number, today = TODAY) => dueDayBy({ calendar, today }, from, n)

const daysOf = (year: number) =>
  Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index)).filter((day) =>
    day.startsWith(String(year)),
  )
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Working days off, and weekends worked, of 2015: the State Council's notice and the extra holiday of September. */
const OFF_2015 = [
  ['01-01', '01-02', '02-18', '02-19', '02-20', '02-23', '02-24', '04-06', '05-01', '06-22'],
  ['09-03', '09-04', '10-01', '10-02', '10-05', '10-06', '10-07'],
].flat()
const WORKED_2015 = ['01-04', '02-15', '02-28', '09-06', '10-10']

describe('2015, with its extra holiday of the 70th anniversary', () => {
  test('differs from Monday to Friday on 22 days', () => {
    const different = daysOf(2015).filter((day) => isWorkday(day) === isWeekend(day))
    expect(different).toEqual([...OFF_2015, ...WORKED_2015].sort().map((day) => `2015-${day}`))
  })

  test('has 249 working days', () => {
    expect(daysOf(2015).filter((day) => isWorkday(day))).toHaveLength(249)
  })

  test.each([
    ['2015-08-28', 5, '2015-09-07', '2015-09-04'],
    ['2015-09-25', 5, '2015-10-09', '2015-10-02'],
    ['2015-09-25', 10, '2015-10-15', '2015-10-09'],
    ['2015-09-30', 15, '2015-10-27', '2015-10-21'],
    ['2015-10-08', 5, '2015-10-14', '2015-10-15'],
  ])(
    '%s and %i working days is %s, not %s as Monday to Friday would have it',
    (from, workdays, due, naive) => {
      expect(dueDay(from, workdays)).toEqual({ due, provisional: false })
      expect(due).not.toBe(naive)
    },
  )

  test('the day itself is never counted, and the first is the next that is worked', () => {
    expect(addWorkdays('2015-09-30', 1)).toBe('2015-10-08')
    expect(addWorkdays('2015-10-09', 1), 'a Saturday that is worked').toBe('2015-10-10')
  })
})

/*
 * 国务院办公厅关于 2025 年部分节假日安排的通知 (国办发明电〔2024〕12号) and 关于 2026 年 (国办发明电〔2025〕7号), written down by
 * hand from the notices' wording: holidays as stretches of days, and the weekends that are worked for them.
 */
const NOTICES = [
  {
    year: 2025,
    off: ['01-01/01-01', '01-28/02-04', '04-04/04-06', '05-01/05-05', '05-31/06-02', '10-01/10-08'],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
    workdays: 248,
  },
  {
    year: 2026,
    off: [
      ['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05'],
      ['06-19/06-21', '09-25/09-27', '10-01/10-07'],
    ].flat(),
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    workdays: 248,
  },
] as const

describe.each(NOTICES)('$year, as the State Council announced it', ({ year, off, worked, workdays }) => {
  const isOff = (day: string) =>
    off.some((stretch) => {
      const [first = '', last = ''] = stretch.split('/')
      return `${year}-${first}` <= day && day <= `${year}-${last}`
    })

  test('every day of the year', () => {
    const announced = daysOf(year).filter(
      (day) => !isOff(day) && (!isWeekend(day) || worked.some((one) => day.endsWith(one))),
    )
    expect(daysOf(year).filter((day) => isWorkday(day))).toEqual(announced)
    expect(announced).toHaveLength(workdays)
  })
})

test('working days between two days are those after the first up to the second', () => {
  expect(workdaysBetween('2015-09-02', '2015-09-07'), 'a holiday, and a Sunday worked').toBe(2)
  expect(workdaysBetween('2015-09-07', '2015-09-02')).toBe(-2)
  expect(workdaysBetween('2015-09-07', '2015-09-07')).toBe(0)
  expect(workdaysBetween('2026-12-31', '2027-01-08'), 'nothing is announced: Monday to Friday').toBe(6)
})

test.each([
  ['2015-09-07', -2, '2015-09-02'],
  ['2026-02-24', -1, '2026-02-14'],
  ['2026-03-10', 0, '2026-03-10'],
])('%s and %i working days is %s', (from, days, day) => {
  expect(addWorkdays(from, days)).toBe(day)
})

describe('years that the State Council has not announced', () => {
  const { first, last } = BUILT_IN_YEARS

  test('are known to be unknown', () => {
    expect(first).toBe(2004)
    expect(last).toBeGreaterThanOrEqual(2026)
    expect(workdays.isAnnounced(calendar, `${last}-10-01`)).toBe(true)
    expect(workdays.isAnnounced(calendar, `${last + 1}-10-01`)).toBe(false)
  })

  test('are counted as ordinary weekdays, and what ends in one is provisional', () => {
    expect(isWorkday(`${last + 1}-10-01`), 'a Friday, until somebody announces the National Day').toBe(true)
    expect(dueDay('2026-12-18', 10)).toEqual({ due: '2027-01-01', provisional: true })
    expect(dueDay('2026-12-01', 5)).toEqual({ due: '2026-12-08', provisional: false })
    expect(dueDay('2027-03-01', 1), 'and what begins in one').toEqual({
      due: '2027-03-02',
      provisional: true,
    })
  })

  test('more than two years ahead nothing is told', () => {
    expect(dueDay('2028-12-15', 1), 'the last day').toEqual({ due: '2028-12-18', provisional: true })
    expect(() => dueDay('2028-12-18', 1)).toThrow('2028-12-18 以后的放假安排')
    expect(() => dueDay('2040-01-01', 1)).toThrow('cannot be told')
    expect(() => dueDay('2026-12-18', 1000)).toThrow('cannot be told')
    expect(() => dueDay('2003-12-31', 5), 'nor before the years that are kept').toThrow('before 2004')
  })

  test('every year that is said to be known has a national holiday', () => {
    for (const year of calendar.years) expect(isWorkday(`${year}-10-01`), `${year}`).toBe(false)
  })
})

describe('the time zone of the machine', () => {
  const home = process.env.TZ
  afterEach(() => {
    if (home === undefined) delete process.env.TZ
    else process.env.TZ = home
  })

  test.each(['America/Los_Angeles', 'UTC', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
    '%s changes nothing',
    (zone) => {
      process.env.TZ = zone
      expect(new Date(0).getTimezoneOffset(), 'the zone is in force').toBe(
        { 'America/Los_Angeles': 480, UTC: 0, 'Asia/Shanghai': -480, 'Pacific/Kiritimati': 640 }[zone],
      )
      expect(addWorkdays('2015-09-30', 1)).toBe('2015-10-08')
      expect(addWorkdays('2015-09-25', 10)).toBe('2015-10-15')
      expect(daysOf(2015).filter((day) => isWorkday(day))).toHaveLength(249)
    },
  )
})
