import { each, type FamilyPage, home, list, plain, T } from './kit.ts'

/* What is new by itself beside a list that has been still since 2022, and what looks like it and was published. */

const OLD = '2022-11-20'
const NEW = '2024-03-12'
const linked = (dates: readonly string[], path = 'n') =>
  `<ul>${each(dates, (d, t, n) => `<li><a href="/${path}/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`
const STILL = `<div class="news"><h2>工作动态</h2>${linked([OLD, '2022-11-14', '2022-10-26'])}</div>`
const page = (body: string) => plain(`<div class="top"><a href="/">首页</a></div>${body}`)
const script = (text: string, type = 'text/javascript') => `<script type="${type}">${text}</script>`
const both = (name: string, gold: string | null, body: string): FamilyPage[] => [
  home(name, gold, page(body)),
  list(name, gold, page(body)),
]

const SITE = '示例市人民政府'
const records = (titles: readonly string[], days: readonly string[]) =>
  JSON.stringify(titles.map((title, n) => ({ title, url: `/s/${n}.html`, publishTime: days[n] })))
const STATIONS = ['示例市一区天气实况', '示例市二区天气实况', '示例市三区天气实况']

const SCRIPTS: readonly (readonly [name: string, html: string])[] = [
  [
    'what a search engine is told',
    script(
      `{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","title":"示例门户","pubDate":"2024-03-15T08:00:00"}`,
      'application/ld+json',
    ),
  ],
  [
    'the site for search engines',
    script(
      `{"@context":"https://schema.org","@type":"WebSite","name":"示例门户","datePublished":"2024-03-15"}`,
      'application/ld+json',
    ),
  ],
  ['the page by itself', script(`var pageInfo={title:"${SITE}",publishTime:"2024-03-15 03:00:01"}`)],
  ['the site by itself', script(`window.SITE={"name":"${SITE}","pubDate":"2024-03-15 08:00:00"}`)],
  [
    'two banners',
    script(`var b=${records(['优化营商环境专题', '乡村振兴专题展示'], ['2024-03-14', '2024-03-13'])}`),
  ],
  [
    'weather of the hour',
    script(`var w=${records(STATIONS, ['2024-03-15 08:00', '2024-03-15 08:00', '2024-03-15 08:00'])}`),
  ],
]

const box = (head: string, dates: readonly string[] = [NEW, '2024-03-08', '2024-03-01']) =>
  `<div class="box">${head}${linked(dates, 'p')}</div>`
const h3 = (head: string) => `<h3>${head}</h3>`

/** Heads of what a program shows, with a page for each item. */
const LIVE: readonly (readonly [name: string, html: string])[] = [
  ...[
    ...['最新来信', '留言板', '区长信箱', '菜篮子价格', '水雨情', '专家门诊', '今日值班', '最新职位'],
    ...['最新震情', '地震速报', '地震目录'],
  ].map((head) => [head, box(h3(head))] as const),
  ...['热门搜索', '最近访问'].map((head) => [head, box(h3(head), ['1小时前', '2小时前'])] as const),
  ['最新注册用户', box(h3('最新注册用户'))],
  [
    'a bar for a head',
    box('<div class="hd"><a href="/zx">咨询投诉</a><a class="more" href="/zx">更多</a></div>'),
  ],
  [
    'figures of one minute',
    `<ul>${['甲', '乙', '丙'].map((name, n) => `<li><a href="/k/${n}">示例${name}监测点</a><span>2024-03-15 08:00</span></li>`).join('')}</ul>`,
  ],
  ['a forecast', box(h3('三日'), ['03-15', '03-16', '03-17'])],
  ['a forecast with its years', box(h3('三日'), ['2024-03-15', '2024-03-16', '2024-03-17'])],
  [
    'a table of stations',
    `<div>${h3('空气质量')}<table><tr><th>站点名称</th><th>AQI</th><th>时间</th></tr>${each(['2024-03-15', '2024-03-15'], (d, _, n) => `<tr><td><a href="/k/${n}">示例第${n + 1}监测站点</a></td><td>45</td><td>${d}</td></tr>`)}</table></div>`,
  ],
]

/** Heads with such words of what people publish all the same. */
const PUBLISHED: readonly (readonly [name: string, html: string])[] = [
  ...[
    ...['空气质量日报', '投诉公示', '招聘信息', '人才招聘', '监测动态', '决策咨询', '实时新闻', '专家观点'],
    ...[
      '震情动态',
      '震情信息',
      '震情快递',
      '震情会商意见',
      '震情简报',
      '震情快讯',
      '地震快报',
      '地震科普',
      '防震减灾快报',
    ],
    ...['地震情况', '抗震情况', '防震情况通报', '防震情景'],
  ].map((head) => [head, box(h3(head))] as const),
  [
    'a word of a menu in the same box',
    `<div><p><a href="/zx">在线咨询</a></p>${linked([NEW, '2024-03-08'], 'p')}</div>`,
  ],
  [
    'another heading below',
    `<div>${h3('区长信箱')}${linked(['2022-10-02', '2022-10-01'], 'x')}${h3('走进示例区美丽乡村')}${linked([NEW, '2024-03-08'], 'p')}</div>`,
  ],
  ['three of one day', box(h3('示例'), [NEW, NEW, NEW])],
  ['three of one midnight', box(h3('示例'), [`${NEW} 00:00`, `${NEW} 00:00`, `${NEW} 00:00`])],
  ['put up in one hour', box(h3('示例'), [`${NEW} 09:14`, `${NEW} 09:13`, `${NEW} 09:12`])],
  ['put up in one minute', box(h3('示例'), [`${NEW} 09:12`, `${NEW} 09:12`, `${NEW} 09:12`])],
  [
    'short titles put up in one minute',
    `<ul>${['部门预算公开', '三公经费公开', '绩效目标公开'].map((name, n) => `<li><a href="/y/${n}.html">${name}</a><span>${NEW} 10:32</span></li>`).join('')}</ul>`,
  ],
  ['one a day up to today', box(h3('示例'), ['03-12', '03-11', '03-10'])],
]

/** Clocks in the place of an item, and what is written like them. */
const TICKER =
  '<table><tr><td>2024年3月15日</td><td><a href="/z">热烈祝贺示例市获评全国文明城市</a></td></tr></table>'

/** In scripts of pages whose news have no days: nothing leads to any of it. */
const UNDATED = `<ul>${T.map((t, n) => `<li><a href="/u/${n}.html">${t}</a></li>`).join('')}</ul>`
const HOLIDAYS = ['春节放假安排信息', '元旦放假安排信息', '中秋放假安排信息']
const DATA: readonly (readonly [name: string, html: string])[] = [
  [
    'holidays',
    script(`var h=${JSON.stringify(HOLIDAYS.map((name, n) => ({ name, day: `2024-0${3 - n}-01` })))}`),
  ],
  [
    'a forecast',
    script(
      `var w=${JSON.stringify([13, 14, 15].map((n) => ({ d: `2024-03-${n}`, w: '多云转小雨转阴天' })))}`,
    ),
  ],
  ['banners', script(HOLIDAYS.map((name, n) => `show("${name}横幅","2024-03-0${n + 1}")`).join(';'))],
  [
    'weather of the hour',
    script(`var w=${records(STATIONS, ['2024-03-15 08:00', '2024-03-15 08:00', '2024-03-15 08:00'])}`),
  ],
]

const DAYS = [NEW, '2024-03-08', '2024-03-01']
const cards = (foot: (date: string) => string) =>
  each(
    DAYS,
    (d, t, n) =>
      `<div class="card"><div class="body"><a href="/c/${n}"><h4>${t}</h4></a><p>摘要摘要摘要摘要</p></div>${foot(d)}</div>`,
  )

/** Lists in whose surroundings stand names and words of something else. */
const NAMED: readonly (readonly [name: string, html: string])[] = [
  [
    'a foot for each card',
    cards((d) => `<div class="foot"><i></i><span>${d}</span><span>阅读 34</span></div>`),
  ],
  [
    'summaries that speak of the weather',
    each(
      DAYS,
      (d, t, n) =>
        `<div class="c"><h3><a href="/c/${n}">${t}</a></h3><p>我市发布高温橙色预警信号，最高气温38℃</p><div class="f"><span>${d}</span></div></div>`,
    ),
  ],
  [
    'daily reports by their numbers',
    `<h2>空气质量日报</h2><ul>${each(DAYS, (d, _, n) => `<li><a href="/c/${n}">空气质量日报（第${n + 1}期）</a><span>${d}</span></li>`)}</ul>`,
  ],
  ...['cur-date', 'top_date', 'headDate'].map(
    (name) =>
      [
        `days named ${name}`,
        `<ul>${each(DAYS, (d, t, n) => `<li><a href="/c/${n}">${t}</a><span class="${name}">${d}</span></li>`)}</ul>`,
      ] as const,
  ),
]

/** Days in the titles themselves, at the end of so many of them. */
const tails = (dates: readonly string[], rest = 0) =>
  `<ul>${each([...dates, ...Array<string>(rest).fill('')], (d, t, n) => `<li><a href="/t/${n}">${t}${d && `（${d}）`}</a></li>`)}</ul>`
const TAILS = ['3月12日', '3月8日', '2月27日']

export const BESIDE_PAGES: readonly FamilyPage[] = [
  ...SCRIPTS.flatMap(([name, html]) => both(`in a script beside a still list: ${name}`, OLD, STILL + html)),
  ...LIVE.flatMap(([name, html]) =>
    both(`shown by a program beside a still list: ${name}`, OLD, STILL + html),
  ),
  ...PUBLISHED.flatMap(([name, html]) => both(`published beside a still list: ${name}`, NEW, STILL + html)),
  ...both('a clock beside a ticker in a row', OLD, TICKER + STILL),
  ...both('an item written otherwise than all others', '2024-03-14', TICKER.replace('15日', '14日') + STILL),
  ...DATA.flatMap(([name, html]) =>
    both(`in a script beside news without days: ${name}`, null, UNDATED + html),
  ),
  ...both(
    'in a script beside news without days: a list by numbers',
    NEW,
    UNDATED +
      script(
        `var l=${JSON.stringify(HOLIDAYS.map((bt, n) => ({ id: n, bt: `关于${bt}`, rq: [NEW, '2024-03-01', '2024-02-01'][n] })))}`,
      ),
  ),
  ...both(
    'numbers of a year that tell month and day',
    '2022-03-12',
    `<h2>工作简报</h2><ul>${each(['12', '10', '05'], (d, t, n) => `<li><a href="/j/${n}">${t}</a><span>2022年第${12 - n}期(03-${d})</span></li>`)}</ul>`,
  ),
  ...NAMED.flatMap(([name, html]) => both(`published, whatever stands around: ${name}`, NEW, html)),
  ...both(
    'a clock by its name beside a link',
    OLD,
    `<ul><li><a href="/w">示例市网站适老化改造说明</a><span class="top_date">2024-03-15</span></li></ul>${STILL}`,
  ),
  ...both(
    'days of the weather by the name of their box',
    OLD,
    `${STILL}<ul class="weather">${each(['2024-03-14', '2024-03-13'], (d, t, n) => `<li><a href="/w/${n}">${t}</a><span>${d}</span></li>`)}</ul>`,
  ),
  ...both(
    'days of the weather beside links to it',
    OLD,
    `${STILL}${each(['2024-03-14', '2024-03-13'], (d, _, n) => `<div class="c"><h3><a href="/c/${n}">示例市发布第${n + 1}号大风蓝色预警信号</a></h3><p>气温骤降</p><div class="f"><span>${d}</span></div></div>`)}`,
  ),
  ...both('months and days in brackets at the ends of the titles', NEW, tails(TAILS)),
  ...both('… of a few of them', null, tails(TAILS, 5)),
  ...both('… of a still list', OLD, STILL + tails(['3月14日', '3月13日', '3月12日'])),
  ...both(
    'one foot, and cards beside it',
    OLD,
    `${STILL}<div class="foot"><p><a href="/w">示例市人民政府门户网站</a></p><p>2024-03-15</p></div>`,
  ),
  ...both('letters, and nothing else', NEW, box(h3('最新来信'))),
  ...both(
    'a menu that leads to earthquakes beside what was published',
    NEW,
    `<div><p><a href="/dz">地震速报</a></p>${linked([NEW, '2024-03-08'], 'p')}</div>${STILL}`,
  ),
  ...both(
    'in a script beside a still list: a list',
    NEW,
    STILL + script(`var l=${records(T.slice(0, 3), [NEW, '2024-03-08', '2024-03-01'])}`),
  ),
]
