import { describe, expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { list, page, REF, read } from './snippets.ts'

describe('pages that only lead elsewhere', () => {
  test.each([
    [
      'a script',
      "<script>window.top.location.href='http://www.example.gov.cn/2017/index.shtml';</script>",
      'http://www.example.gov.cn/2017/index.shtml',
    ],
    [
      'a script that replaces',
      '<script>location.replace("index/index.html")</script>',
      'http://www.example.gov.cn/index/index.html',
    ],
    [
      'a splash with a timer',
      '<embed src="a.swf"><a href="javascript:void(0)">点击进入</a><script>setInterval("self.location=\'index\'", 10000)</script>',
      'http://www.example.gov.cn/index',
    ],
  ])('%s', (_, body, target) => {
    expect(read(page(body), { url: 'http://www.example.gov.cn/' })).toMatchObject({
      outcome: 'undated',
      reason: 'entrance',
      entrance: true,
      refresh: target,
    })
  })

  test('a refresh element', () => {
    const head = '<META HTTP-EQUIV="Refresh" CONTENT="0; URL=/portal/index.htm">'
    expect(read(page('', head))).toMatchObject({ entrance: true, refresh: '/portal/index.htm' })
  })

  test('a frameset', () => {
    const html =
      '<html><frameset rows="90,*"><frame name="top" src="top.htm"><frame name="main" src="main.htm"></frameset></html>'
    expect(read(html, { url: 'http://www.example.gov.cn/' })).toMatchObject({
      entrance: true,
      refresh: 'http://www.example.gov.cn/main.htm',
    })
  })

  test('a page that reloads itself leads nowhere', () => {
    const html = page(list('2021-04-01'), '<meta http-equiv="refresh" content="300">')
    expect(read(html)).toMatchObject({ newest: '2021-04-01', entrance: false })
    expect(read(html).refresh).toBeUndefined()
  })

  test('a full page with a script that can go elsewhere is not a redirect', () => {
    const body = `${list('2021-04-01')}<script>function en(){location.href='/en/'}</script><p>${'县政府信息公开。'.repeat(30)}</p>`
    expect(read(page(body)).refresh).toBeUndefined()
  })

  test('a page of column names', () => {
    const names = ['机构设置', '政务公开', '办事服务', '互动交流', '走进我县', '网上信访大厅']
    expect(read(page(names.map((name, i) => `<a href="/${i}/">${name}</a>`).join('')))).toMatchObject({
      outcome: 'undated',
      reason: 'entrance',
      entrance: true,
    })
  })
})

describe('pages without a date', () => {
  test('a home page of articles without dates is no entrance', () => {
    const items = Array.from(
      { length: 8 },
      (_, i) => `<li><a href="/a${i}.html">全县第${i}次安全生产工作会议在县城召开</a></li>`,
    )
    expect(read(page(items.join('')))).toMatchObject({
      outcome: 'undated',
      reason: 'no_dates',
      entrance: false,
    })
  })

  test('an empty shell that a script fills', () => {
    expect(
      read(
        page('<div id="app"></div><script src="/static/app.js"></script><script>window._CONFIG={}</script>'),
      ),
    ).toMatchObject({
      outcome: 'unreadable',
      reason: 'drawn_by_script',
    })
  })

  test('a list or an article is never an entrance', () => {
    expect(read(page('<a href="/1/">机构设置</a>'), { kind: 'list' }).entrance).toBe(false)
  })
})

describe('what is no page', () => {
  const bytes = (...values: number[]) => readPage({ bytes: Uint8Array.from(values), ref: REF })

  test('nothing', () => {
    expect(bytes()).toMatchObject({ outcome: 'unreadable', reason: 'empty', newest: null })
    expect(read(' \r\n ')).toMatchObject({ outcome: 'unreadable', reason: 'empty' })
  })

  test('a document, a picture, an archive, data', () => {
    for (const text of ['%PDF-1.4 <a>', '{"code":200,"date":"2021-04-01"}', 'plain words 2021-04-01']) {
      expect(read(text)).toMatchObject({ outcome: 'unreadable', reason: 'not_html' })
    }
    expect(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)).toMatchObject({
      reason: 'not_html',
    })
  })
})
