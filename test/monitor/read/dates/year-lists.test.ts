import { describe, expect, it } from 'vitest'
import { list, newest, page, read } from '../snippets.ts'

/* Lists of months and days, as an operator would read them. */

const TODAY = '2026-06-15'
/** The newest day of one list of months and days. */
const newestOf = (dates: readonly string[], ref = TODAY) => newest(list(...dates), { ref })
/** The day of each item, in the order of the page. */
function daysOf(dates: readonly string[], ref = TODAY): (string | undefined)[] {
  const { items } = read(page(list(...dates)), { ref })
  return dates.map((_, i) => items.find(({ href }) => href === `/a/${i}.html`)?.date)
}

const LIVING = ['06-12', '06-10', '06-05', '05-28', '05-20', '05-11']

describe('an item that is dated ahead is of a day to come, and leaves the list where it is', () => {
  it.each([
    ['above the others', ['06-16', '06-12', '06-10'], '2026-06-12'],
    ['among them', ['06-12', '06-18', '06-10', '06-05'], '2026-06-12'],
    ['a month ahead', ['07-12', ...LIVING], '2026-06-12'],
    ['two of them', ['06-17', '06-16', '06-12', '06-10', '06-05'], '2026-06-12'],
  ])('%s', (_, dates, gold) => {
    expect(newestOf(dates)).toBe(gold)
  })

  it('it is told as one of the future, as whole dates are', () => {
    const { rejected } = read(page(list('06-16', '06-12', '06-10')), { ref: TODAY })
    expect(rejected).toContainEqual({ raw: '06-16', why: 'future' })
  })

  it('with an address of its day it is none of the year before', () => {
    const item = (day: string, i: number) =>
      `<li><a href="/t2026${day.replace('-', '')}_1.html">关于第${i}次会议的通知</a><span>${day}</span></li>`
    const found = read(page(`<ul>${['06-16', '06-12', '06-10'].map(item).join('')}</ul>`), { ref: TODAY })
    expect(found.items.map(({ date }) => date)).toEqual(['2026-06-12', '2026-06-10'])
  })

  it('but a list that goes on for weeks to come is of last year', () => {
    expect(newestOf(['07-10', '07-03', '06-26', '06-19', '06-12', '06-05'])).toBe('2025-07-10')
    expect(newestOf(['06-20', '04-12', '03-02'])).toBe('2025-06-20')
  })
})

describe('an item pinned above a list that goes on until today makes nothing of it a year older', () => {
  it.each([
    '07-15',
    '07-20',
    '08-20',
    '09-20',
    '10-20',
    '11-20',
    '12-20',
    '12-31',
    '01-05',
    '03-01',
    '05-30',
  ])('of %s', (pin) => {
    expect(newestOf([pin, ...LIVING])).toBe('2026-06-12')
  })

  it.each([
    ['two of them', TODAY, ['12-20', '11-05', ...LIVING], '2026-06-12'],
    ['of September, in March', '2026-03-15', ['09-10', '03-12', '03-10', '03-05', '02-28'], '2026-03-12'],
    ['of December, in November', '2026-11-15', ['12-28', '11-12', '11-10', '11-05', '10-28'], '2026-11-12'],
    ['of March, in November', '2026-11-15', ['03-01', '11-12', '11-10', '11-05', '10-28'], '2026-11-12'],
    ['above one that is dated ahead', TODAY, ['12-20', '06-16', ...LIVING], '2026-06-12'],
  ])('%s', (_, ref, dates, gold) => {
    expect(newestOf(dates, ref)).toBe(gold)
  })

  it('the others keep their days, and it has the last that it can have', () => {
    expect(daysOf(['12-20', '06-12', '06-10', '06-05'])).toEqual([
      '2025-12-20',
      '2026-06-12',
      '2026-06-10',
      '2026-06-05',
    ])
  })

  it.each([
    ['with gaps as long further down', ['12-20', '09-01', '06-12', '03-01', '12-01'], '2025-12-20'],
    ['once a month', ['08-10', '07-11', '06-12', '05-10', '04-12'], '2025-08-10'],
    ['that stopped long before today', ['09-20', '04-12', '04-10', '04-05'], '2025-09-20'],
  ])('but a list %s has its first item for its newest', (_, dates, gold) => {
    expect(newestOf(dates)).toBe(gold)
  })
})

describe('a list with the oldest first', () => {
  it('has its last item for its newest', () => {
    const dates = ['05-20', '05-28', '06-05', '06-10', '06-12']
    expect(newestOf(dates)).toBe('2026-06-12')
    expect(daysOf(dates)).toEqual(dates.map((date) => `2026-${date}`))
  })

  it('may begin in the year before', () => {
    expect(daysOf(['11-20', '12-30', '01-05', '02-10'])).toEqual([
      '2025-11-20',
      '2025-12-30',
      '2026-01-05',
      '2026-02-10',
    ])
  })

  it('is none where the years in its titles fall: what comes once a year may come earlier each time', () => {
    const item = (day: string, i: number) =>
      `<li><a href="/a/${i}.html">召开${2026 - i}年度全区安全生产工作会议</a><span>${day}</span></li>`
    const dates = ['01-20', '02-10', '03-05', '03-30']
    expect(newest(`<ul>${dates.map(item).join('')}</ul>`, { ref: '2026-11-30' })).toBe('2026-01-20')
  })

  it('has two titles of a budget and of the accounts before it like any other', () => {
    const titles = new Map([
      ['03-05', '关于公开2026年部门预算的通知'],
      ['09-10', '关于公开2025年度部门决算的通知'],
    ])
    const item = (day: string, i: number) =>
      `<li><a href="/a/${i}.html">${titles.get(day) ?? `全区第${i}次安全生产工作会议`}</a><span>${day}</span></li>`
    const dates = ['01-10', '02-14', '03-05', '05-20', '07-11', '09-10', '10-15', '11-25']
    expect(newest(`<ul>${dates.map(item).join('')}</ul>`, { ref: '2026-11-30' })).toBe('2026-11-25')
  })

  it('is none where three items could as well be of three years', () => {
    expect(newestOf(['03-03', '03-06', '03-09'])).toBe('2026-03-03')
  })

  it('is none where all are of one day', () => {
    expect(daysOf(['06-12', '06-12', '06-12', '06-12'])).toEqual(Array(4).fill('2026-06-12'))
  })
})

describe('years in titles', () => {
  const titled = (titles: readonly string[], dates: readonly string[]) =>
    `<ul>${titles.map((title, i) => `<li><a href="/g/${i}.html">${title}</a><span>${dates[i]}</span></li>`).join('')}</ul>`

  it.each([
    [
      'projects of years ago that are done now',
      [
        '2024年老旧小区改造项目竣工验收公示',
        '2024年高标准农田建设项目中标公告',
        '2023年中央水利救灾资金绩效公示',
        '招聘编外人员面试成绩公告',
        '国有建设用地使用权出让公告',
      ],
    ],
    [
      'numbers of files of years ago that are published again',
      [
        '关于印发办法的通知（某府〔2024〕1号）',
        '关于印发规定的通知（某府〔2024〕2号）',
        '关于印发方案的通知（某府〔2024〕3号）',
        '关于修改某规定的决定',
      ],
    ],
  ])('%s leave a list that goes on until today where it is', (_, titles) => {
    expect(newest(titled(titles, LIVING), { ref: TODAY })).toBe('2026-06-12')
  })

  it('reports of a year each say how late their list is, whatever day it is today', () => {
    const titles = [2022, 2021, 2020].map((year) => `${year}年度法治政府建设情况报告`)
    expect(newest(titled(titles, LIVING), { ref: TODAY })).toBe('2023-06-12')
  })

  it('a list that stopped is no later than they say', () => {
    const titles = ['2021年道路养护项目公示', '2021年绿化项目公示', '2021年河道整治项目公示']
    expect(newest(titled(titles, ['04-12', '04-10', '04-05']), { ref: TODAY })).toBe('2022-04-12')
  })
})

describe('a list that writes the year of older items, and leaves it out this year', () => {
  it.each([
    ['one of years ago pinned', TODAY, ['2023-01-01', '06-12', '06-10', '06-05'], '2026-06-12'],
    ['one of the same days a year ago pinned', TODAY, ['2025-06-20', ...LIVING], '2026-06-12'],
    ['older ones below', TODAY, ['06-12', '06-10', '06-05', '05-28', '2024-12-25'], '2026-06-12'],
    ['a quiet half-year', '2026-11-25', ['11-20', '11-18', '2025-03-05', '2025-02-20'], '2026-11-20'],
    ['one of this year', '2026-11-25', ['11-02', '2024-12-05', '2024-12-01'], '2026-11-02'],
    ['one pinned above a list that paused', TODAY, ['2023-11-01', '04-12', '04-10'], '2026-04-12'],
  ])('%s', (_, ref, dates, gold) => {
    expect(newestOf(dates, ref)).toBe(gold)
  })

  it('but items that go on falling from one with its year are of that', () => {
    expect(daysOf(['2024-03-08', '03-05', '03-01', '12-20'])).toEqual([
      '2024-03-08',
      '2024-03-05',
      '2024-03-01',
      '2023-12-20',
    ])
  })

  it('from one of so many days ago, too', () => {
    expect(daysOf(['60天前', '04-12', '03-28', '2025-12-25'])).toEqual([
      '2026-04-16',
      '2026-04-12',
      '2026-03-28',
      '2025-12-25',
    ])
  })

  it('and an item with a whole date of its own is of its year', () => {
    const items = LIVING.map(
      (date, i) =>
        `<li><a href="/f/${i}.html" title="2021-${date}">关于印发第${i}号办法的通知</a><span>${date}</span></li>`,
    )
    expect(newest(`<ul>${items.join('')}</ul>`, { ref: TODAY })).toBe('2021-06-12')
  })
})

describe('one address with a date says nothing of the other items of a list that goes on until today', () => {
  const linked = (items: readonly (readonly [date: string, href?: string])[]) =>
    newest(
      `<ul>${items.map(([date, href], i) => `<li><a href="${href ?? `/show.asp?id=${i}`}">关于做好第${i}项工作的通知</a><span>${date}</span></li>`).join('')}</ul>`,
      { ref: TODAY },
    )

  it.each([
    [
      'a file of years ago',
      [['06-12'], ['06-10'], ['06-05'], ['05-30', '/upload/2024/0530/x.pdf']],
      '2026-06-12',
    ],
    [
      'an item pinned above',
      [['03-01', '/2023/0301/c1a.html'], ['06-12'], ['06-10'], ['06-05']],
      '2026-06-12',
    ],
    [
      'but as many of them do as there are others',
      [['06-12'], ['06-10'], ['06-05'], ['05-30', '/2024/0530/1.html'], ['05-28', '/2024/0528/1.html']],
      '2024-06-12',
    ],
  ] as const)('%s', (_, items, gold) => {
    expect(linked(items)).toBe(gold)
  })
})
