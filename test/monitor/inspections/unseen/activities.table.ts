import { interviews, surveys } from '../../../../server/monitor/inspections/pages/activities.ts'
import type { SiteRule } from '../../../../server/monitor/inspections/rule.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { MENU, measure } from '../pages/activities.table.ts'
import { saysOf } from '../pages/messages.table.ts'
import { SITE } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const day = (ago: number) => addDays(SITE.today, -ago)
const home = (links: string) =>
  `<html><head><title>清远市水务局</title></head><body><ul>${MENU}${links}</ul></body></html>`
type Item = readonly [title: string, ago: number]
const TITLES = [
  '《清远市河道管理办法》',
  '《清远市供水条例》',
  '城乡供水一体化规划',
  '北江沿线景观改造方案',
  '节水型社会建设方案',
  '用水定额',
]
const items = (n: number, from: number, step: number, about: string): Item[] =>
  Array.from({ length: n }, (_, at) => [`${about}${TITLES[at % TITLES.length]}`, from + at * step])
const DRAWN: readonly ((rows: readonly Item[]) => string)[] = [
  (rows) =>
    `<ul class="list">${rows.map(([title, ago], n) => `<li><a href="/hd/zj/c${n}.html" title="${title}">${title}</a><em>${day(ago)}</em></li>`).join('')}</ul>`,
  (rows) =>
    `<table>${rows.map(([title, ago], n) => `<tr><td>${n + 1}</td><td><a href="/hd/zj/c${n}.html">${title}</a></td><td>${day(ago)}</td><td>${ago > 60 ? '已结束' : '进行中'}</td></tr>`).join('')}</table>`,
  (rows) =>
    `<div>${rows.map(([title, ago], n) => `<div class="item"><h3><a href="/hd/zj/c${n}.html">${title}</a></h3><p>征集时间：${day(ago)} 至 ${day(ago - 30)}</p><p>状态：已结束</p></div>`).join('')}</div>`,
  (rows) =>
    `<ul>${rows.map(([title, ago], n) => `<li><span>${day(ago).replaceAll('-', '.')}</span><a href="/hd/zj/c${n}.html">${title}</a></li>`).join('')}</ul>`,
  (rows) =>
    `<ul>${rows.map(([title, ago], n) => `<li><a href="/hd/zj/c${n}.html"><p>${title}</p><p>发布日期：${day(ago).replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')}</p></a></li>`).join('')}</ul>`,
]
const list = (body: string) =>
  `<html><head><title>栏目</title></head><body><div class="nav"><a href="/">首页</a></div>${body}<div class="foot">主办：清远市水务局</div></body></html>`
const site = (name: string, body: string, path = '/hd/zj/') => ({
  '/': home(`<li><a href="${path}">${name}</a></li>`),
  [path]: list(body),
})
const behindDoor = (name: string, body: string) => ({
  '/': home('<li><a href="/hd/">互动交流</a></li>'),
  '/hd/': list(`<ul><li><a href="/hd/zj/">${name}</a></li><li><a href="/hd/x/">局长信箱</a></li></ul>`),
  '/hd/zj/': list(body),
})
const cases = (names: readonly string[], about: string) => ({
  faulty: [
    ...names.flatMap((name, k) => [
      site(name, DRAWN[k % 5]?.(items(2, 20, 60, about)) ?? ''),
      site(name, DRAWN[(k + 1) % 5]?.(items(6, 400, 30, about)) ?? ''),
      site(name, '<p>暂无信息</p>'),
      site(name, '<p>没有相关内容</p><ul></ul>'),
    ]),
    ...DRAWN.map((drawn) =>
      site(names[0] ?? '', drawn([...items(2, 10, 100, about), ...items(4, 380, 20, about)])),
    ),
    behindDoor(names[0] ?? '', DRAWN[0]?.(items(1, 20, 60, about)) ?? ''),
    { '/': home(`<li><a href="/gone/">${names[0]}</a></li>`) },
  ],
  sound: [
    ...names.flatMap((name, k) => [
      site(name, DRAWN[k % 5]?.(items(3, 20, 60, about)) ?? ''),
      site(name, DRAWN[(k + 2) % 5]?.(items(6, 5, 55, about)) ?? ''),
      site(name, DRAWN[(k + 3) % 5]?.([...items(4, 9, 33, about), ...items(8, 400, 33, about)]) ?? ''),
    ]),
    ...DRAWN.map((drawn) => behindDoor(names[1] ?? '', drawn(items(5, 12, 60, about)))),
    site(names[0] ?? '', '<div id="app"></div><script src="/list.js"></script>'),
  ],
})
const of = (rule: SiteRule, names: readonly string[], about: string) => {
  const { faulty, sound } = cases(names, about)
  return tableOf<Record<string, string>>(
    rule.id,
    faulty,
    sound,
    async (pages) => (await measure(rule, pages)).outcome,
  )
}
export const ACTIVITIES_UNSEEN = [
  of(
    surveys,
    ['调查征集', '意见征集', '民意征集', '网上调查', '在线征集', '问卷调查', '征求意见', '民意调查'],
    '关于征求',
  ),
  of(interviews, ['在线访谈', '访谈', '互动访谈', '网络访谈', '局长访谈', '访谈直播'], '做客访谈：'),
]

const letter = (n: number) => `<a href="/hd/lyb/${n}.html">关于水费计价的第${n}个问题咨询</a>`
type Letters = readonly (readonly [ago: number, isAnswered: boolean])[]
const said = (is: boolean, yes: string, no: string) => (is ? yes : no)
const BOXES: readonly ((letters: Letters) => string)[] = [
  (letters) =>
    `<div class="box">${letters.map(([ago, is], n) => `<div class="item"><h3>${letter(n)}</h3><span>${day(ago)}</span><em>${said(is, '已回复', '未回复')}</em></div>`).join('')}</div>`,
  (letters) =>
    `<div class="box">${letters.map(([ago, is], n) => `<div class="row"><p>${letter(n)}</p><p>来信时间：${day(ago)}</p><p>状态：${said(is, '已办结', '处理中')}</p></div>`).join('')}</div>`,
  (letters) =>
    `<table><thead><tr><th>序号</th><th>主题</th><th>来信时间</th><th>办理状态</th></tr></thead>${letters.map(([ago, is], n) => `<tr><td>${n}</td><td>${letter(n)}</td><td>${day(ago).replaceAll('-', '/')}</td><td>${said(is, '已答复', '待处理')}</td></tr>`).join('')}</table>`,
  (letters) =>
    `<ul>${letters.map(([ago, is], n) => `<li><p>${letter(n)}</p><p>${day(ago)}　${said(is, '<span>已回复</span>', '<span>未答复</span>')}</p></li>`).join('')}</ul>`,
]
/** Letters in boxes of all kinds; what waits, what has an answer or is young. */
export const LETTERS_UNSEEN = tableOf(
  'page-messages',
  BOXES.flatMap((box) =>
    [95, 150, 210, 280, 350].map((ago) =>
      box([
        [3, true],
        [40, true],
        [ago, false],
        [300, true],
      ]),
    ),
  ),
  BOXES.flatMap((box) => [
    ...[5, 40, 80, 87].map((ago) =>
      box([
        [ago, false],
        [100, true],
        [200, true],
      ]),
    ),
    box([
      [1, true],
      [50, true],
      [120, true],
    ]),
    box([
      [20, true],
      [400, false],
    ]),
    box([
      [3, false],
      [9, false],
    ]),
    box([
      [200, true],
      [250, true],
      [300, true],
    ]),
  ]),
  saysOf,
)
