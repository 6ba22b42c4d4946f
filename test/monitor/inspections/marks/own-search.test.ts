import { describe, expect, test } from 'vitest'
import { outcomeOf, ownSearch } from '../../../../server/monitor/inspections/marks/own-search.ts'
import {
  type SearchWords,
  searchForm,
  searchUrl,
} from '../../../../server/monitor/inspections/marks/search-form.ts'
import type { Tools } from '../../../../server/monitor/inspections/rule.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { retrieved, SITE } from '../pages.ts'
import { answer, HOME, parse, TITLE } from './own-search.table.ts'

describe("a site's own search", () => {
  test('is not judged by a page that a script draws, nor by one that only says again what was typed', () => {
    expect(answer('<div id="app"></div><script src="/app.js"></script>')).toBe('unclear')
    expect(answer(`<h2>“${TITLE}”的搜索结果</h2><div id="list"></div>`)).toBe('unclear')
  })

  test('is told when no title is found, or it does not open; one that is found is enough', () => {
    const url = `${HOME}search?q=1`
    expect(outcomeOf([], [], url)).toEqual({ outcome: 'unmeasured', reason: 'noTitles' })
    expect(outcomeOf(['none', 'found'], ['a', 'b'], url)).toEqual({ outcome: 'clear' })
    expect(outcomeOf(['none', 'unclear'], ['a', 'b'], url)).toEqual({
      outcome: 'unmeasured',
      reason: 'searchDrawn',
    })
    expect(outcomeOf(['none', 'broken'], ['a', 'b'], url)).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'none' }],
    })
    expect(outcomeOf(['broken', 'broken'], ['a', 'b'], url)).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'broken' }],
    })
  })
})

/** What is said of a search whose answers end so. */
function measured(cause: Cause, status: number | null = null) {
  const failed = failedVisit(cause)
  const tools = {
    home: retrieved('<form action="/search"><input name="q"></form>', { url: HOME, depth: 0 }),
    limits: inspectionRule('mark-own-search')?.limits ?? {},
    isSpent: false,
    signal: new AbortController().signal,
    visit: async () => ({ ...failed, result: { ...failed.result, status } }),
    kept: { items: async () => [{ text: TITLE, date: '2026-11-27', href: `${HOME}1.html` }] },
  } as unknown as Tools
  return ownSearch.measure(SITE, tools)
}

test('a search that gave no answer this once, or did not let the monitor ask, is not said to be broken', async () => {
  const unseen = { outcome: 'unmeasured', reason: 'notOpened' }
  for (const cause of ['timeout', 'reset', 'refused', 'dns_failed', 'monitor_error'] as const)
    expect(await measured(cause), cause).toEqual(unseen)
  for (const status of [403, 429]) expect(await measured('http_4xx', status)).toEqual(unseen)
  for (const [cause, status] of [
    ['http_4xx', 404],
    ['http_5xx', 500],
  ] as const)
    expect(await measured(cause, status)).toMatchObject({ outcome: 'found', problems: [{ key: 'broken' }] })
})

const WORDS = inspectionRule('mark-own-search')?.limits as unknown as SearchWords

describe('the form of a search', () => {
  const formOf = (html: string) => searchForm(parse(`<html><body>${html}</body></html>`), HOME, WORDS)

  test('is found among the forms of a home page, and sent as a browser sends it', () => {
    const form = formOf(
      '<form action="/login"><input name="user"><input type="password" name="p"></form>' +
        '<form id="s" action="/search?old=1" target="_blank"><input type="hidden" name="site" value="th"><input type="text" name="q" value="请输入关键字"><input type="submit" value="搜索"></form>',
    )
    expect(form && searchUrl(form, '安全 A+')).toBe(`${HOME}search?site=th&q=%E5%AE%89%E5%85%A8+A%2B`)
    expect(form && searchUrl({ ...form, encoding: 'gbk' }, '安全')).toBe(
      `${HOME}search?site=th&q=%B0%B2%C8%AB`,
    )
  })

  test('is found once, however many forms stand in and beside one another', () => {
    const search = '<form action="/search"><div><input name="q"></div></form>'
    expect(formOf('<form action="/x">'.repeat(50_000))).toBeNull()
    expect(formOf(`${'<form action="/x"></form>'.repeat(2_000)}${search}`)?.field).toBe('q')
  })

  test('is none where it would make an address of megabytes, whatever it does with what is sent', () => {
    const long = 'x'.repeat(3_000_000)
    const hidden = `<input type="hidden" name="state" value="${long}"><input name="q">`
    expect(formOf(`<form action="/search">${hidden}</form>`)).toBeNull()
    expect(formOf(`<form action="/search?${long}"><input name="q"></form>`)).toBeNull()
    expect(formOf(`<form action="/search" method="post">${hidden}</form>`)?.isPost).toBe(true)
  })

  test('may ask for cities, numbers and letters, where it asks for words', () => {
    const asking = (placeholder: string) =>
      formOf(`<form action="/search"><input name="q" placeholder="${placeholder}"></form>`)?.field
    for (const said of ['搜索城市管理信息', '请输入文件编号或标题', '请输入关键字搜索信件、新闻'])
      expect(asking(said), said).toBe('q')
    for (const said of ['请输入编号', '请输入信件编号或标题', '请输入城市', '请输入办件查询码'])
      expect(asking(said), said).toBeUndefined()
  })

  test('is not one to sign in, to subscribe, or to follow a letter', () => {
    for (const html of [
      '<form action="/login.jsp"><input name="name"><input type="submit" value="登录"></form>',
      '<form action="/x"><input name="a"><input name="b"><input type="submit" value="查询"></form>',
      '<form action="/vote"><input type="radio" name="v"><input type="submit" value="投票"></form>',
      '<p>搜索</p>',
    ]) {
      expect(formOf(html), html).toBeNull()
    }
    expect(
      formOf('<form action="/e/search/index.php" method="post"><input name="keyboard"></form>')?.isPost,
    ).toBe(true)
  })
})
