import { describe, expect, test } from 'vitest'
import { list, newest, page, read } from '../snippets.ts'

const item = (title: string, href: string, date: string) =>
  `<li><a href="${href}">${title}</a><span>${date}</span></li>`

describe('a month and day without a year', () => {
  test('takes its year from the address of the item', () => {
    const body = `<ul>${item('关于公布考试成绩的通知', 'gzdt/201712/t20171206_21.html', '03-30')}
      ${item('关于开展资格复审工作的通知', 'gzdt/202012/t20201230_65.html', '12-30')}</ul>`
    expect(read(page(body))).toMatchObject({ newest: '2020-12-30', evidence: { why: 'year_from_link' } })
  })

  test('crosses the new year with its address', () => {
    expect(newest(`<ul>${item('关于开展资格复审工作的通知', '202101/t20210104_1.html', '12-30')}</ul>`)).toBe(
      '2020-12-30',
    )
  })

  test.each([
    '/2020/1230/c12a34.html',
    '/art/2020/12/30/art_12_345.html',
    '/c/2020-12-30/123.shtml',
    '/2020-12/30/content_123.htm',
    '/20201230/0b1c2d3e-uuid.html',
    '/staticpages/20201230/ab12.html',
    '/202012/123456.html',
    '/html/16093152000003958673777367574712861.html',
  ])('understands the address %s', (href) => {
    expect(
      newest(`<ul>${item('关于开展资格复审工作的通知', href, '12-30')}</ul>`, { ref: '2022-06-01' }),
    ).toBe('2020-12-30')
  })

  const inFolders = (folder: (i: number) => string, ...dates: string[]) =>
    newest(
      `<ul>${dates.map((date, i) => item(`关于第${i}次会议的通知`, `${folder(i)}${100 + i}.html`, date)).join('')}</ul>`,
    )

  test('takes none from the folder of a column that was made in another month', () => {
    expect(inFolders(() => '/zwgk/201512/', '04-02', '03-30', '03-12')).toBe('2021-04-02')
    expect(inFolders(() => '/zwgk/201512/', '04-02', '01-10', '12-20')).toBe('2021-04-02')
    expect(inFolders((i) => `/2019/1${i}/`, '04-02', '03-30', '03-12')).toBe('2021-04-02')
  })

  test('takes it from a folder of about its own month', () => {
    expect(inFolders(() => '/zwgk/201912/', '01-10', '12-30', '12-12')).toBe('2020-01-10')
    expect(inFolders(() => '/zwgk/201903/', '04-02', '03-30', '03-12')).toBe('2019-04-02')
  })

  test('takes its year from a dated neighbour in the same list', () => {
    const body = `<ul>${item('关于做好防汛工作的通知', '201808/t20180811_1.html', '08-11')}
      ${item('关于做好防火工作的通知', 'javascript:;', '08-10')}</ul>`
    expect(read(page(body)).items.map(({ date }) => date)).toEqual(['2018-08-11', '2018-08-10'])
  })

  test('takes the nearest past year when the page says nothing else', () => {
    expect(read(page(list('04-06', '12-31')))).toMatchObject({
      newest: '2021-04-06',
      evidence: { why: 'year_nearest_past' },
      items: [{ date: '2021-04-06' }, { date: '2020-12-31' }],
    })
  })

  test('the reference day itself is past, the day after is last year', () => {
    expect(newest(list('04-07'))).toBe('2021-04-07')
    expect(newest(list('04-08'))).toBe('2020-04-08')
  })

  test('goes on falling in a list that has fallen so far', () => {
    const dates = read(page(list('12-30', '11-20', '10-10', '09-01', '03-07'))).items.map(({ date }) => date)
    expect(dates).toEqual(['2020-12-30', '2020-11-20', '2020-10-10', '2020-09-01', '2020-03-07'])
  })

  const days = (...dates: string[]) => read(page(list(...dates))).items.map(({ date }) => date)

  test('a list is taken together: going down it never rises, every rise is a new year', () => {
    expect(days('03-03', '02-01', '12-05', '08-20', '03-30')).toEqual([
      '2021-03-03',
      '2021-02-01',
      '2020-12-05',
      '2020-08-20',
      '2020-03-30',
    ])
    expect(days('03-03', '03-06')).toEqual(['2021-03-03', '2020-03-06'])
  })

  test('but for a pinned item, and for a little disorder', () => {
    expect(days('12-24', '04-05', '04-01', '03-25').toSorted()).toEqual([
      '2020-12-24',
      '2021-03-25',
      '2021-04-01',
      '2021-04-05',
    ])
    expect(days('04-05', '03-28', '04-01', '03-20').toSorted()).toEqual([
      '2021-03-20',
      '2021-03-28',
      '2021-04-01',
      '2021-04-05',
    ])
  })

  test('the years in the titles of a list say how late it can be', () => {
    const titled = [2016, 2015, 2014].map((year, i) =>
      item(`${year}年度部门决算公开说明`, 'javascript:;', `03-0${5 - i}`),
    )
    expect(newest(`<ul>${titled.join('')}</ul>`)).toBe('2017-03-05')
  })

  const old = Array.from({ length: 9 }, (_, i) =>
    item(`关于第${i}次会议情况的通报`, `201908/t2019080${i + 1}_1.html`, `08-0${i + 1}`),
  )

  test('on a page that stopped years ago an unknown year is an old one', () => {
    const body = `<ul>${old.join('')}</ul><ul>${item('关于做好防火工作的通知', 'javascript:;', '03-10')}</ul>`
    expect(read(page(body)).items.map(({ date }) => date)).toContain('2019-03-10')
    expect(newest(body)).toBe('2019-08-09')
  })

  test('but a list that reaches up to today is alive', () => {
    const items = ['04-06', '04-02', '03-28'].map((date, i) =>
      item(`关于第${i}期简报的通知`, 'https://mp.weixin.qq.com/s/x', date),
    )
    expect(newest(`<ul>${old.join('')}</ul><ul>${items.join('')}</ul>`)).toBe('2021-04-06')
  })

  test('29 February belongs to a leap year', () => {
    expect(newest(list('02-29'))).toBe('2020-02-29')
  })
})
