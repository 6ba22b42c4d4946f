import { describe, expect, it } from 'vitest'
import { list, newest } from '../snippets.ts'

/* Years at the head of lists of months and days, and beside them. */

const ref = '2026-06-15'
const rows = (dates: readonly string[], of = '工作') =>
  `<ul>${dates.map((date, i) => `<li><a href="/${of}/${i}.html">关于做好第${i}项${of}的通知</a><span>${date}</span></li>`).join('')}</ul>`
const boxed = (head: (title: string) => string) =>
  `<div class="n">${head('工作动态')}${rows(['06-12', '06-10', '06-05', '05-28'])}</div><div class="n">${head('通知公告')}${rows(['06-11', '06-09', '06-02'], '防汛')}</div>`
const NEWS = boxed((title) => `<h2>${title}</h2>`)

const BESIDE: readonly (readonly [name: string, html: string])[] = [
  ['of the annual report', '<div><h3>政府信息公开年报</h3><span>2025年</span><a href="/nb/">查看</a></div>'],
  ['of the annual report, below its name', '<div><h3>政府信息公开年报</h3><p>2025年度</p></div>'],
  ['in brackets behind a link', '<div><a href="/gzbg">政府工作报告</a><span>（2025年）</span></div>'],
  ['of a slogan', '<div class="zt"><b>2025年</b><a href="/zt">民生实事完成情况专题展示</a></div>'],
  ['and month of a gazette', '<div><a href="/gb">公报</a><span>2025年12月</span></div>'],
  ['and month in a paragraph', '<p>2020年1月</p>'],
  ['of a picture', '<div class="sl"><a href="/z1"><img src="1.jpg"></a><p>2025年</p></div>'],
  ['of a choice of years', '<div class="f"><span>2024年</span><i></i></div>'],
  ['of a plan', '<div><h3>2025</h3><p>年度民生实事</p></div>'],
]

describe('a year on a page of living lists', () => {
  it.each(BESIDE)('%s is of none of them', (_, html) => {
    expect(newest(html + NEWS, { ref })).toBe('2026-06-12')
    expect(newest(NEWS + html, { ref })).toBe('2026-06-12')
  })

  it.each(BESIDE)('%s is of none of them, where their heads are no headings', (_, html) => {
    const inBoxes = boxed((title) => `<div class="t">${title}</div>`)
    const asLinks = boxed((title) => `<a href="/c">${title}</a>`)
    expect(newest(html + inBoxes, { ref })).toBe('2026-06-12')
    expect(newest(html + asLinks, { ref })).toBe('2026-06-12')
  })

  it('of a choice is of no list below its box', () => {
    const choice = '<div class="yr"><span>年份：</span><span>2024年</span></div>'
    expect(newest(choice + rows(['06-12', '06-10', '06-05']), { ref, kind: 'list' })).toBe('2026-06-12')
  })

  it('of one list is not of the next', () => {
    const old = `<h3>2024年</h3>${rows(['06-12', '06-10'], '统计')}`
    expect(newest(old + NEWS, { ref })).toBe('2026-06-12')
  })
})

const OLD = ['06-12', '06-10', '06-05'] as const

describe('a year at the head of a list is of its items', () => {
  it.each([
    ['in a heading', `<h3>2024年</h3>${rows(OLD)}`],
    ['in a box', `<div class="hd"><h3>2024年</h3><a href="/more">更多</a></div><div>${rows(OLD)}</div>`],
    ['in bold', `<p><b>2024年</b></p>${rows(OLD)}`],
    ['in a paragraph', `<p>2024年</p>${rows(OLD)}`],
    ['in a box without a heading', `<div class="year">2024年</div><div class="l">${rows(OLD)}</div>`],
    ['with what is of it', `<h2>2024年文件</h2>${rows(OLD)}`],
    [
      'in a row of its own',
      `<table><tr><td colspan="2">2024年</td></tr>${OLD.map((date, i) => `<tr><td><a href="/${i}">关于做好第${i}项工作的通知</a></td><td>${date}</td></tr>`).join('')}</table>`,
    ],
    [
      'in a definition',
      `<dl><dt>2024年</dt>${OLD.map((date, i) => `<dd><a href="/${i}">关于做好第${i}项工作的通知</a> ${date}</dd>`).join('')}</dl>`,
    ],
    ['with its month', `<h3>2024年6月</h3>${rows(OLD)}`],
  ])('%s', (_, html) => {
    expect(newest(html, { ref, kind: 'list' })).toBe('2024-06-12')
  })

  it.each([
    ['in front of each', (item: string, date: string) => `<td>2024年</td><td>${date}</td><td>${item}</td>`],
    ['behind each', (item: string, date: string) => `<td>${date}</td><td>${item}</td><td>2024年</td>`],
  ])('%s', (_, row) => {
    const items = OLD.map(
      (date, i) => `<tr>${row(`<a href="/${i}">关于做好第${i}项工作的通知</a>`, date)}</tr>`,
    )
    expect(newest(`<table>${items.join('')}</table>`, { ref, kind: 'list' })).toBe('2024-06-12')
  })
})

it('a page of years and links without end in one item is read in time', () => {
  const links = '<a href="/x">abcd ef</a>2023年<br>'.repeat(30_000)
  expect(newest(`${list('2021-03-01', '2021-02-01')}<ul><li>${links}</li></ul>`)).toBe('2021-03-01')
})
