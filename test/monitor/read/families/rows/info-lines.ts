import { each, type FamilyPage, home, list, plain } from '../kit.ts'

/* Lists whose items have a line for their day, their source, their office and their readers in one; and what is written like it. */

const NEW = '2024-03-12'
const OLD = '2022-11-20'
const DAYS: readonly (readonly [year: string, month: string, day: string])[] = [
  ['2024', '03', '12'],
  ['2024', '03', '07'],
  ['2024', '02', '27'],
]
const STILL = `<div><h3>政策文件</h3><ul>${each([OLD, '2022-11-14'], (d, t, n) => `<li><a href="/o/${n}.html">${t}</a><span>${d}</span></li>`)}</ul></div>`

/** A line for each day, of its year, month and day. */
type Line = (year: string, month: string, day: string) => string
const lines = (line: Line) => DAYS.map((day) => line(...day))
/** Below the link, beside it, in a cell of its own, or within it. */
const PLACES: readonly (readonly [name: string, html: (told: readonly string[]) => string])[] = [
  [
    'below the link',
    (told) =>
      `<ul>${each(told, (d, t, n) => `<li><h3><a href="/n/${n}.html">${t}</a></h3><p class="info">${d}</p></li>`)}</ul>`,
  ],
  [
    'in a cell of its own',
    (told) =>
      `<table>${each(told, (d, t, n) => `<tr><td>·<a href="n.asp?id=${n}">${t}</a></td><td>${d}</td></tr>`)}</table>`,
  ],
  [
    'within the link',
    (told) =>
      `<ul>${each(told, (d, t, n) => `<li><a href="/n/${n}"><h4>${t}</h4><p>${d}</p></a></li>`)}</ul>`,
  ],
]
const BELOW = PLACES[0]?.[1] as (told: readonly string[]) => string
const OFFICES = ['区教育局', '区民政局', '区发改委']

const LINES: readonly (readonly [name: string, line: Line])[] = [
  ['the day in characters and its source', (y, m, d) => `${y}年${m}月${d}日 来源：区融媒体中心`],
  ['month and day in characters and their source', (_, m, d) => `${m}月${d}日　来源：区融媒体中心`],
  ['source, day and readers', (y, m, d) => `来源：区融媒体中心 ${y}年${m}月${d}日 浏览：31次`],
  ['office, day and readers', (y, m, d) => `区融媒体中心　${y}年${m}月${d}日　阅读(33)`],
  ['day and clicks', (y, m, d) => `${y}年${m}月${d}日 点击:22`],
  ['day and readers in brackets', (y, m, d) => `${y}年${m}月${d}日 [22]`],
  ['month, day and readers in brackets', (_, m, d) => `${m}-${d}(123)`],
  ['office, month and day', (_, m, d) => `区教育局 ${m}-${d}`],
  ['office in brackets, month and day', (_, m, d) => `[区教育局]${m}-${d}`],
  ['office, month and day in brackets', (_, m, d) => `(教育局 ${Number(m)}-${d})`],
  ['office and month and day behind a stroke', (_, m, d) => `区教育局/${m}-${d}`],
  ['who wrote it, month and day', (_, m, d) => `作者：张三 ${m}月${d}日`],
  ['source, month and day', (_, m, d) => `来源：区教育局 ${m}-${d}`],
]
const AGO: readonly (readonly [name: string, told: readonly string[]])[] = [
  ['days ago and the office', ['3天前 · 区人社局', '8天前 · 区住建局', '2周前 · 区民政局']],
  ['days ago and readers', ['3天前　阅读 312', '8天前　阅读 880', '2024-02-20　阅读 1880']],
]

/** Of items of years ago, beside what is written like such a line and is of something else. */
const dated = (told: readonly string[]) =>
  `<ul>${each(told, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><p>${d}</p><span>${[OLD, '2022-11-14'][n]}</span></li>`)}</ul>`
const OTHERS: readonly (readonly [name: string, gold: string | null, html: string])[] = [
  [
    'a clock and a counter beside a link',
    OLD,
    `<table><tr><td>2024年3月15日 访问量：21345 <a href="s.asp">收藏本站到浏览器</a></td></tr></table>${STILL}`,
  ],
  [
    'a clock in figures and a counter',
    OLD,
    `<table><tr><td>2024-3-15 访问量：21345 <a href="s.asp">收藏本站到浏览器</a></td></tr></table>${STILL}`,
  ],
  [
    'a clock and readers, once',
    OLD,
    `<table><tr><td>2024年3月15日 浏览：21345 <a href="s.asp">收藏本站到浏览器里面</a></td></tr></table>${STILL}`,
  ],
  [
    'counts of today and yesterday',
    OLD,
    `<ul>${each(['今日 浏览 312', '昨日 浏览 880'], (d, t, n) => `<li><a href="/s/${n}">${t}</a><i>${d}</i></li>`)}</ul>${STILL}`,
  ],
  [
    'summaries of what was done',
    OLD,
    dated(['3月10日，区领导访问30户困难家庭。', '3月8日 阅读100本好书活动启动']),
  ],
  [
    'days of summaries like such lines, beside the days of the items',
    OLD,
    dated(['3月10日 阅读 30', '3月8日 阅读 31']),
  ],
  ['events and what they are', null, BELOW(['3月8日 阅读100本好书', '3月2日 区文化馆'])],
  ['events and where they are', null, BELOW(['3月8日 区信访局', '3月2日 区教育局'])],
  ['places and days of events', null, BELOW(['区文化中心 3月8日', '示例镇 3月2日'])],
  ['days of a place in words', null, BELOW(['3月8日 来源地：湖北', '3月2日 来源地：湖南'])],
  ['figures and their source', null, BELOW(['截至3月8日 来源：区统计局', '截至3月2日 来源：区统计局'])],
  ['scores', OLD, `${BELOW(['3-1(2)', '3-2(1)', '2-1(1)'])}${STILL}`],
  ['prices and what is left', OLD, `${BELOW(['12.10(15)', '11.25(21)', '10.20(11)'])}${STILL}`],
  [
    'letters and how they came',
    OLD,
    `<div><h3>区长信箱</h3>${BELOW(['来源：微信 03-12', '来源：网页 03-11'])}</div>${STILL}`,
  ],
  ['a filter and its number', OLD, `${BELOW(['全部 03-12', '内部 03-11'])}${STILL}`],
  [
    'links that say whose turn it is',
    null,
    `<ul>${['区教育局 03-12', '区民政局 03-14', '区住建局 03-01'].map((words, n) => `<li><a href="/z/${n}">${words}</a></li>`).join('')}</ul>`,
  ],
  [
    'links that say whose turn it is, in characters',
    null,
    `<ul>${['区教育局 2024年3月12日 阅读 3', '区民政局 2024年3月14日 阅读 4'].map((words, n) => `<li><a href="/z/${n}">${words}</a></li>`).join('')}</ul>`,
  ],
]

export const INFO_LINE_PAGES: readonly FamilyPage[] = [
  ...PLACES.flatMap(([place, html]) => [
    ...LINES.map(([name, line]) =>
      list(`the line of an item ${place}: ${name}`, NEW, plain(html(lines(line)))),
    ),
    ...AGO.map(([name, told]) => list(`the line of an item ${place}: ${name}`, NEW, plain(html(told)))),
  ]),
  ...LINES.map(([name, line]) =>
    home(
      `news by their lines beside documents of years ago: ${name}`,
      NEW,
      plain(`${BELOW(lines(line))}${STILL}`),
    ),
  ),
  list(
    'each item has its own office',
    NEW,
    plain(BELOW(lines((_, m, d) => `${OFFICES[Number(d) % 3]} ${m}-${d}`))),
  ),
  list(
    'one item tells its source within the link, the others do not',
    NEW,
    plain(
      `<ul>${each(['03月12日 来源：区融媒体中心', '03月08日', '02月26日'], (d, t, n) => `<li><a href="/w/${n}">${t}<br><small>${d}</small></a></li>`)}</ul>`,
    ),
  ),
  list(
    'lines below summaries that begin with a day',
    NEW,
    plain(
      each(
        lines((y, m, d) => `区融媒体中心　${y}年${m}月${d}日　阅读(33)`),
        (d, t, n) =>
          `<div class="it"><h4><a href="/b/${n}.html">${t}</a></h4><p>3月9日，……</p><p class="i">${d}</p></div>`,
      ),
    ),
  ),
  ...OTHERS.flatMap(([name, gold, html]) => [
    home(`written like the line of an item: ${name}`, gold, plain(html)),
    list(`written like the line of an item: ${name}`, gold, plain(html)),
  ]),
]
