import { describe, expect, test } from 'vitest'
import { list, newest, page, REF, read } from './snippets.ts'

describe('ways of writing a date beside an item', () => {
  test.each([
    ['2021-01-06', 'year first, with dashes'],
    [' 2021-1-6 ', 'unpadded, with spaces'],
    ['2021-01-6', 'half padded'],
    ['2021/01/06', 'slashes'],
    ['2021/1/6 9:05:00', 'slashes and a time'],
    ['2021.01.06', 'dots'],
    ['2021年1月6日', 'characters'],
    ['2021年01月06日 09:30', 'characters and a time'],
    ['[2021-01-06]', 'square brackets'],
    ['（2021-01-06）', 'full-width brackets'],
    ['【2021-01-06】', 'lenticular brackets'],
    ['2021-01-06 09:30', 'with a time'],
    ['2021-01-06 09:30:11.0', 'as a database prints it'],
    ['2021-01-06T09:30:11', 'ISO'],
    ['２０２１－０１－０６', 'full-width figures'],
    ['20210106', 'without separators'],
    ['21-01-06', 'two-digit year'],
    ['(21-01-06)', 'two-digit year in brackets'],
    ['21年01月06日', 'two-digit year with characters'],
    ['1/6/2021 12:00:00 AM', 'month first, as ASP.NET prints it'],
    ['Jan 6, 2021', 'English'],
    ['Wed Jan 06 09:30:11 CST 2021', 'as Java prints it'],
    ['01-06', 'month and day'],
    ['[01-06]', 'month and day in brackets'],
    ['01/06', 'month and day with a slash'],
    ['01.06', 'month and day with a dot'],
    ['1月6日', 'month and day with characters'],
    ['发布时间：2021-01-06', 'with its label'],
    ['日期: 2021-01-06', 'with a short label'],
    ['时　间：2021-01-06', 'with a spaced label'],
    ['发布日期<b>2021-01-06</b>', 'label and date in two elements'],
    ['<b>06</b><i>2021-01</i>', 'day above year and month'],
    ['<b>06</b><i>2021/01</i>', 'day above year and month, slashes'],
    ['<i>2021-01</i><b>06</b>', 'year and month above day'],
    ['<i>2021年1月</i><b>6</b>', 'year and month in characters above day'],
    ['<b>01-06</b><i>2021</i>', 'month and day above year'],
    ['<i>2021</i><b>01/06</b>', 'year above month and day'],
    ['<b>06</b><i>1月</i>', 'day above month, no year'],
    ['<b>6</b><i>Jan</i>', 'day above an English month'],
    ['<b>06</b><i>01月</i><u>2021</u>', 'day, month and year apart'],
    ['<time datetime="2021-01-06T10:00">昨日</time>', 'only in the time element'],
    ['<em title="2021-01-06 10:11">1月前</em>', 'only in a title attribute'],
    ['2021／01／06', 'full-width slashes'],
    ['2021．1．6', 'full-width dots'],
    ['2021\u201101\u201106', 'hyphens that do not break'],
    ['2021\u221201\u221206', 'minus signs'],
    ['2021-01-0608:30', 'a time glued to the date'],
    ['2021-01-0608:30:15', 'a time with seconds glued to the date'],
    ['二〇二一年一月六日', 'Han numerals'],
    ['二O二一年一月六日', 'Han numerals with a letter for the zero'],
    ['二0二一年一月六日', 'Han numerals with a figure for the zero'],
    ['二〇二一年一月六日 09:30', 'Han numerals and a time'],
    ['6 January 2021', 'English, the day first'],
    ['<em>2021</em><em>01</em><em>06</em>', 'year, month and day apart'],
    ['<em>2021</em>-<em>01</em>-<em>06</em>', 'year, month and day apart, with dashes'],
    ['<em>2021</em>年<em>1</em>月<em>6</em>日', 'year, month and day apart, in characters'],
    ['发布日期：<b>06</b><i>2021-01</i>', 'a label and a date in two elements'],
  ])('reads %s (%s)', (date) => {
    expect(newest(list('2020-11-30', date, '2020-12-01'))).toBe('2021-01-06')
  })

  test.each([
    ['3小时前', REF],
    ['昨天', '2021-04-06'],
    ['前天 08:15', '2021-04-05'],
    ['5天前', '2021-04-02'],
    ['4 日前', '2021-04-03'],
    ['2周前', '2021-03-24'],
    ['1个星期前', '2021-03-31'],
    ['今天', REF],
    ['今日', REF],
    ['昨日', '2021-04-06'],
  ])('counts %s back from the reference day', (date, expected) => {
    expect(newest(list(date))).toBe(expected)
  })

  test.each([
    ['after the date', (day: string, week: string) => `${day} ${week}`],
    ['in brackets', (day: string, week: string) => `${day}（${week}）`],
    ['in an element of its own', (day: string, week: string) => `${day}<i>${week}</i>`],
  ])('a weekday %s does not make clocks of the dates of a list', (_, write) => {
    const dates = [write('2021-03-01', '星期一'), write('2021-03-02', '星期二')]
    expect(newest(list(...dates))).toBe('2021-03-02')
    expect(newest(`<p>${write('2021-04-07', '星期三')}</p>${list(...dates)}`)).toBe('2021-03-02')
  })

  test('which number is the day, a whole list tells', () => {
    expect(newest(list('05/03/2021', '28/02/2021'))).toBe('2021-03-05')
    expect(newest(list('03/05/2021', '02/28/2021'))).toBe('2021-03-05')
    expect(newest(list('05/03', '28/02'))).toBe('2021-03-05')
    expect(newest(list('<i>05</i>/03', '<i>28</i>/02'))).toBe('2021-03-05')
  })

  test('two numbers with a mark between them are no date by themselves', () => {
    expect(newest('<p><b>1</b>/<b>12</b> <a href="2.html">查看下一页的全部内容</a></p>')).toBeNull()
    expect(newest('<p><a href="2.html">全县第一季度工作完成情况</a> 28/12</p>')).toBeNull()
  })

  test('says where the date stands and how it is written', () => {
    const finding = read(page(list('2021-01-06')))
    expect(finding).toMatchObject({
      outcome: 'dated',
      newest: '2021-01-06',
      evidence: {
        date: '2021-01-06',
        text: '关于做好第0项工作的通知',
        href: '/a/0.html',
        where: 'list',
        raw: '2021-01-06',
        form: 'ymd',
        why: 'item_date',
      },
    })
    expect(page(list('2021-01-06')).slice(finding.evidence!.offset)).toMatch(/^2021-01-06/)
  })
})

describe('where a date stands', () => {
  const title = '关于开展春季安全生产检查的通知'
  test.each([
    ['before the link', `<li><span>2021-01-06</span><a href="1.html">${title}</a></li>`],
    ['inside the link', `<li><a href="1.html">${title}<span>2021-01-06</span></a></li>`],
    [
      'glued to the title, in brackets',
      `<li><a href="1.html"><h3>${title}(2021-01-06)</h3></a></li><li><a href="2.html"><h3>${title}(2020-12-30)</h3></a></li>`,
    ],
    [
      'in front of the title',
      `<li><a href="1.html">[2021-01-06] ${title}</a></li><li><a href="2.html">[2020-12-30] ${title}</a></li>`,
    ],
    [
      'in front of the title, month and day',
      `<li><a href="1.html">[01-06] ${title}</a></li><li><a href="2.html">[12-30] ${title}</a></li>`,
    ],
    ['before a dot', `<p>01-06 · <a href="1.html">${title}</a></p>`],
    [
      'in the next cell',
      `<table><tr><td>·</td><td><a href="1.html">${title}</a></td><td>2021-01-06</td></tr></table>`,
    ],
    [
      'in a cell with a link of its own',
      `<table><tr><td><a href="1.html">${title}</a><td><a href="1.html">2021-01-06</a></table>`,
    ],
    ['in a definition list', `<dl><dt><a href="1.html">${title}</a></dt><dd>2021-01-06</dd></dl>`],
    [
      'after the link, up to a line break',
      `<div><a href="0.html">${title}</a> 2020-12-30<br><a href="1.html">${title}</a> 2021-01-06<br></div>`,
    ],
    [
      'before the link, up to a line break',
      `<div>2020-12-30 <a href="0.html">${title}</a><br>2021-01-06 <a href="1.html">${title}</a><br></div>`,
    ],
    [
      'in an upper-case, unclosed list',
      `<UL><LI><A HREF="1.html">${title}</A> [2021-01-06]<LI><A HREF="2.html">${title}</A> [2021-01-05]</UL>`,
    ],
    [
      'in a card with a category',
      `<div><p><a href="/c/">政务要闻</a><span>2021-01-06</span></p><h4><a href="1.html">${title}</a></h4></div>
      <div><p><a href="/c/">政务要闻</a><span>2021-01-05</span></p><h4><a href="2.html">${title}</a></h4></div>`,
    ],
    [
      'under a summary with other dates',
      `<li><a href="1.html">${title}</a><p>2021年3月1日上午，县领导到各乡镇检查安全生产工作并召开现场会议。<a href="1.html">[详情]</a></p><span>2021-01-06</span></li>`,
    ],
    [
      'in the title attribute of the link',
      `<li><a href="1.html" title="标题：${title}\n点击数：1\n发表时间：21年01月06日">${title}</a></li>`,
    ],
    [
      'at the end of the title attribute',
      `<li><a href="1.html" title="${title}(2021-01-06)">${title}</a></li><li><a href="2.html" title="${title}(2020-12-30)">${title}</a></li>`,
    ],
    [
      'in a hidden tab',
      `${list('2020-12-30')}<ul style="display:none"><li><a href="1.html">${title}</a><span>2021-01-06</span></li></ul>`,
    ],
    ['in a marquee', `<marquee><a href="1.html">${title}</a>(2021-01-06)</marquee>`],
    [
      'in a block beside the titles',
      `<div><div><a href="1.html">${title}甲</a><a href="2.html">${title}乙</a></div><div><p>2021-01-06</p><p>2021-01-05</p></div></div>`,
    ],
  ])('reads it %s', (_, body) => {
    const finding = read(page(body))
    expect(finding.newest).toBe('2021-01-06')
    expect(finding.evidence?.text).toContain(title)
  })

  test('reads the publish date, not the signing date, of a table with both', () => {
    const body = `<table><tr><th>序号</th><th>标题</th><th>成文日期</th><th>发布日期</th></tr>
      <tr><td>1</td><td><a href="1.html">关于印发应急预案的通知</a></td><td>2021-02-01</td><td>2021-01-06</td></tr></table>`
    expect(newest(body, { kind: 'list' })).toBe('2021-01-06')
  })

  test('leaves out columns of other dates', () => {
    const body = `<table><tr><td>项目名称</td><td>截止日期</td><td>发布日期</td></tr>
      <tr><td><a href="1.html">采购办公设备的竞争性磋商公告</a></td><td>2021-03-31</td><td>2021-01-06</td></tr></table>`
    expect(newest(body, { kind: 'list' })).toBe('2021-01-06')
  })

  test('takes the newest item, wherever the list keeps it', () => {
    expect(newest(list('2018-01-02', '2021-01-05', '2021-01-06', '2020-12-30'))).toBe('2021-01-06')
  })

  test('gives the newest items first, each once, with the number of recent ones', () => {
    const twice = `<a href="/a/1.html"><img alt="关于做好第1项工作的通知"></a>${list('2021-03-24', '2021-04-06', '2021-03-23')}`
    const finding = read(page(twice))
    expect(finding.items.map((item) => item.date)).toEqual(['2021-04-06', '2021-03-24', '2021-03-23'])
    expect(finding.recent).toBe(2)
  })
})
