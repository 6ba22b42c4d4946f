import { each, type FamilyPage, home, list, plain, T } from './kit.ts'

/* Lists whose items lead nowhere, days and years at their heads, columns of items, and what looks like a list and is none. */

const D = ['2024-03-12', '2024-03-08', '2024-02-27', '2024-01-11'] as const
const MD = ['03-12', '03-08', '02-27', '01-11'] as const
const GOLD = '2024-03-12'
const LINKS =
  '<div class="links"><a href="http://www.gov.cn">中国政府网</a> <a href="#">省人民政府门户网站</a> <a href="#">国家政务服务平台</a> <a href="#">市人民政府网站</a></div>'
const page = (body: string) => plain(`<div class="top"><a href="/">首页</a></div>${body}${LINKS}`)
const linked = (dates: readonly string[]) =>
  `<ul>${each(dates, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`

/** Items without links, each written in one way. */
const WAYS: readonly (readonly [name: string, html: string])[] = [
  [
    'titles in headings',
    `<ul>${each(D, (d, t) => `<li><h3>${t}</h3><span>${d}</span><i>12评</i></li>`)}</ul>`,
  ],
  [
    'opened by a script',
    each(
      D,
      (d, t, n) => `<div onclick="go(${n})"><p class="t">${t}</p><p>来源：区教育局 <em>${d}</em></p></div>`,
    ),
  ],
  [
    'days in turns with months and days',
    `<ul>${each(['3天前', '03-08', '2024-02-27'], (d, t) => `<li><p>${t}</p><span>${d}</span></li>`)}</ul>`,
  ],
  ['months and days', `<ul>${each(MD, (d, t) => `<li><p>${t}</p><em>${d}</em></li>`)}</ul>`],
  [
    'pictures whose captions begin with a day',
    `<ul>${each(D, (d, _, n) => `<li><img src="${n}.jpg"><p>3月${n + 1}日，第${n}批游客在公园里赏花踏青。</p><p>${d}</p></li>`)}</ul>`,
  ],
  [
    'a span of days below each day',
    each(
      D,
      (d, t) =>
        `<div><h4>${t}</h4><span>${d}T10:12:44.000+0800</span><p>申报时间：2024.03.01-2024.03.14</p></div>`,
    ),
  ],
  [
    'lines of a typewriter',
    `<pre>\n${each(D, (d, t) => ` 一、${t} ........ ${d}`)}\n 值班电话：2821018\n</pre>`,
  ],
  [
    'a table with a column for titles',
    `<table><tr><th>序号</th><th>标题</th><th>发布时间</th></tr>${each(D, (d, t, n) => `<tr><td>${n}</td><td>${t}</td><td>${d}</td></tr>`)}</table>`,
  ],
]

const TEAMS = ['教育局队', '公安局队', '民政局队', '财政局队']

/** What repeats a day and publishes nothing. */
const OTHERS: readonly (readonly [name: string, html: string])[] = [
  [
    'shifts',
    `<table><tr><td>日期</td><td>值班人员</td><td>值班电话</td></tr>${each(D, (d) => `<tr><td>${d}</td><td>李某某、王某某、赵某某</td><td>2821018</td></tr>`)}</table>`,
  ],
  [
    'doctors',
    `<table>${each(D, (d) => `<tr><td>${d}</td><td>内科</td><td>主任医师张某某坐诊于门诊三楼</td></tr>`)}</table>`,
  ],
  [
    'levels of water',
    `<ul>${['上', '中', '下', '东'].map((at) => `<li><p>示例河${at}游水文站水位二十米</p><span>2024-03-15 08:0${at.length}</span></li>`).join('')}</ul>`,
  ],
  [
    'power cuts with their hours',
    `<ul>${each(D, (d, t) => `<li><h4>${t}线路检修停电</h4><p>${d} 08:00-18:00</p></li>`)}</ul>`,
  ],
  [
    'matches',
    `<table>${each(D, (d, _, n) => `<tr><td>${TEAMS[n]}</td><td>3-${n}</td><td>${TEAMS[3 - n]}</td><td>${d}</td></tr>`)}</table>`,
  ],
  ['prices', `<ul>${each(D, (d) => `<li><span>${d}</span> 白条猪肉批发价格每公斤二十元</li>`)}</ul>`],
  [
    'a chronicle',
    `<ul>${each(['1956年5月3日', '1998年12月8日', '2021年9月1日'], (d, t) => `<li><b>${d}</b><p>${t}</p></li>`)}</ul>`,
  ],
  [
    'what is to come, some of it past',
    each(['2024-03-13', '2024-03-14', '2024-03-18'], (d, t) => `<p><b>${d}</b> <i>${t}</i></p>`),
  ],
  [
    'debtors by the day of their case',
    `<table><tr><td>企业</td><td>立案日期</td><td>状态</td></tr>${each(D, (d, _, n) => `<tr><td>示例市第${n}商贸有限责任公司</td><td>${d}</td><td>在列</td></tr>`)}</table>`,
  ],
]

/** Months and days below a year that is told with what it is of. */
const YEARS: readonly (readonly [name: string, head: string, gold: string])[] = [
  ['文件', '<h2>2022年文件</h2>', '2022-03-12'],
  ['Han numerals', '<h2>二〇二二年公告</h2>', '2022-03-12'],
  ['bold', '<p><b>2022年度工作动态</b></p>', '2022-03-12'],
  ['another heading between', '<h3>2022年工作会议</h3><h3>最新动态</h3>', GOLD],
  ['of a budget', '<h3>2022年部门决算</h3>', GOLD],
]

const COMMENTS = each(
  ['2024-03-14', '2024-03-13', '2024-03-11'],
  (d, t, n) => `<li><a href="/p/${n}#c${n}">${t}</a><span>${d}</span></li>`,
)
const OWN = linked(['2023-05-21', '2023-05-11', '2023-04-26'])
const cell = (title: string | undefined, d: string) => `<td><a href="${d}">${title}</a></td><td>${d}</td>`

/** News whose days are not told, beside what has days. */
const UNDATED = `<ul>${T.map((t, n) => `<li><a href="/u/${n}.html">${t}</a></li>`).join('')}</ul>`
const box = (head: string, titles: readonly string[]) =>
  `<div class="box"><h3>${head}</h3><ul>${each(['2024-03-15', GOLD, '2024-03-11'], (d, _, n) => `<li><span>${titles[n]}</span><span>${d}</span></li>`)}</ul></div>`
const PROGRAMS: readonly (readonly [head: string, ...titles: string[]])[] = [
  ['专家出诊', '心血管内科王某某主任医师', '儿科门诊李某某副主任医师', '骨科门诊陈某某主任医师'],
  ['菜篮子价格', '猪肉后腿肉平均零售价格', '鸡蛋平均零售价格走势', '大白菜平均零售价格走势'],
  ['开奖公告', '双色球第2024028期开奖号码', '大乐透第2024028期开奖号码', '排列三第2024028期开奖号码'],
  ['中奖名单', '一等奖获得者王*明 138****5678', '二等奖获得者李*丽 139****5678', '三等奖陈*文 137****5678'],
  ['最新来信', '关于小区门口违章停车问题', '反映某路段路灯不亮的问题', '医保报销比例的相关问题'],
  ['办件公示', '王*明申请办理营业执照变更', '李*丽申请办理食品经营许可', '陈*文申请办理社会保障卡'],
  ['水质公示', '第一水厂出厂水检测结果合格', '第二水厂出厂水检测结果合格', '第三水厂出厂水检测结果合格'],
  ['余票', '博物馆门票剩余名额二百张', '图书馆座位剩余名额五十个', '体育馆场地剩余名额十个'],
  ['航班动态', '飞往北京大兴准点起飞', '飞往上海虹桥延误起飞', '飞往成都双流准点起飞'],
  ['今日招聘', '示例电子厂招聘普工五十名', '示例商贸公司招聘文员两名', '示例物业公司招聘保安十名'],
  ['土地', '示例路一号地块挂牌成交', '示例路二号地块挂牌成交', '示例路三号地块挂牌成交'],
]

export const UNLINKED_PAGES: readonly FamilyPage[] = [
  ...WAYS.map(([name, html]) => list(`no links: ${name}`, GOLD, page(html))),
  ...WAYS.slice(0, 4).map(([name, html]) => home(`no links: ${name}`, GOLD, page(html))),
  ...PROGRAMS.map(([head, ...titles]) =>
    home(`what a program shows beside news without days: ${head}`, null, page(UNDATED + box(head, titles))),
  ),
  ...['通知公告', '政务要闻', '部门信息'].map((head) =>
    home(`no links beside news without days: ${head}`, '2024-03-15', page(UNDATED + box(head, T))),
  ),
  home(
    'no links below a head and 更多 in a bar of their own',
    '2024-03-15',
    page(
      `${UNDATED}<div><div class="hd"><h4>通知公告</h4><a href="/tzgg">更多</a></div>${box('', T).replace('<h3></h3>', '')}</div>`,
    ),
  ),
  list(
    'a program beside a list without days',
    null,
    page(UNDATED + box('余票', PROGRAMS[7]?.slice(1) ?? [])),
  ),
  list('a list of a program', '2024-03-15', page(box('最新来信', PROGRAMS[4]?.slice(1) ?? []))),
  ...OTHERS.map(([name, html]) => home(`no links and no items: ${name}`, null, page(html))),
  ...YEARS.map(([name, head, gold]) =>
    list(`a year and what is of it: ${name}`, gold, page(head + linked(MD))),
  ),
  list(
    'days of releases, the first behind a word',
    GOLD,
    page(
      '<h2>新聞公報 — 2024年3月12日（星期二）</h2><ul><li>20:15 <a href="1">政務司司長出席論壇致辭</a></li></ul><h2>2024年3月11日（星期一）</h2><ul><li>18:00 <a href="2">財政司司長動議二讀</a></li></ul>',
    ),
  ),
  list(
    'a newspaper by its number',
    GOLD,
    page(
      '<h2>示例报 2024年3月12日 星期二 第1118期</h2><ol><li>第01版<ul><li><a href="1">县两会今日胜利闭幕</a></li></ul></li></ol><p>下期出版：2024年3月19日</p>',
    ),
  ),
  list(
    'two columns of items, the right one newer',
    GOLD,
    page(
      `<table><tr>${cell(T[0], '03-08')}${cell(T[3], '03-12')}</tr><tr>${cell(T[5], '03-07')}${cell(T[8], '03-09')}</tr><tr>${cell(T[9], '03-02')}${cell(T[11], '03-06')}</tr></table>`,
    ),
  ),
  list(
    'two columns of items in a cell each',
    GOLD,
    page(
      `<table>${[0, 1, 2].map((n) => `<tr><td><a href="a${n}">${T[n]}</a>（03-0${8 - n}）</td><td><a href="b${n}">${T[n + 5]}</a>（03-1${2 - n}）</td></tr>`).join('')}</table>`,
    ),
  ),
  list(
    'months and days, the next year in a heading behind them',
    '2023-02-20',
    page(
      `<h4>2023年</h4><ul><li><a href="/1">${T[0]}</a><span>02-20</span></li></ul><h4>2019年</h4><ul><li><a href="/2">${T[3]}</a><span>03-01</span></li></ul>`,
    ),
  ),
  list('days ago in English', '2024-03-14', page(linked(['Yesterday', '3 days ago', '2 weeks ago']))),
  home(
    'a clock in a cell of its own between words of a menu',
    GOLD,
    page(
      `<table><tr><td><a href="/v">政务公开</a></td><td>2024-03-15</td><td><a href="/w">办事大厅</a></td><td>08:30</td></tr></table>${linked(D)}`,
    ),
  ),
  list(
    'no links: an account and its hour',
    '2024-03-14',
    page(
      each(
        ['昨天 18:20', '03-12 10:00', '03-08 09:00'],
        (d, t) => `<section><h2>${t}</h2><p>示例融媒 ${d}</p></section>`,
      ),
    ),
  ),
  home(
    'newest comments in a widget',
    '2023-05-21',
    page(`<div>${OWN}</div><aside><h3>近期评论</h3><ul>${COMMENTS}</ul></aside>`),
  ),
  home(
    'newest comments by the name of the box',
    '2023-05-21',
    page(`<div>${OWN}</div><div class="widget_recent_comments"><ul>${COMMENTS}</ul></div>`),
  ),
  home(
    'a head of its own above what visitors wrote',
    '2023-05-21',
    page(
      `${OWN}<div class="box"><div class="hd"><h4>网友留言</h4></div><div class="bd"><ul>${COMMENTS}</ul></div></div>`,
    ),
  ),
  home(
    'a box of visitors above the news',
    GOLD,
    page(`<div><div><h4>网友留言</h4></div><p>电话：12345</p><h3>政务要闻</h3>${linked(D)}</div>`),
  ),
  home(
    'a clock in Han numerals beside a menu',
    '2024-02-05',
    page(
      `<table><tr><td>二〇二四年三月十五日 星期五&nbsp;<a href="a">政务动态</a>|<a href="b">政策法规</a>|<a href="c">办事指南</a></td></tr></table><ul>${each(['二〇二四年二月五日', '二〇二四年一月三十日'], (d, t) => `<li><a href="1">${t}</a><font>${d}</font></li>`)}</ul>`,
    ),
  ),
]
