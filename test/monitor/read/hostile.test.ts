import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { finding } from '../../../shared/monitor/freshness/freshness.ts'
import { leastOf } from '../../support/least.ts'
import { REF } from './snippets.ts'

const kind = fc.constantFrom('home', 'list', 'article', undefined)

/** What has to hold for every page there could be. */
function check(bytes: Uint8Array, as: 'home' | 'list' | 'article' | undefined, ref = REF, url?: string) {
  const found = readPage({ bytes, ref, ...(as ? { kind: as } : {}), ...(url === undefined ? {} : { url }) })
  finding.parse(found)
  expect(found.reason).not.toBe('failed')
  const days = [found.newest, found.evidence?.date, ...found.items.map(({ date }) => date)]
  for (const day of days) if (day != null) expect(day <= ref).toBe(true)
  expect(found.outcome === 'dated').toBe(found.newest !== null)
  expect(found.evidence?.date ?? null).toBe(found.newest)
}

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const piece = fc.oneof(
  day,
  day.map((text) => text.slice(5)),
  day.map((text) => text.replace(/-/g, '/')),
  fc.constantFrom(
    ...'<li>|</li>|<a href="t20210101_1.html">|<a title="发布时间：|">|</a>|<ul>|</div>|<td>|<tr>|</table>|<table>|<th>标题|<br>|<!--|-->|<script>|</script>|pubDate:"|"|<![CDATA[|]]>|<h1>|<p>|<title>|</title>|发布时间：|今天是|星期二|至|关于开展检查工作的通知|2020|12月|23|[|]|(|&#50;|&nbsp;|<meta name=pubdate content="|<frame src=x>|location="'.split(
      '|',
    ),
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
)

describe('whatever the bytes', () => {
  test('random bytes: an answer, never later than the reference day', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), kind, (bytes, as) => check(bytes, as)),
      { numRuns: 400 },
    )
  })

  test('random markup and dates', () => {
    const html = fc
      .array(piece, { maxLength: 80 })
      .map((parts) => new TextEncoder().encode(`<html>${parts.join('')}`))
    fc.assert(
      fc.property(html, kind, day, (bytes, as, ref) => check(bytes, as, ref)),
      { numRuns: 1_500 },
    )
  })

  test('random addresses', () => {
    const bytes = new TextEncoder().encode('<html><p>正文</p>')
    fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string()), (url) => check(bytes, 'article', REF, url)))
  })
})

describe('a megabyte of anything is read quickly', () => {
  const megabyte = (text: string) => text.repeat(Math.ceil(1_000_000 / Buffer.byteLength(text)))
  const item = '<li><a href="/a/t20210101_1.html">关于开展检查工作的通知</a><span>2021-01-01</span></li>'

  test.each([
    ['a list of thousands of links', item],
    ['links without end', '<a href=/1>通知公告</a>'],
    ['elements never closed', '<div><b><a href=x>关于开展检查工作的通知<span>2021-01-01'],
    ['nesting without end', '<b>'],
    ['ends without beginnings', '<div><p></x>'],
    ['one text of dates', '2021-01-01 '],
    ['one text of figures', '1'],
    ['one text of blanks', ' '],
    ['an attribute without end', '<a title="2021-01-01 '],
    ['attributes full of dates', '<p title="2021-01-01 2021-01-01 2021-01-01">'],
    ['a script of dates', '<script>{title:"通知公告",pubDate:"2021-01-01",'],
    ['comments of lists', `<!--${item}-->`],
    ['cells without rows', '<table><tr><td>日期'],
    ['less-than signs', '<'],
  ])('%s', async (_, text) => {
    const bytes = Buffer.from(megabyte(text))
    readPage({ bytes, kind: 'home', ref: REF })
    // The target is 100 ms of one core; the collector's threads count, too.
    const tookMs = await leastOf(400, () => {
      const began = process.cpuUsage()
      check(bytes, 'home')
      const { user, system } = process.cpuUsage(began)
      return (user + system) / 1_000
    })
    expect(tookMs).toBeLessThan(400)
  })
})
