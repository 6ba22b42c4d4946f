import { describe, expect, test } from 'vitest'
import { list, newest, page, REF, read } from './snippets.ts'

const item = (title: string, href: string, date: string) =>
  `<li><a href="${href}">${title}</a><span>${date}</span></li>`
const whys = (html: string) => read(page(html)).rejected.map(({ why }) => why)

describe('dates that are no publish dates', () => {
  test.each([
    [
      'a clock written by script',
      '<div>今天是：<script>document.write(new Date().getFullYear()+"年")</script></div>',
    ],
    ['a frozen clock', '<div class="top">2021年04月06日 星期二</div>'],
    ['a frozen clock in two blocks', '<div>2021年04月06日</div><div>星期二</div>'],
    ['a frozen clock after a block', '<div>今天是</div><div>2021年04月06日</div>'],
    ['a frozen clock in two elements', '<div><span>2021年04月06日</span><span>星期二</span></div>'],
    ['a clock in traditional characters', '<div>2021年04月06日 週二</div>'],
    ['a weekday before the date', '<div>星期二 2021年04月06日</div>'],
    ['a greeting', '<div>您好，欢迎访问本站！今天是2021年4月6日</div>'],
    ['a clock told by its name', '<li id="localtime"><a href="/">网站无障碍浏览</a>2021-04-06</li>'],
    [
      'a clock far from any list',
      '<div><div><p>2021年04月06日</p></div><div><a href="/en">政府信息公开平台</a></div></div>',
    ],
    ['a lunar calendar', '<div>2021年4月6日 农历二月廿五</div>'],
    ['the licence line', '<p>版权所有 © 2002-2021 粤ICP备05083647号 更新于2021-04-06</p>'],
    ['a generation comment', '<!--make time: 2021-04-06 18:00:24-->'],
    ['a telephone number', '<p>联系电话：0432-64606800 传真：020-2021-04-06</p>'],
    ['a choice of dates', '<select><option>2021-04-06</option></select>'],
    ['a search form', '<input name="from" value="2021-04-06">'],
    [
      'a link list of other sites',
      '<select><option value="http://www.gov.cn/2021-04/06/content_1.htm">国研室</option></select>',
    ],
    ['a period of an activity', item('人行道改造工程意见征集', '1.html', '2021-03-01 至 2021-04-06')],
    [
      'a period in two elements',
      '<li><a href="1.html">人行道改造工程意见征集</a><span>2021-03-01</span><span>至</span><span>2021-04-06</span></li>',
    ],
    ['a deadline', item('人行道改造工程意见征集', '1.html', '截止日期：2021-04-06')],
    ['the time of a meeting', item('县政府常务会议预告通知', '1.html', '会议时间：2021-04-06')],
    ['a date in a title', item('河南省铁路安全规定2021年4月1日起施行', '1.html', '')],
    ['a date at the head of a title', item('2021年4月6日县电视新闻联播', '1.html', '')],
    ['a document number', item('关于印发县政府〔2021〕3号文件的通知', '1.html', '')],
    ['a case number', item('（2016）粤13民终2456号民事判决书', '1.html', '')],
    ['a year and month', item('企业登记延续提示公告（2021年3月）', '1.html', '')],
    ['a count', item('今年共办结建议提案工作的通报', '1.html', '12')],
    ['a temperature', '<li><a href="1.html">本县七天天气预报详情</a><span>12-20℃</span></li>'],
    ['a day that does not exist', item('关于做好防汛工作的通知', '1.html', '2021-02-30')],
  ])('%s', (_, body) => {
    expect(newest(body)).toBeNull()
    expect(newest(`${body}${list('2020-12-01', '2020-11-30')}`)).toBe('2020-12-01')
  })

  test('the time the page was generated', () => {
    const head =
      '<meta name="HtmlGenerateTime" content="2021-04-06 11:38:50"><meta name="others" content="页面生成时间 2021-04-06 15:09:57"><meta name="Maketime" content="2021-04-05 01:00:00">'
    expect(read(page('<h1>关于本县</h1>', head), { kind: 'article' })).toMatchObject({ outcome: 'undated' })
    expect(read(page(list('2020-12-01'), head)).newest).toBe('2020-12-01')
  })

  test('a future date is never answered, and said to be future', () => {
    const finding = read(page(list('2021-04-08', '2023-10-11', '2021-03-01')))
    expect(finding.newest).toBe('2021-03-01')
    expect(finding.rejected).toEqual([
      { raw: '2021-04-08', why: 'future' },
      { raw: '2023-10-11', why: 'future' },
    ])
  })

  test('the reasons are given, the nearest misses first', () => {
    const body = `<p>2021年4月6日 星期二</p>${item('规定2021年4月1日起施行的公告', '1.html', '截止日期：2021-04-06')}`
    expect(whys(body)).toEqual(['header_clock', 'matter_date', 'in_title'])
  })

  test('the end of a title is no label of the date that follows', () => {
    expect(newest(`<ul>${item('关于公布今年招聘考试时间', '1.html', '2021-03-01')}</ul>`)).toBe('2021-03-01')
    expect(
      newest('<ul><li><a href="1.html">关于组织开展春季植树活动(2021-03-01)</a></li></ul>', { kind: 'list' }),
    ).toBe('2021-03-01')
  })

  test('one date glued to one title of a home page may belong to the title', () => {
    const glued = (n: number) => `<li><a href="${n}.html">关于第${n}批名单的公示(2021-03-0${n})</a></li>`
    expect(newest(glued(1))).toBeNull()
    expect(newest(glued(1) + glued(2))).toBe('2021-03-02')
  })

  test('dates in some titles do not date a list that has none', () => {
    const items = Array.from(
      { length: 9 },
      (_, n) => `<li><a href="${n}.html">关于第${n}批名单的公示${n < 3 ? '（2021年3月1日）' : ''}</a></li>`,
    )
    expect(newest(items.join(''))).toBeNull()
  })

  test('a later date in the address of an imported item', () => {
    expect(
      newest(`<ul>${item('关于印发工作方案的通知', '201911/t20191125_1.html', '2016-01-26')}</ul>`),
    ).toBe('2016-01-26')
  })

  test('a daily figure in the title does not hide the publish date beside it', () => {
    const body = `<ul><li><a href="1.html">今日蔬菜批发价格（2021年4月6日）</a><span>2021-04-05</span></li></ul>`
    expect(newest(body)).toBe('2021-04-05')
  })

  test('numeric references are read as the characters they stand for', () => {
    expect(
      newest(
        '<ul><li><a href="1.html">&#20851;&#20110;开展检查工作</a><span>&#50;021&#45;03-01</span></li></ul>',
      ),
    ).toBe('2021-03-01')
  })
})

describe('lists that are not in the text of the page', () => {
  const record = (date: string, n: number) =>
    `<li><a href="/art/${n}.html">关于第${n}次会议情况的通报</a><b>${date}</b></li>`

  test('an inline object of the page script', () => {
    const entry = (date: string, n: number) =>
      `{"images":[{}],"title":"第${n}号政策解读","pubDate":"${date} 16:59","releaseTime":1617700000000,"urls":"{\\"pc\\":\\"/c_${n}.html\\"}"}`
    const script = `<script>var listData={articleList:[${entry('2021-03-01', 1)},${entry('2021-03-05', 2)}]}</script>`
    expect(read(page(script))).toMatchObject({
      newest: '2021-03-05',
      evidence: { where: 'script', text: '第2号政策解读' },
    })
  })

  test('a list a script takes out of a comment', () => {
    expect(read(page(`<ul><!--${record('2021-03-05', 1)}${record('2021-03-01', 2)}--></ul>`))).toMatchObject({
      newest: '2021-03-05',
      evidence: { where: 'comment' },
    })
  })

  test('a part of a home page that was commented out is gone', () => {
    const gone = `<!--<div><ul>${record('2021-03-05', 1)}${record('2021-03-01', 2)}</ul></div>-->`
    expect(newest(gone)).toBeNull()
    expect(newest(gone, { kind: 'list' })).toBe('2021-03-05')
  })

  test('a comment does not count where a list is shown', () => {
    expect(
      newest(`<!--<ul>${record('2021-03-05', 1)}${record('2021-03-01', 2)}</ul>-->${list('2020-12-01')}`),
    ).toBe('2020-12-01')
  })

  test('records of a data store', () => {
    const records = [record('2021-03-05', 1), record('2021-03-01', 2)].map(
      (text) => `<record><![CDATA[${text}]]></record>`,
    )
    expect(
      newest(
        `<script type="text/xml"><datastore><recordset>${records.join('')}</recordset></datastore></script>`,
        { kind: 'list' },
      ),
    ).toBe('2021-03-05')
  })

  test('markup a script writes', () => {
    expect(
      newest(
        `<script>document.write('${record('2021-03-05', 1)}${record('2021-03-01', 2)}'.trim())</script>`,
      ),
    ).toBe('2021-03-05')
  })

  test('dates a script writes beside each item', () => {
    const written = (n: number) =>
      `<li><a href="${n}.html">关于第${n}次会议情况的通报</a><script>var d='2021-03-0${n} 10:00';document.write(d.substring(5,10))</script></li>`
    expect(newest(written(1) + written(5))).toBe('2021-03-05')
    expect(newest("<p>倒计时</p><script>var end='2021-03-05';document.write(end)</script>")).toBeNull()
  })

  test('addresses, where no date is shown at all', () => {
    const links = ['20190523', '20190509', '20190426'].map(
      (day) => `<li><a href="staticpages/${day}/a.html">深刻改变中国命运的理论指引</a></li>`,
    )
    expect(read(page(links.join('')))).toMatchObject({
      newest: '2019-05-23',
      evidence: { where: 'url', why: 'link_address' },
    })
    expect(newest(`${links.join('')}${list('2018-01-01')}`)).toBe('2018-01-01')
  })

  test('two dated addresses are a banner, not a list', () => {
    expect(
      newest(
        '<a href="/20210406/1.html">庆祝中国共产党成立一百周年</a><a href="/20210405/1.html">优化营商环境专题专栏</a>',
      ),
    ).toBeNull()
  })
})

test('the reference day is the only today there is', () => {
  expect(newest(list('2026-01-01'))).toBeNull()
  expect(newest(list('2026-01-01'), { ref: '2026-01-01' })).toBe('2026-01-01')
  expect(REF < '2026-01-01').toBe(true)
})
