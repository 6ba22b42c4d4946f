import { describe, expect, test } from 'vitest'
import type { PageRead } from '../../../../server/monitor/visit/reading/page-read.ts'
import { leadsOn, readOn } from '../../../../server/monitor/visit/reading/read-on.ts'
import { slicedReader } from '../../../../server/monitor/visit/reading/reader.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Prober } from '../../../../server/monitor/visit/visit.ts'
import { addDays, monthDay } from '../../../../shared/base/time.ts'

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

async function readAll(home: string, pages: Readonly<Record<string, string | null>>) {
  const asked: string[] = []
  const prober: Prober = {
    async visit({ url }) {
      asked.push(url)
      const page = pages[new URL(url).pathname]
      const failed = failedVisit('http_4xx')
      if (page === undefined || page === null) return failed
      const result = { ...failed.result, outcome: 'ok' as const, cause: null, finalUrl: url, status: 200 }
      return { result, body: Buffer.from(page), headers: { 'content-type': 'text/html; charset=utf-8' } }
    },
    close() {},
  }
  const order = { bytes: Buffer.from(home), contentType: 'text/html; charset=utf-8', url: HOME } as const
  const { read } = await slicedReader.read({
    ...order,
    kind: 'home',
    ref: REF,
    isCut: false,
    isClosing: false,
  })
  const by = { prober, reader: slicedReader, ref: REF, signal: new AbortController().signal }
  const on = await readOn(by, read as PageRead, HOME)
  return { read: read as PageRead, on, asked }
}

describe('a list without years, seen for the first time', () => {
  test('a year late: its newest item says so, and one page is asked for', async () => {
    const { read, on, asked } = await readAll(listOf(LIVING), { '/art/0.html': article('2025-03-09 10:20') })
    expect(read.finding.newest, 'as it is guessed').toBe('2026-03-09')
    expect(leadsOn(read)).toBe(true)
    expect(asked).toEqual([`${HOME}art/0.html`])
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
    const { read, on } = await readAll(listOf(LIVING), { '/art/0.html': article('2026-03-09') })
    expect(on.finding).toEqual(read.finding)
  })
  test.each([
    ['does not open', { '/art/0.html': null }],
    ['has no date', { '/art/0.html': '<html><body><h1>会议召开</h1><p>正文。</p></body></html>' }],
    ['is a few days off', { '/art/0.html': article('2026-03-05') }],
  ])('where its newest item %s, the guess stands', async (_, pages) => {
    const { read, on } = await readAll(listOf(LIVING), pages)
    expect(on.finding.newest).toBe(read.finding.newest)
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
