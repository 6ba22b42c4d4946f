import { type FamilyPage, home, list, plain } from '../kit.ts'

/* Lists whose rows say by when something is to be done, or when it takes place; and what looks like it and was published. */

const NEW = '2024-03-12'
const NAMES = ['示例河道清淤保洁工程', '示例第三小学新建工程', '示例路改造提升工程', '示例滨河公园工程']

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
const PAST = [NEW, '2024-02-26', '2023-12-29']
const SOME_AHEAD = [NEW, '2024-06-28', '2023-12-29']

/** A row for each name and its days, which have no words. */
const sideBySide = (days: readonly (readonly string[])[], cell = 'i') =>
  plain(
    days
      .map(
        (row, n) =>
          `<ul class="td"><li><a href="/q/${n}.html">${NAMES[n]}</a></li>${row.map((day, i) => (cell === 'li' ? `<li>${day}</li>` : `<li><i class="c${i}">${day}</i></li>`)).join('')}</ul>`,
      )
      .join(''),
  )
/** By which day, and when it was published. */
const TWO_DAYS: readonly (readonly [
  name: string,
  gold: string | null,
  days: readonly (readonly string[])[],
])[] = [
  [
    'all are to come',
    NEW,
    [
      ['2024-04-01', NEW],
      ['2024-03-26', '2024-03-05'],
    ],
  ],
  [
    'one has passed',
    NEW,
    [
      ['2024-04-01', NEW],
      ['2024-03-26', '2024-03-05'],
      ['2024-03-14', '2024-02-10'],
    ],
  ],
  [
    'one of two is to come',
    '2024-02-05',
    [
      ['2024-04-01', '2024-02-05'],
      ['2024-03-10', '2023-10-28'],
    ],
  ],
  [
    'some have passed on a list of years ago',
    '2022-05-11',
    [
      ['2024-04-01', '2022-05-11'],
      ['2024-03-10', '2021-02-01'],
      ['2024-05-01', '2020-02-01'],
    ],
  ],
  [
    'the day of publishing stands first',
    '2022-05-11',
    [
      ['2022-05-11', '2024-04-01'],
      ['2021-02-01', '2024-03-10'],
    ],
  ],
  [
    'none is to come',
    NEW,
    [
      [NEW, '2024-02-10'],
      ['2024-03-05', '2024-02-01'],
    ],
  ],
  [
    'both lie ahead',
    null,
    [
      ['2024-04-01', '2024-05-01'],
      ['2024-03-26', '2024-04-05'],
    ],
  ],
]

const DEADLINES = ['整改时限', '办结时限', '完成时间', '整改日期', '换证日期', '检修时间']
const PLANS = [
  '计划投产时间',
  '预计完成时间',
  '项目预计投产日期',
  '拟开放日期',
  '下次检测日期',
  '应归还时间',
  '讲座时间',
  '听证时间',
  '接访时间',
  '接种日期',
  '拍卖时间',
]
/** Words that end like those of a clock that tells the hour. */
const REPORTED = ['上报时间', '填报时间', '见报时间']
/** Words of the same kind before the day on which something was published. */
const PUBLISHED = ['拟稿时间', '整改公开时间', '计划发布时间', '更新时间', '时间', '应急信息发布时间']

export const DEADLINE_PAGES: readonly FamilyPage[] = [
  ...DEADLINES.map((head) =>
    list(`a deadline that has passed is no publish date: ${head}`, null, table(head, PAST)),
  ),
  ...PLANS.map((head) =>
    list(`a date that was planned is no publish date: ${head}`, null, table(head, SOME_AHEAD)),
  ),
  ...PUBLISHED.map((head) => list(`the column says when it was published: ${head}`, NEW, table(head, PAST))),
  list('deadlines beside their titles', null, rows(PAST.map((day) => `办结时限：${day}`))),
  list(
    'deadlines beside the days of publishing of years ago',
    '2022-01-05',
    rows(
      ['2022-01-05', '2021-12-20', '2021-11-08'].map((day, n) => `整改时限：${PAST[n]}</span><span>${day}`),
    ),
  ),
  ...TWO_DAYS.flatMap(([name, gold, days]) => [
    list(`two days side by side, the deadlines in one place: ${name}`, gold, sideBySide(days)),
    list(`two days made alike, the deadlines in one place: ${name}`, gold, sideBySide(days, 'li')),
  ]),
  list(
    'an item that is pinned by a day to come, among many with two days',
    NEW,
    sideBySide(
      [
        ['2024-12-31', '2024-03-14'],
        [NEW, '2024-03-14'],
        ['2024-03-05', '2024-03-14'],
      ].concat([['2024-03-01', '2024-03-13']]),
    ),
  ),
  ...REPORTED.map((words) =>
    list(
      `items are dated, whatever clock the words sound like: ${words}`,
      NEW,
      rows(PAST.map((day) => `${words}：${day}`)),
    ),
  ),
  list(
    'until when something may be applied for, beside the days of publishing of years ago',
    '2022-01-05',
    rows(
      ['2022-01-05', '2021-12-20', '2021-11-08'].map((day, n) => `申报时限：${PAST[n]}</span><span>${day}`),
    ),
  ),
  ...['志愿填报时间', '网上填报时间', '在线填报日期', '数据上报时间'].map((words) =>
    list(
      `a time for visitors or figures is no publish date: ${words}`,
      null,
      rows(PAST.map((day) => `${words}：${day}`)),
    ),
  ),
  home(
    'a clock that tells the hour above items of years ago',
    '2022-01-05',
    `<div>报时：2024-03-15 12:30</div><div>现在报时 2024年3月15日</div>${rows(['2022-01-05', '2021-12-20', '2021-11-08'])}`,
  ),
  list('titles that end in 时限', NEW, rows(PAST).replaceAll('工程</a>', '工程审批时限</a>')),
]
