import { describe, expect, test } from 'vitest'
import type { Drawn } from '../../../../server/monitor/rendering/browser/order.ts'
import { drawnHome, drawnList } from '../../../../server/monitor/rendering/reading.ts'
import type { PageRead } from '../../../../server/monitor/visit/reading/page-read.ts'
import { leadsOn, readOn } from '../../../../server/monitor/visit/reading/read-on.ts'
import { slicedReader } from '../../../../server/monitor/visit/reading/reader.ts'
import { addDays, HOUR, monthDay, startOfDay } from '../../../../shared/base/time.ts'
import { pagesOf } from '../../../support/visits/pages.ts'

const REF = '2026-03-10'
const HOME = 'http://a.gov.example/'
const day = (back: number) => monthDay(addDays(REF, -back))

/** A home page whose list leaves the year out, its items so many days back. */
const listOf = (backs: readonly number[], more = ''): string => {
  const rows = backs.map(
    (back, n) =>
      `<li><a href="/art/${n}.html">全区第${n}次安全生产工作会议在我局召开</a><span>${day(back)}</span></li>`,
  )
  return `<html><body><h2>工作动态</h2><ul>${rows.join('')}</ul>${more}</body></html>`
}
const article = (date: string) =>
  `<html><body><h1>全区第0次安全生产工作会议在我局召开</h1><p>发布时间：${date}　来源：办公室</p><p>${'会议强调安全生产工作。'.repeat(20)}</p></body></html>`

const LIVING = [1, 3, 6, 9, 12, 20, 30]

function readerOf(pages: Readonly<Record<string, string>>) {
  const { prober, asked } = pagesOf(pages)
  return { asked, by: { prober, reader: slicedReader, ref: REF, signal: new AbortController().signal } }
}

async function readAll(home: string, pages: Readonly<Record<string, string>>) {
  const { asked, by } = readerOf(pages)
  const order = { bytes: Buffer.from(home), contentType: 'text/html; charset=utf-8', url: HOME } as const
  const { read } = await slicedReader.read({
    ...order,
    kind: 'home',
    ref: REF,
    isCut: false,
    isClosing: false,
  })
  const again = async () => ({ on: await readOn(by, read as PageRead, HOME), asked })
  return { read: read as PageRead, again, ...(await again()) }
}

describe('a list without years, seen for the first time', () => {
  test('a year late: its two newest items say so, and no other page is asked for', async () => {
    const { read, on, asked } = await readAll(listOf(LIVING), {
      '/art/0.html': article('2025-03-09 10:20'),
      '/art/1.html': article('2025-03-07 16:00'),
    })
    expect(read.finding.newest, 'as it is guessed').toBe('2026-03-09')
    expect(leadsOn(read)).toBe(true)
    expect(asked).toEqual([`${HOME}art/0.html`, `${HOME}art/1.html`])
    expect(on.finding).toMatchObject({
      newest: '2025-03-09',
      recent: 0,
      evidence: { date: '2025-03-09', why: 'year_from_article' },
    })
    expect(on.finding.items[1]?.date).toBe('2025-03-07')
    expect(on.page?.items.find(({ title }) => title.includes('第1次'))?.date).toBe('2025-03-07')
    expect(on.print, 'it is known again by what it shows itself').toBe(read.print)
  })
  test('three years late', async () => {
    const { on } = await readAll(listOf(LIVING), { '/art/0.html': article('2023年3月9日') })
    expect(on.finding.newest).toBe('2023-03-09')
  })
  test('and kept up: the guess stands', async () => {
    const { read, on, asked } = await readAll(listOf(LIVING), { '/art/0.html': article('2026-03-09') })
    expect(on.finding).toEqual(read.finding)
    expect(asked).toEqual([`${HOME}art/0.html`])
  })
  test.each([
    [
      'an old document is put up anew: when it was written is not when it was published',
      '成文日期',
      '2024-12-30',
    ],
    ['a document of the same day of last year is put up anew', '成文日期', '2025-03-09'],
    ['an article is listed anew, a year and a few months after it was published', '发布时间', '2024-11-01'],
    ['an article of last winter is listed anew: it is no older than that', '发布时间', '2025-12-20'],
  ])('and kept up, where %s', async (_, label, date) => {
    const old = article(date).replace('发布时间', label)
    const { read, on } = await readAll(listOf(LIVING), { '/art/0.html': old })
    expect(on.finding).toEqual(read.finding)
  })
  test('and kept up, where one article of the same day of last year is listed anew: the next one says so', async () => {
    const { read, on } = await readAll(listOf(LIVING), {
      '/art/0.html': article('2025-03-09'),
      '/art/1.html': article('2026-03-07'),
    })
    expect(on.finding).toEqual(read.finding)
  })
  test('beside another that is kept up: only the dates of the old one are moved', async () => {
    const other = `<h2>通知公告</h2><ul>${[2, 5, 8, 11, 15]
      .map(
        (back, n) =>
          `<li><a href="/tz/${n}.html">关于开展第${n}次专项检查的通知</a><span>${day(back)}</span></li>`,
      )
      .join('')}</ul>`
    const { on, asked } = await readAll(listOf(LIVING, other), {
      '/art/0.html': article('2025-03-09'),
      '/art/1.html': article('2025-03-07'),
      '/tz/0.html': article('2026-03-08'),
    })
    expect(asked).toHaveLength(3)
    expect(on.finding).toMatchObject({
      newest: '2026-03-08',
      evidence: { why: 'year_nearest_past', text: '关于开展第0次专项检查的通知' },
    })
    const dates = new Map(on.page?.items.map(({ title, date }) => [title, date]))
    expect(dates.get('全区第0次安全生产工作会议在我局召开')).toBe('2025-03-09')
    expect(dates.get('关于开展第1次专项检查的通知')).toBe('2026-03-05')
  })
  test('is settled by the next item of its own site, where the newest is a document or of another site', async () => {
    const away = listOf(LIVING)
      .replace('/art/0.html', '/files/0.pdf')
      .replace('/art/1.html', 'https://mp.weixin.qq.com/s/1')
    const { on, asked } = await readAll(away, {
      '/art/2.html': article('2025-03-04'),
      '/art/3.html': article('2025-03-01'),
    })
    expect(asked).toEqual([`${HOME}art/2.html`, `${HOME}art/3.html`])
    expect(on.finding.newest).toBe('2025-03-09')
  })
  test('is asked for once a day, however often it is read', async () => {
    const pages = { '/art/0.html': article('2025-03-09'), '/art/1.html': article('2025-03-07') }
    const { again } = await readAll(listOf(LIVING), pages)
    const { on, asked } = await again()
    expect([on.finding.newest, asked]).toEqual(['2025-03-09', [`${HOME}art/0.html`, `${HOME}art/1.html`]])
  })
  test.each([
    ['does not open', {}],
    ['has no date', { '/art/0.html': '<html><body><h1>会议召开</h1><p>正文。</p></body></html>' }],
    ['is a few days off', { '/art/0.html': article('2026-03-05') }],
  ])('where its newest item %s, the guess stands', async (_, pages) => {
    const { read, on } = await readAll(listOf(LIVING), pages)
    expect(on.finding.newest).toBe(read.finding.newest)
  })
})

/** Two articles of last year, each of the day that its list shows. */
const OLD = { '/art/0.html': article('2025-03-09'), '/art/1.html': article('2025-03-07') }
const drawnPage = (html: string, url: string): Drawn => ({
  ...{ url, html: Buffer.from(html), isCut: false, picture: null, tookMs: 900 },
  missed: { all: 0, own: 0, others: 0 },
  counts: { requests: 3, bytes: 4_000, refused: 0, isOver: false },
})
const AT = startOfDay(REF) + 9 * HOUR

describe('a list without years, a year late, is settled', () => {
  test('in a page within the home page', async () => {
    const home =
      '<html><body><p>欢迎光临</p><iframe src="/list.html" width="900" height="600"></iframe></body></html>'
    const { on } = await readAll(home, { ...OLD, '/list.html': listOf(LIVING) })
    expect(on.finding).toMatchObject({
      newest: '2025-03-09',
      evidence: { why: 'year_from_article', page: `${HOME}list.html` },
      pages: [{ newest: '2025-03-09' }],
    })
    expect(on.page?.dated[0]?.date).toBe('2025-03-09')
  })
  test('beside a page within the home page', async () => {
    const home = listOf(LIVING, '<iframe src="/weather.html" width="300" height="60"></iframe>')
    const { on } = await readAll(home, { ...OLD, '/weather.html': '<html><body><p>多云</p></body></html>' })
    expect(on.finding.newest).toBe('2025-03-09')
    expect(on.page?.dated[0]?.date).toBe('2025-03-09')
  })
  test('behind an entrance, of its lists the one that would count', async () => {
    const home = '<html><body><a href="/gzdt/">工作动态</a><a href="/tzgg/">通知公告</a></body></html>'
    const notices = listOf([400, 420, 440]).replaceAll(/<span>\d\d-\d\d/g, '<span>2024-12-20')
    const pages = { ...OLD, '/gzdt/': listOf(LIVING), '/tzgg/': notices }
    const { on, asked } = await readAll(home, pages)
    expect(on.finding).toMatchObject({ newest: '2025-03-09', entrance: false })
    expect(on.page?.columns.find(({ name }) => name === '工作动态')?.dates[0]).toBe('2025-03-09')
    expect(asked.filter((url) => url.includes('/art/'))).toHaveLength(2)
  })
  test('as a browser draws it', async () => {
    const { by } = readerOf(OLD)
    const visited = await drawnHome(by, 1, drawnPage(listOf(LIVING), HOME), AT)
    expect(visited?.finding).toMatchObject({ newest: '2025-03-09', drawn: true })
  })
  test('on the page of a column, though it were of last autumn', async () => {
    const backs = [120, 123, 130, 138, 140]
    const old = (back: number) => article(`${Number(addDays(REF, -back).slice(0, 4)) - 2}-${day(back)}`)
    const { by } = readerOf({ '/art/0.html': old(120), '/art/1.html': old(123) })
    const list = await drawnList(by, drawnPage(listOf(backs), `${HOME}gzdt/`), AT)
    expect(list?.dates[0]).toBe(`2023-${day(120)}`)
    expect(list?.items).toBe(5)
  })
})

describe('nothing is asked for', () => {
  test('where the year is written', async () => {
    const home = listOf(LIVING).replaceAll(/<span>(\d\d-\d\d)/g, '<span>2026-$1')
    const { read, asked } = await readAll(home, {})
    expect([read.guessed.length, leadsOn(read), asked]).toEqual([0, false, []])
  })
  test('where even the guess is too old to count', async () => {
    const { read, asked } = await readAll(listOf([40, 43, 46, 49, 52, 60, 70]), {})
    expect([leadsOn(read), asked]).toEqual([false, []])
  })
  test('where another item with its year is the newest', async () => {
    const more = `<h2>公告</h2><ul><li><a href="/b/1.html">关于开展全区检查的通知公告</a><span>2026-03-10</span></li><li><a href="/b/2.html">关于召开全区会议的通知公告</a><span>2026-03-01</span></li></ul>`
    const { on, asked } = await readAll(listOf(LIVING, more), {})
    expect([on.finding.newest, asked]).toEqual(['2026-03-10', []])
  })
  test('of another site', async () => {
    const home = listOf(LIVING).replaceAll('/art/', 'http://b.gov.example/art/')
    expect((await readAll(home, {})).asked).toEqual([])
  })
})
