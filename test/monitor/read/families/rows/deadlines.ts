import { type FamilyPage, home, list, plain } from '../kit.ts'

/* Lists whose rows say by when something is to be done; and what looks like it and was published. */

const NEW = '2024-03-12'
const NAMES = ['示例河道清淤保洁工程', '示例第三小学新建工程', '示例路改造提升工程']

/** A row for each name, the day in a column with this head. */
const table = (head: string, days: readonly string[]) =>
  plain(
    `<table><tr><th>名称</th><th>责任单位</th><th>${head}</th></tr>${days.map((day, n) => `<tr><td><a href="/q/${n}.html">${NAMES[n]}</a></td><td>示例局</td><td>${day}</td></tr>`).join('')}</table>`,
  )
/** A row for each name, and beside it whatever is told of it. */
const rows = (told: readonly string[]) =>
  plain(
    `<ul>${told.map((words, n) => `<li><a href="/q/${n}.html">${NAMES[n]}</a><span>${words}</span></li>`).join('')}</ul>`,
  )
/** A link for each title and its day, as cards are. */
const cards = (titles: readonly string[]) =>
  plain(
    titles
      .map((title, n) => `<a href="/q/${n}.html"><span>${title}</span><span>${PAST[n]}</span></a>`)
      .join(''),
  )
const PAST = [NEW, '2024-02-26', '2023-12-29']
const OLD = ['2022-01-05', '2021-12-20', '2021-11-08']

/** Words before the day by which something is to be done. */
const DEADLINES = [
  '整改时限',
  '办结时限',
  '申报时限',
  '完成时限',
  '计划完成时间',
  '预计竣工时间',
  '计划开工日期',
]
/** Words of the same kind that a register has above its only day, or that an office writes of what it did. */
const RECORDED = [
  '完成时间',
  '发证时间',
  '整改时间',
  '接访时间',
  '拟稿时间',
  '计划下达时间',
  '计划更新时间',
  '应诉时间',
]

export const DEADLINE_PAGES: readonly FamilyPage[] = [
  ...DEADLINES.flatMap((words) => [
    list(`a deadline that has passed is no publish date: ${words}, a column`, null, table(words, PAST)),
    list(
      `a deadline that has passed is no publish date: ${words}`,
      null,
      rows(PAST.map((day) => `${words}：${day}`)),
    ),
    list(
      `beside a deadline stand the days of publishing of years ago: ${words}`,
      '2022-01-05',
      rows(OLD.map((day, n) => `${words}：${PAST[n]}</span><span>${day}`)),
    ),
  ]),
  ...RECORDED.map((words) =>
    list(`the only day of a register is when it was done: ${words}`, NEW, table(words, PAST)),
  ),
  home(
    'a clock that tells the hour above items of years ago',
    '2022-01-05',
    `<div>报时：2024-03-15 12:30</div><div>现在报时 2024年3月15日</div>${rows(OLD)}`,
  ),
  home(
    'what a program reports above items of years ago',
    '2022-01-05',
    `${rows([`发报时间：${NEW}`, `上报时间：${NEW}`, `预报时间：${NEW}`])}${rows(OLD)}`,
  ),
  list(
    'titles that end in 时限 before their days, in links',
    NEW,
    cards(['我区压缩不动产登记办理时限', '示例市公开政务服务事项办结时限', '关于延长申报时限']),
  ),
]
