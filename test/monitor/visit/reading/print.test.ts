import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { type Reading, readWhole } from '../../../../server/monitor/read/read.ts'
import { printOf } from '../../../../server/monitor/visit/reading/print.ts'

const PAGES = fileURLToPath(new URL('../../../../../shared/material/pages/', import.meta.url))
const isThere = existsSync(`${PAGES}manifest.json`)
if (!isThere) console.log('labelled pages: material absent, skipped')

interface Labelled {
  file: string
  kind: 'home' | 'list' | 'article'
  ref: string
}
const labelled = (isThere ? JSON.parse(readFileSync(`${PAGES}manifest.json`, 'utf8')) : []) as Labelled[]
const pages = labelled.filter(({ kind }) => kind !== 'article').map((row) => ({ ...row, name: row.file }))

const print = (text: string) => atOnce(printOf(text))
const readingOf = ({ file, kind, ref }: Labelled): Reading =>
  readWhole({ bytes: readFileSync(PAGES + file), kind, ref })

/** What the reader makes of it. */
function seenIn({ kind, ref }: Labelled, text: string) {
  const { page, items } = readWhole({ bytes: Buffer.from(text), kind, ref })
  return {
    links: page?.anchors.map(({ href }) => href),
    dates: page?.hits.map(({ match }) => match.raw),
    items,
  }
}

/** The page with another last digit in the text that begins at `at`. */
function otherDigit(text: string, at: number, raw: string): string {
  const index = at + raw.search(/\d(?!.*\d)/)
  const digit = (Number(text[index]) + 1) % 10
  return `${text.slice(0, index)}${digit}${text.slice(index + 1)}`
}

const CHANGING = (n: number, weather: string) => `
  <div class="top"><span>今天是2026年3月${n}日 星期${'一二三'[n % 3]}</span> <em>10:2${n}:3${n}</em> 农历正月初${'一二三'[n % 3]}</div>
  <div id="weather">广州 <b>${weather}</b> <i>${n + 10}℃~${n + 18}℃</i></div><p>${weather}</p>
  <p>访问量：1234${n}</p><p>您是第 98765${n} 位访客</p><span class="num">0012${n}4</span><a href="/x/">在线人数：${n}</a>
  <input type="hidden" name="_csrf" value="a8f3${n}c9d0e1"><script src="/count.js?t=176412345678${n}"></script>
  <script>var now = 176412345678${n}, token = "d41d8cd98f00b204e980${n}998ecf8427e"; count(now)</script>
  <!-- generated in 0.00${n}4 s --><meta name="makeTime" content="2026-03-0${n} 10:0${n}:00">
  <div data-key="${n}77" id="ext-gen10${n}4" style="width:${n}px"></div><img src="/banner.jpg?_=${n}12">`

describe.skipIf(!isThere)('by its print a page is known again', () => {
  it.each(pages)('$name: whatever its counters, clocks, tokens and weather say', ({ file, kind, ref }) => {
    const { text } = readingOf({ file, kind, ref })
    const cut = text.lastIndexOf('</body') < 0 ? text.length : text.lastIndexOf('</body')
    const withIt = (n: number, weather: string) => text.slice(0, cut) + CHANGING(n, weather) + text.slice(cut)
    expect(print(withIt(1, '多云'))).toBe(print(withIt(5, '小雨转晴')))
  })

  it.each(pages)('$name: another date of any item, title or address is another page', (row) => {
    const { page, text } = readingOf(row)
    const known = print(text)
    const hidden: string[] = []
    for (const { match, offset, doubt, label } of page?.hits ?? []) {
      // What the reader itself does not believe on any day need not be seen.
      if (doubt !== null || label === 'other' || !text.startsWith(match.raw, offset) || !/\d/.test(match.raw))
        continue
      const day = match.raw.replace(/[ T]*\d{1,2}[:：时]\d.*$/, '')
      if (print(otherDigit(text, offset, day)) === known) hidden.push(`${match.raw} at ${offset}`)
    }
    let at = 0
    for (const { href } of page?.anchors ?? []) {
      const found = href.length > 3 ? text.indexOf(href, at) : -1
      if (found < 0 || /[?;&]/.test(href)) continue
      at = found + href.length
      const other = `${text.slice(0, found)}${href.slice(0, -2)}~${href.slice(-1)}${text.slice(at)}`
      if (print(other) === known) hidden.push(href)
    }
    expect(hidden).toEqual([])
  })

  it.each(pages)('$name: one item more or less is another page', (row) => {
    const { text } = readingOf(row)
    const known = print(text)
    const links = [...text.matchAll(/<a\b[^>]*href[^>]*>[^<]{4,}<\/a>/gi)]
    for (const { index, 0: link } of links) {
      const more = `<li><a href="/t20260310_1.html">${link.replace(/<[^>]*>/g, '')}</a><span>03-10</span></li>`
      for (const other of [
        text.slice(0, index) + text.slice(index + link.length),
        text.slice(0, index) + more + text.slice(index),
      ]) {
        // In a comment or a script a link is none.
        if (print(other) === known) expect(seenIn(row, other), link).toEqual(seenIn(row, text))
      }
    }
  })
})

it('a page that is made to be slow to know is known in time', () => {
  const many = 500_000
  const made = [
    `<div style="${'0'.repeat(many)}">`,
    `<div style="${'.'.repeat(many)}">`,
    `<p>${'('.repeat(many)}</p>`,
    '<a =" '.repeat(many / 10),
    '< '.repeat(many),
    `<i>${'2026年 '.repeat(many / 10)}</i>`,
  ]
  for (const html of made) expect(print(html)).toHaveLength(20)
})

describe('what a page says in words', () => {
  const of = (inner: string) => print(`<html><body><ul>${inner}</ul></body></html>`)
  it.each([
    ['a day beside its month', '<b>23</b><i>2020-12</i>', '<b>24</b><i>2020-12</i>'],
    ['so many days ago', '<a href="/a">会议</a> 3天前', '<a href="/a">会议</a> 4天前'],
    [
      'a list in a script',
      '<script>d=[{title:"关于会议",pubDate:1521770978395}]</script>',
      '<script>d=[{title:"关于会议",pubDate:1521870978395}]</script>',
    ],
    ['a number in a title', '<a href="/a">第3次会议召开</a>', '<a href="/a">第4次会议召开</a>'],
    ['an address alone', '<a href="/art_77.html">每周菜价</a>', '<a href="/art_78.html">每周菜价</a>'],
    [
      'a list in a comment',
      '<!-- <li><a href="/a">会议</a>2020-12-23</li> -->',
      '<!-- <li><a href="/a">会议</a>2020-12-24</li> -->',
    ],
    ['a day with its weekday', '<i>2026-06-01 星期一</i>', '<i>2026-06-15 星期一</i>'],
    ['a month and day with its weekday', '<i>06月08日（周一）</i>', '<i>06月15日（周一）</i>'],
    ['a date of wide strokes', '<i>2026／06／12</i>', '<i>2026／06／15</i>'],
    ['a date with minus signs', '<i>2026−06−12</i>', '<i>2026−06−15</i>'],
    ['a date with unbroken hyphens', '<i>2026‑06‑12</i>', '<i>2026‑06‑15</i>'],
    ['a date of references', '<i>2026&#45;06&#45;12</i>', '<i>2026&#45;06&#45;15</i>'],
    ['a date over two lines', '<i>2026年  6月\n  12日</i>', '<i>2026年  6月\n  15日</i>'],
    [
      'a list of times in seconds in a script',
      '<script>add("甲",1781222400);add("乙",1781136000);add("丙",1781049600)</script>',
      '<script>add("甲",1781308800);add("乙",1781136000);add("丙",1781049600)</script>',
    ],
    [
      'a date of wide strokes in a script',
      '<script>add("关于会议","2026／06／12")</script>',
      '<script>add("关于会议","2026／06／15")</script>',
    ],
    ['the year over a list', '<h3>2025年</h3><i>06-12</i>', '<h3>2026年</h3><i>06-12</i>'],
    [
      'the bare year over a list',
      '<h3>2025</h3><p>通知</p><i>06-12</i>',
      '<h3>2026</h3><p>通知</p><i>06-12</i>',
    ],
    ['a date in angles', '<i>< 2026-06-12 ></i>', '<i>< 2026-06-15 ></i>'],
    ['a date after a quote too many', '<td width="80"">2026-06-12</td>', '<td width="80"">2026-06-15</td>'],
    [
      'what a style hides',
      '<p style="width:10px;display:none">2026-06-12</p>',
      '<p style="width:10px;display:block">2026-06-12</p>',
    ],
    ['what is hidden', '<p data-n="1" hidden>2026-06-12</p>', '<p data-n="1">2026-06-12</p>'],
    ['a title without a link', '<p>在线办理指南</p>', '<p>在线下载指南</p>'],
    [
      'a number that is an article',
      '<a data-i="1" href="/show.asp?t=101">公告</a>',
      '<a data-i="1" href="/show.asp?t=102">公告</a>',
    ],
    ['who runs it', '<p>主办单位：甲局</p>', '<p>主办单位：乙局</p>'],
  ])('%s is seen', (_, before, after) => {
    expect(of(before)).not.toBe(of(after))
  })

  it.each([
    [
      'a stamp in an address',
      '<a id="a1" href="/a.html?t=1764123456781">会议</a>',
      '<a id="a1" href="/a.html?t=1764123456799">会议</a>',
    ],
    ['an image made anew', '<img src="/code.asp?r=17">', '<img src="/code.asp?r=18">'],
    [
      'when a script was made',
      '<script>var now = 1764123456781</script>',
      '<script>var now = 1764123456799</script>',
    ],
    ['who reads', '<p>阅读 12 次</p>', '<p>阅读 13 次</p>'],
    ['a number with its unit', '<b>1,234次</b>', '<b>1,235次</b>'],
    ['the width of a place', '<p style="width:10px">关于会议</p>', '<p style="width:11px">关于会议</p>'],
  ])('%s is not', (_, before, after) => {
    expect(of(before)).toBe(of(after))
  })
})
