import { expect, it } from 'vitest'
import { messageColumns } from '../../../server/monitor/messages/find.ts'
import type { Page } from '../../../server/monitor/read/page/page.ts'
import { readMessages } from '../../../server/monitor/schedule/messages.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import type { Prober } from '../../../server/monitor/visit/visit.ts'
import { addDays } from '../../../shared/base/time.ts'
import { messageRulesOn } from '../../../shared/monitor/messages/messages-rules.ts'
import { patient } from '../../support/run/patience.ts'
import { visitOf } from '../../support/visits/visited.ts'

const TODAY = '2026-03-10'
const HOME = 'http://site.example.gov.cn/xx/'
const rules = messageRulesOn(TODAY)

/** A site that answers with these pages; what it has not, is not there. */
function siteOf(pages: (path: string) => string | null) {
  const visited: string[] = []
  const visit: Prober['visit'] = async ({ url }) => {
    const path = new URL(url).pathname
    visited.push(path)
    const page = pages(path)
    const { result } = visitOf({ id: 1, url }, 0, page === null ? 'http_4xx' : undefined)
    const body = page === null ? null : Buffer.from(`<html><meta charset="utf-8">${page}</html>`)
    return {
      result: { ...result, finalUrl: url },
      body,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    } as never
  }
  return {
    visited,
    read: () =>
      readMessages(
        {
          prober: { visit } as Prober,
          reader: slicedReader,
          ref: TODAY,
          signal: AbortSignal.timeout(20_000),
        },
        HOME,
      ),
  }
}
const row = (n: number, on: string, said = '') =>
  `<li><a href="/xx/${n}.html">请问第${n}件事怎么办理</a> ${on} ${said}</li>`

it('a column with four thousand letters is read so far and no further, and is said not to be whole', {
  timeout: patient(30_000),
}, async () => {
  const site = siteOf((path) => {
    const n = Number(/index_(\d+)/.exec(path)?.[1] ?? 0)
    const rows = Array.from({ length: 20 }, (_, at) => row(n * 20 + at, TODAY, '已回复'))
    return `<ul>${rows.join('')}</ul><a href="index_${n + 1}.html">下一页</a>`
  })
  const reading = await site.read()
  expect(site.visited).toHaveLength(rules.mostLists)
  expect(reading).toMatchObject({ dated: rules.mostLists * 20, isWhole: false })
})

it('is read no further back than letters count', async () => {
  const site = siteOf((path) =>
    path.endsWith('_1.html')
      ? `<ul>${row(3, '2024-01-01', '已回复')}</ul><a href="index_2.html">下一页</a>`
      : `<ul>${row(1, '2026-01-05', '已回复')}${row(2, '2025-10-01', '未回复')}</ul><a href="index_1.html">下一页</a>`,
  )
  expect(await site.read()).toMatchObject({ isWhole: true, waiting: [{ on: '2025-10-01' }] })
  expect(site.visited).toHaveLength(2)
})

it('opens the oldest letters of which the list does not say whether they have an answer, and only so many', async () => {
  const days = Array.from({ length: 30 }, (_, n) => addDays(TODAY, -10 * n))
  const site = siteOf((path) => {
    if (path === '/xx/') return `<ul>${days.map((on, n) => row(n, on)).join('')}</ul>`
    return path === '/xx/29.html'
      ? '<p>来信内容：路灯</p><p>答复内容：</p>'
      : '<p>答复内容：您好，已经办理。</p>'
  })
  const reading = await site.read()
  expect(site.visited).toHaveLength(1 + rules.mostLetters)
  expect(reading).toMatchObject({ answered: rules.mostLetters - 1, waiting: [{ on: days[29] }] })
  expect(reading?.unclear).toHaveLength(20)
})

it('opens no letter that lies at another host, and leaves open whether that has an answer', async () => {
  const site = siteOf(() => `<ul>${row(1, '2026-03-01').replace('/xx/', 'http://other.example.com/')}</ul>`)
  expect(await site.read()).toMatchObject({ dated: 1, answered: 0, unclear: ['2026-03-01'] })
  expect(site.visited).toEqual(['/xx/'])
})

it('goes on from a page that only leads to columns, and is nothing where it does not open', async () => {
  const site = siteOf((path) =>
    path === '/xx/'
      ? '<a href="zx/">网上咨询</a><a href="ft/">在线访谈</a>'
      : `<ul>${row(1, '2026-03-01', '已回复')}</ul>`,
  )
  expect(await site.read()).toMatchObject({ dated: 1, answered: 1 })
  expect(site.visited).toEqual(['/xx/', '/xx/zx/'])
  expect(await siteOf(() => null).read()).toBeNull()
})

it('says that a script fills the page', async () => {
  const site = siteOf(() => '<div id="list"></div><script>$.getJSON("a.json", draw)</script>')
  expect(await site.read()).toMatchObject({ dated: 0, isDrawn: true })
})

const columnsOf = (...links: [text: string, href: string][]) =>
  messageColumns(
    { anchors: links.map(([text, href]) => ({ text, href, title: '' }) as Page['anchors'][number]) },
    'http://site.example.gov.cn/',
    TODAY,
  ).map(({ name, url }) => [name, url.replace('http://site.example.gov.cn', '')])

it('a column that a home page leads to twice is one, whoever visits, and no address is longer than any honest one', () => {
  expect(
    columnsOf(
      ['咨询信箱', `/zxts.do;jsessionid=${'x'.repeat(3_000)}`],
      ['咨询信箱', '/zxts.do;jsessionid=A1'],
      ['咨询信箱', '/zxts.do;jsessionid=B2?sid=3'],
    ),
  ).toEqual([['咨询信箱', '/zxts.do;jsessionid=A1']])
})

it('a column that has two names on a home page is one: its letters are not counted twice', () => {
  expect(
    columnsOf(['互动交流', '/hdjl/'], ['局长信箱', '/hdjl/index.html#top'], ['我要咨询', '/zx/?sid=1']),
  ).toEqual([
    ['互动交流', '/hdjl/'],
    ['我要咨询', '/zx/?sid=1'],
  ])
})

it('two columns of one name are two, told apart by a number, and no more than are read', () => {
  const links = [1, 2, 3, 4, 5].map((n): [string, string] => ['局长信箱', `/xx.jsp?id=${n}`])
  expect(columnsOf(...links)).toEqual([
    ['局长信箱', '/xx.jsp?id=1'],
    ['局长信箱 2', '/xx.jsp?id=2'],
    ['局长信箱 3', '/xx.jsp?id=3'],
  ])
  expect(rules.mostColumns).toBe(3)
})
