import { describe, expect, test } from 'vitest'
import { BUILT_IN } from '../../../server/register/workdays/builtin.ts'
import { problemsOf } from '../../../server/register/workdays/check.ts'
import { readFile } from '../../../server/register/workdays/read.ts'
import { YEAR_2027 } from './days-2027.ts'

const OFF = ['2027-10-01', '2027-10-02', '2027-10-03']
const WORKED = ['2027-09-26', '2027-10-09']
const saying = (text: string) => {
  const { days, source, unreadable } = readFile(text)
  const of = (isOff: boolean) => days.filter((one) => one.isOff === isOff).map(({ day }) => day)
  return { source, off: of(true), worked: of(false).sort(), unreadable }
}

describe('a file of holidays', () => {
  test.each([
    [
      'csv',
      '日期,类型,说明\n2027-10-01,休,国庆节\n2027/10/2,放假,国庆节\n2027年10月3日,休息,\n2027-09-26,班,\n20271009,补班,',
    ],
    [
      'csv',
      '\uFEFFfrom;to;kind\n2027-10-01;2027-10-03;holiday\n2027-09-26;2027-09-26;work\n2027-10-09;;workday',
    ],
    [
      'json',
      JSON.stringify({
        year: 2027,
        days: [
          ...OFF.map((date) => ({ name: '国庆节', date, isOffDay: true })),
          ...WORKED.map((date) => ({ name: '国庆节', date, isOffDay: false })),
        ],
      }),
    ],
    ['json', JSON.stringify({ holidays: Object.fromEntries(OFF.map((d) => [d, 'x'])), workdays: WORKED })],
    ['json', JSON.stringify({ off: OFF, worked: WORKED })],
    [
      'ics',
      [
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        'DTSTART;VALUE=DATE:20271001',
        'DTEND;VALUE=DATE:20271004',
        'SUMMARY:国庆',
        ' 节（休）',
        'END:VEVENT',
        ...WORKED.flatMap((day) => [
          'BEGIN:VEVENT',
          `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
          'SUMMARY:国庆节 补班',
          'END:VEVENT',
        ]),
        'END:VCALENDAR',
      ].join('\r\n'),
    ],
  ])('is read as %s', (source, text) => {
    expect(saying(text)).toEqual({ source, off: OFF, worked: WORKED, unreadable: [] })
  })

  test.each([
    ['日期,类型\n2027-02-30,休', '2: 2027-02-30'],
    ['日期,类型\n2027-10-01,什么', '2: 2027-10-01'],
    ['日期,类型\n2027-10-07,2027-10-01,休', '2: 2027-10-07'],
    ['日期,类型\n2027-01-01,2027-12-31,休', '2: 2027-01-01'],
    ['{"days": [{"date": "soon", "isOffDay": true}]}', 'soon'],
    ['{', 'JSON'],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20271001\nRRULE:FREQ=YEARLY\nEND:VEVENT', 'VEVENT 20271001'],
  ])('whose line %j cannot be read says so', (text, said) => {
    expect(saying(text).unreadable).toEqual([expect.stringContaining(said)])
  })
})

describe('whether a year is plausible', () => {
  const codes = (year: number, days: { off: readonly string[]; worked: readonly string[] }) =>
    problemsOf(year, days).map(({ level, code }) => `${level} ${code}`)

  test('every year that the program brings is', () => {
    for (const [year, days] of BUILT_IN.china.years) expect(codes(year, days), `${year}`).toEqual([])
    expect(codes(2027, YEAR_2027)).toEqual([])
  })

  test('what nobody would announce is not', () => {
    const { off, worked } = YEAR_2027
    expect(codes(2027, { off: [], worked: [] })).toEqual(['error noYear'])
    expect(codes(2027, { off, worked: ['2027-03-10'] })).toContain('error workedWeekday')
    expect(codes(2027, { off, worked: ['2027-10-02'] })).toContain('error both')
    expect(codes(2027, { off: [...off, '2028-01-01'], worked })).toContain('error otherYear')
    expect(codes(2027, { off: off.filter((day) => !day.includes('-10-')), worked })).toEqual([
      'error missingHoliday',
    ])
    expect(codes(2027, { off: off.filter((day) => !day.includes('-02-')), worked })).toContain(
      'error noSpringFestival',
    )
    const summer = Array.from({ length: 28 }, (_, n) => `2027-08-${String(n + 1).padStart(2, '0')}`)
    expect(codes(2027, { off: [...off, ...summer], worked })).toEqual([
      'error tooManyOff',
      'error workdays',
      'warning longRun',
    ])
  })
})
