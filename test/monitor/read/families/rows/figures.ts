import { each, type FamilyPage, home, list, plain } from '../kit.ts'

/* Tables of what is measured or sold beside a list that has been still for years, and tables of what was published. */

const OLD = '2022-11-20'
const NEW = '2024-03-12'
const STILL = `<div><h3>工作动态</h3><ul>${each([OLD, '2022-11-14'], (d, t, n) => `<li><a href="/o/${n}.html">${t}</a><span>${d}</span></li>`)}</ul></div>`
const THINGS = ['示例大桥水文监测站', '示例青山水库监测站', '示例河口水文监测站']

const row = (cells: readonly string[], cell = 'td') =>
  `<tr>${cells.map((words) => `<${cell}>${words}</${cell}>`).join('')}</tr>`
const table = (heads: readonly string[], rows: readonly (readonly string[])[], cell = 'td') =>
  `<table>${row(heads, cell)}${rows.map(([first = '', ...rest], n) => row([`<a href="/k/${n}">${first}</a>`, ...rest])).join('')}</table>`
const measured = (heads: readonly string[], rest: readonly (readonly string[])[], cell?: string) =>
  table(
    heads,
    rest.map((cells, n) => [THINGS[n] as string, ...cells]),
    cell,
  )

const HOURS = [
  ['102.31', '03-15 08:00'],
  ['98.07', '03-15 08:05'],
  ['145.20', '03-15 07:00'],
]
const FIGURES: readonly (readonly [name: string, html: string])[] = [
  ['levels of rivers', measured(['站名', '水位', '时间'], HOURS)],
  ['levels of rivers under heads of their own', measured(['测站', '水位(m)', '更新时间'], HOURS, 'th')],
  [
    'levels below the head of the box in a row',
    measured(['站名', '水位', '时间'], HOURS).replace(
      '<table>',
      '<table><tr><td colspan=3>实时数据</td></tr>',
    ),
  ],
  [
    'levels that look like days',
    measured(
      ['站名', '水位', '流量'],
      [
        ['12.31', '3.1'],
        ['10.07', '12.10'],
        ['11.20', '10.11'],
      ],
    ),
  ],
  [
    'prices that look like days',
    measured(
      ['品名', '单位', '价格（元）'],
      [
        ['元/斤', '12.10'],
        ['元/升', '11.25'],
        ['元/斤', '10.20'],
      ],
    ),
  ],
  [
    'prices and their day',
    measured(
      ['商品名称', '均价', '日期'],
      [
        ['2.80', '2024-03-15'],
        ['3.10', '2024-03-15'],
        ['4.20', '2024-03-14'],
      ],
    ),
  ],
  [
    'levels within many elements',
    `<div><div>${measured(['站名', '水位', '时间'], HOURS).replaceAll('<td>03', '<td><div><p><span>03')}</div></div>`,
  ],
]

const titles = (heads: readonly string[], rest: (date: string) => readonly string[]) =>
  `<table>${row(heads)}${each([NEW, '2024-03-07'], (d, t, n) => row([`<a href="/p/${n}.html">${t}</a>`, ...rest(d)]))}</table>`
const PUBLISHED: readonly (readonly [name: string, html: string])[] = [
  ['titles and prices', titles(['标 题', '价格', '日期'], (d) => ['2.80', d])],
  ['works and what they cost', titles(['采购项目', '单价', '日期'], (d) => ['2.80', d])],
  ['titles under 题目', titles(['题目', '部门', '日期'], (d) => ['区教育局', d])],
  [
    'figures and the day of publishing',
    measured(
      ['品名', '价格', '发布日期'],
      [
        ['2.80', NEW],
        ['3.10', '2024-03-07'],
      ],
    ),
  ],
  ['notices and what people think of them', titles(['通知', '评价', '日期'], (d) => ['满意', d])],
  ['no head that is known', titles(['序号', '部门', '日期'], (d) => ['区教育局', d])],
]

const both = (name: string, gold: string | null, html: string): FamilyPage[] => [
  home(name, gold, plain(html)),
  list(name, gold, plain(html)),
]

export const FIGURE_PAGES: readonly FamilyPage[] = [
  ...FIGURES.flatMap(([name, html]) =>
    both(`a table of figures beside a still list: ${name}`, OLD, html + STILL),
  ),
  ...PUBLISHED.flatMap(([name, html]) =>
    both(`a table of titles beside a still list: ${name}`, NEW, html + STILL),
  ),
  ...both('prices that look like days, and nothing else', null, FIGURES[4]?.[1] as string),
  list(
    'titles without links under 题目, by month and day',
    NEW,
    plain(titles(['题目', '部门', '日期'], (d) => ['区教育局', d.slice(5)]).replaceAll(/<\/?a[^>]*>/g, '')),
  ),
]
