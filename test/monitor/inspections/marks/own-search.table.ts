import { answerOn, outcomeOf } from '../../../../server/monitor/inspections/marks/own-search.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { tableOf } from '../planted-table.ts'

export const HOME = 'http://www.thnet.gov.cn/'
export const TITLE = '天河区召开安全生产工作推进会'
const NOTHING = inspectionRule('mark-own-search')?.limits.none as readonly string[]
const MENU =
  '<ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li><li><a href="/hd/">互动交流</a></li></ul>'
export const parse = (html: string) =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', `${HOME}search?q=1`)
export const answer = (body: string) =>
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

/** Answers that list other things or say that there is nothing; those that have the title, wherever and however it stands. */
export const SEARCHES = tableOf(
  'mark-own-search',
  [
    ...LISTS.map((list) => list(others)),
    ...LISTS.map((list) => `<p>共找到 3 条结果</p>${list(others)}`),
    ...NOTHING.map((words) => `<div class="none">${words}，请更换关键词</div>`),
    ...LISTS.map((list) =>
      list([...others, link('天河区召开食品安全工作推进会'), link('越秀区召开安全生产工作推进会')]),
    ),
  ],
  LISTS.flatMap((list) => HITS.map((hit) => list([...others.slice(0, 2), hit, ...others.slice(2)]))),
  (page) => outcomeOf([answer(page)], [TITLE], HOME).outcome,
)
