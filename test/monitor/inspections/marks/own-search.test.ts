import { describe, expect, test } from 'vitest'
import { answerOn, outcomeOf } from '../../../../server/monitor/inspections/marks/own-search.ts'
import { searchForm, searchUrl } from '../../../../server/monitor/inspections/marks/search-form.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'

const HOME = 'http://www.thnet.gov.cn/'
const TITLE = '天河区召开安全生产工作推进会'
const NOTHING = inspectionRule('mark-own-search')?.limits.none as readonly string[]
const MENU =
  '<ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li><li><a href="/hd/">互动交流</a></li></ul>'
const parse = (html: string) =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', `${HOME}search?q=1`)
const answer = (body: string) =>
  answerOn(
    parse(
      `<html><body>${MENU}<form action="/search"><input name="q" value="${TITLE}"></form>${body}<div>主办单位：天河区</div></body></html>`,
    ),
    TITLE,
    HOME,
    NOTHING,
  )
const OTHERS = [
  '天河区开展食品安全专项检查行动',
  '关于印发政务公开工作要点的通知',
  '天河区举办就业服务专场招聘会活动',
]
const LISTS: readonly ((links: readonly string[]) => string)[] = [
  (links) => `<ul>${links.map((one) => `<li>${one}<span>2026-11-20</span></li>`).join('')}</ul>`,
  (links) =>
    `<div class="result">${links.map((one) => `<div><h3>${one}</h3><p>摘要……</p></div>`).join('')}</div>`,
  (links) => `<table>${links.map((one) => `<tr><td>1</td><td>${one}</td></tr>`).join('')}</table>`,
  (links) => `<dl>${links.map((one) => `<dt>${one}</dt><dd>来源：本网</dd>`).join('')}</dl>`,
]
const link = (text: string, title = '') =>
  `<a href="/zwgk/content_1.html"${title && ` title="${title}"`}>${text}</a>`
const others = OTHERS.map((text) => link(text))
/** The title as searches show it. */
const HITS = [
  link(TITLE),
  link('天河区召开<em>安全生产</em>工作推进会'),
  link('<font color="red">天河区</font>召开<b>安全生产工作</b>推进会'),
  link('天河区召开安全生产工作推进会 '),
  link('天河区召开“安全生产”工作推进会'),
  link('天河区召开安全生产工作…', TITLE),
  link('天河区召开安全生产工作...'),
  link(`[图文] ${TITLE}`),
  link(`${TITLE}（图）`),
  link('天河区　召开　安全生产　工作推进会'),
]

describe("a site's own search", () => {
  test('does not find a title where it lists other things, or says that there is nothing', () => {
    const pages = [
      ...LISTS.map((list) => list(others)),
      ...LISTS.map((list) => `<p>共找到 3 条结果</p>${list(others)}`),
      ...NOTHING.map((words) => `<div class="none">${words}，请更换关键词</div>`),
      ...LISTS.map((list) =>
        list([...others, link('天河区召开食品安全工作推进会'), link('越秀区召开安全生产工作推进会')]),
      ),
    ]
    expect(pages.length).toBeGreaterThanOrEqual(20)
    expect(pages.filter((page) => answer(page) !== 'none')).toEqual([])
  })

  test('finds it wherever and however it stands', () => {
    const pages = LISTS.flatMap((list) =>
      HITS.map((hit) => list([...others.slice(0, 2), hit, ...others.slice(2)])),
    )
    expect(pages.length).toBeGreaterThanOrEqual(40)
    expect(pages.filter((page) => answer(page) !== 'found')).toEqual([])
  })

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

describe('the form of a search', () => {
  const formOf = (html: string) => searchForm(parse(`<html><body>${html}</body></html>`), HOME)

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
