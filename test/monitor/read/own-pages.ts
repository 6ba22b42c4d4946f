import iconv from 'iconv-lite'

/*
 * Pages of our own, written for the purpose: one for each mechanism and trap of Chinese government pages, in the manner
 * of six families of content systems. No site, title or date in them is real. What a person reads as the newest publish
 * date stands beside each; `null`: none is there. They stand in where the labelled pages of real sites are not at hand.
 */

export type Family = 'trs' | 'siteserver' | 'jcms' | 'gkmlpt' | 'asp' | 'dede'

export interface OwnPage {
  /** The mechanism or trap. */
  readonly name: string
  readonly kind: 'home' | 'list' | 'article'
  /** The newest publish date as a person reads it; null: none is shown. */
  readonly gold: string | null
  /** Why it is no publish date, or was not seen, where that matters. */
  readonly reason?: string
  readonly url?: string
  html(charset: string): string
}

/** Taken for today. */
export const OWN_REF = '2021-01-10'

const TITLES = [
  '关于开展冬季消防安全检查的通知',
  '本街道召开年度工作总结会议',
  '关于公布便民服务事项的公告',
  '社区志愿者走访慰问老人',
]
type Item = readonly [href: string, date: string, title?: string]

const title = (item: Item, index: number) => item[2] ?? TITLES[index % TITLES.length] ?? ''
const rows = (items: readonly Item[], row: (href: string, text: string, date: string) => string) =>
  items.map((item, index) => row(item[0], title(item, index), item[1])).join('\n')

/** How each family writes a list of items. */
const LISTS: { readonly [family in Family]: (items: readonly Item[]) => string } = {
  trs: (items) =>
    `<ul class="list_01">${rows(items, (h, t, d) => `<li><a href="${h}" title="${t}" target="_blank">${t}</a><span>${d}</span></li>`)}</ul>`,
  siteserver: (items) =>
    `<div class="newslist">${rows(items, (h, t, d) => `<dl><dd class="t"><a href="${h}">${t}</a></dd><dd class="d">[${d}]</dd></dl>`)}</div>`,
  jcms: (items) =>
    `<table width="100%">${rows(items, (h, t, d) => `<tr><td><img src="/d.gif"><a class="bt_link" href="${h}">${t}</a></td><td align="right" class="bt_time">${d}</td></tr>`)}</table>`,
  gkmlpt: (items) =>
    `<ul class="news_list">${rows(items, (h, t, d) => `<li><a href="${h}"><span class="time">${d}</span><p>${t}</p></a></li>`)}</ul>`,
  asp: (items) =>
    `<TABLE border=0>${rows(items, (h, t, d) => `<TR><TD height=24>·<A href="${h}" target=_blank>${t}</A>&nbsp;<FONT color=#999999>(${d})</FONT></TD></TR>`)}</TABLE>`,
  dede: (items) =>
    `<ul class="d1">${rows(items, (h, t, d) => `<li><span class="date">${d}</span><a href="${h}">${t}</a></li>`)}</ul>`,
}

const MENU = ['首页', '政务公开', '办事服务', '互动交流', '走进街道']
  .map((name) => `<li><a href="/${name}/">${name}</a></li>`)
  .join('')

/** A whole page of some family around `body`. */
function page(body: string, { head = '', heading = '示例街道办事处' } = {}): OwnPage['html'] {
  return (
    charset,
  ) => `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">
<title>${heading}</title>${head}</head><body><div class="nav"><ul>${MENU}</ul></div>
${body}
<div class="foot"><p>版权所有 © 2002-2021 示例街道办事处 粤ICP备05083647号 网站标识码4401000000 电话：020-21010910</p></div></body></html>`
}

const days = (...dates: string[]): Item[] => dates.map((date, i) => [`/zwgk/${i}.html`, date])
const listed = (
  name: string,
  family: Family,
  items: readonly Item[],
  gold: string | null,
  more = '',
): OwnPage => ({
  name,
  kind: 'list',
  gold,
  html: page(`<h3>通知公告</h3>${LISTS[family](items)}${more}`),
})
const home = (name: string, body: string, gold: string | null, reason?: string): OwnPage => ({
  name,
  kind: 'home',
  gold,
  html: page(body),
  ...(reason === undefined ? {} : { reason }),
})
const article = (
  name: string,
  body: string,
  gold: string | null,
  { head = '', url }: { head?: string; url?: string } = {},
): OwnPage => ({
  name,
  kind: 'article',
  gold,
  html: page(body, { head, heading: TITLES[0] ?? '' }),
  ...(url === undefined ? {} : { url }),
})
const H1 = `<h1>${TITLES[0]}</h1>`
const P = '<p>各社区居委会：请按照要求做好检查工作，发现隐患及时报告，并于每周五前汇总情况。</p>'.repeat(3)

/** Every form in which a date is written; each list holds one older date besides. */
const FORMS: OwnPage[] = [
  listed('YYYY-MM-DD', 'trs', days('2021-01-06', '2020-12-30'), '2021-01-06'),
  listed(
    'YYYY-MM-DD HH:MM:SS',
    'siteserver',
    days('2021-01-06 09:12:33', '2020-12-30 10:00:01'),
    '2021-01-06',
  ),
  listed('YYYY年M月D日', 'jcms', days('2021年1月6日', '2020年12月30日'), '2021-01-06'),
  listed(
    '[YYYY-MM-DD] in an element of its own',
    'siteserver',
    days('2021-01-06', '2021-01-04'),
    '2021-01-06',
  ),
  listed('(YYYY-MM-DD)', 'asp', days('2021-01-05', '2020-11-30'), '2021-01-05'),
  {
    name: 'a date in brackets glued to the title',
    kind: 'list',
    gold: '2020-08-20',
    html: page(
      ['2020-08-20', '2020-08-11', '2020-07-01']
        .map((date, i) => `<h3><a href="/c/${i}.html">${TITLES[i]}(${date})</a></h3>`)
        .join(''),
    ),
  },
  listed('MM-DD', 'trs', days('01-08', '01-05', '12-29'), '2021-01-08'),
  listed('[MM-DD]', 'siteserver', days('01-07', '12-30'), '2021-01-07'),
  listed('(MM-DD)', 'asp', days('01-06', '12-31'), '2021-01-06'),
  {
    name: '[MM-DD] and title in one text',
    kind: 'list',
    gold: '2021-01-09',
    html: page(
      `<ul>${['01-09', '01-05', '12-30'].map((date, i) => `<li><a href="/p/${i}.html">[${date}] ${TITLES[i]}</a></li>`).join('')}</ul>`,
    ),
  },
  listed('MM/DD', 'gkmlpt', days('01/07', '12/30'), '2021-01-07'),
  listed('YY-MM-DD', 'asp', days('21-01-05', '20-12-13'), '2021-01-05'),
  home(
    'YY年MM月DD日 in the title attribute',
    `<ul>${['21年01月03日', '20年12月22日'].map((d, i) => `<li><a href="/n/${i}.html" title="标题：${TITLES[i]} 发表时间：${d}">${TITLES[i]}</a></li>`).join('')}</ul>`,
    '2021-01-03',
  ),
  home(
    'YYYY/M/D H:MM:SS only in the title attribute',
    `<ul>${['2021/1/2 12:20:00', '2020/12/9 9:01:11'].map((d, i) => `<li><a href="/n/${i}.html" title="更新时间：${d}">${TITLES[i]}</a></li>`).join('')}</ul>`,
    '2021-01-02',
  ),
  home(
    'day and year-month in two elements',
    [
      ['23', '2020-12'],
      ['05', '2020-11'],
    ]
      .map(
        ([d, m], i) =>
          `<div class="item"><div class="date"><b>${d}</b><i>${m}</i></div><a href="/x/${i}.html">${TITLES[i]}</a></div>`,
      )
      .join(''),
    '2020-12-23',
  ),
  listed('YYYY.MM.DD', 'jcms', days('2021.01.06', '2020.12.30'), '2021-01-06'),
  listed('YYYY-MM-D', 'dede', days('2021-01-5', '2020-12-8'), '2021-01-05'),
  article(
    '时间：YYYY年MM月DD日 HH:MM】',
    `${H1}<div>【来源：本街道 时间：2021年01月04日 23:03】</div>${P}`,
    '2021-01-04',
  ),
  article(
    '发布时间 glued to the readers',
    `${H1}<p class="info">【字体：大 中 小】 发布时间：2021-01-06阅读次数：12 】</p>${P}`,
    '2021-01-06',
  ),
  listed('昨天 and N小时前', 'gkmlpt', days('3小时前', '昨天', '2021-01-02'), '2021-01-10'),
]

/** Addresses that say the year. */
const ADDRESSES: OwnPage[] = [
  '/tzgg/202012/t20201230_11.html',
  '/tzgg/202012/11.html',
  '/tzgg/2020-12-30/11.html',
  '/tzgg/20201230/1f0c-22ab.html',
  '/2020/1230/11.html',
  '/art/2020/12/30/art_1_11.html',
  '/c/2020-12-30/11.shtml',
  '/staticpages/20201230/11.shtml',
  '/html/1609315200000958.html',
].map((href) => ({
  ...listed(`a month-day with the address ${href}`, 'trs', [[href, '12-30']], '2020-12-30'),
  kind: 'home' as const,
}))

const old = Array.from(
  { length: 9 },
  (_, i): Item => [`/gz/201908/t2019080${i + 1}_${i}.html`, `08-0${i + 1}`],
)

const TRAPS: OwnPage[] = [
  home(
    'month-days of years ago',
    LISTS.trs([['/k/201712/t20171206_2.html', '03-30'], ['/k/202012/t20201230_6.html', '12-30'], ...old]),
    '2020-12-30',
  ),
  home(
    'month-days without any year, links to scripts',
    LISTS.dede([
      ['javascript:;', '01-09'],
      ['javascript:;', '01-04'],
      ['javascript:;', '12-28'],
    ]),
    '2021-01-09',
  ),
  home(
    'a clock written by a script',
    `<div>今天是：<script>document.write(new Date().getFullYear()+"年")</script></div>${LISTS.trs(days('2020-12-28', '2020-12-01'))}`,
    '2020-12-28',
  ),
  home(
    'today frozen in the head',
    `<div class="top">2021年01月09日 星期六</div>${LISTS.jcms(days('2020-12-28', '2020-12-01'))}`,
    '2020-12-28',
  ),
  home(
    'the lunar calendar',
    `<div>2021年1月9日 农历十一月廿六</div>${LISTS.asp(days('2020-12-28', '2020-12-02'))}`,
    '2020-12-28',
  ),
  {
    name: 'metas of when the page was made',
    kind: 'list',
    gold: '2020-12-18',
    html: page(LISTS.trs(days('2020-12-18', '2020-12-01')), {
      head: '<meta name="HtmlGenerateTime" content="2021-01-09 11:38:50"><meta name="Maketime" content="2021-01-09 01:00:00"><meta name="others" content="页面生成时间 2021-01-09 15:09:57">',
    }),
  },
  article(
    'the publish date only in a script',
    `${H1}<div>发布日期：<script>var pubdata='2020年12月30日'; document.write(pubdata)</script></div>${P}`,
    '2020-12-30',
  ),
  article('the publish date in a meta', `${H1}${P}`, '2020-12-21', {
    head: '<meta name="PubDate" content="2020-12-21 10:00">',
  }),
  article('the publish date only in the address', `${H1}${P}`, '2020-12-11', {
    url: 'http://a.gov.cn/zwgk/202012/t20201211_33.html',
  }),
  {
    name: 'a list in the data of a script',
    kind: 'list',
    gold: '2021-01-05',
    html: page(
      '<div id="list"></div><script>var listData={articleList:[{"title":"关于开展检查工作的通知","url":"/a/1.html","pubDate":"2021-01-05"},{"title":"街道召开年度总结会议","url":"/a/2.html","pubDate":"2020-12-25"}]};</script>',
    ),
  },
  {
    name: 'a list in comments',
    kind: 'list',
    gold: '2021-01-04',
    html: page(`<ul><!--${LISTS.trs(days('2021-01-04', '2020-12-30', '2020-12-29'))}--></ul>`),
  },
  {
    name: 'a list in the data store of a script',
    kind: 'list',
    gold: '2021-01-03',
    html: page(
      '<script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/1.html">关于开展检查工作的通知</a><span>2021-01-03</span></li>]]></record><record><![CDATA[<li><a href="/art/2.html">关于举办培训班的通知公告</a><span>2020-12-22</span></li>]]></record></recordset></datastore></script>',
    ),
  },
  {
    name: 'a list that a script asks for',
    kind: 'home',
    gold: null,
    reason: 'drawn_by_script',
    html: page('<ul id="news"></ul><script>$.get("/api/news",function(d){$("#news").html(d)})</script>'),
  },
  listed('a pinned item first', 'trs', days('2018-01-02', '2021-01-06', '2021-01-05'), '2021-01-06'),
  listed(
    'addresses later than the shown dates',
    'jcms',
    [
      ['/k/201912/t20191226_1.html', '2019-07-20'],
      ['/k/201705/t20170520_2.html', '2010-06-28'],
    ],
    '2019-07-20',
  ),
  listed(
    'the period of an activity',
    'siteserver',
    [
      ['/h/1.html', '2022-10-12至2023-10-11'],
      ['/h/2.html', '2016-05-11'],
      ['/h/3.html', '2016-04-02'],
    ],
    '2016-05-11',
  ),
  listed(
    'a day to come in a title',
    'trs',
    [
      ['/h/1.html', '2020-12-29', '本省消防条例2021年1月1日起施行'],
      ['/h/2.html', '2020-12-01', '定于2021年8月28日举行的考试报名'],
    ],
    '2020-12-29',
  ),
  home(
    'a deadline',
    `${LISTS.trs(days('2020-12-15', '2020-12-01'))}<p>截止日期：2021-01-08</p>`,
    '2020-12-15',
  ),
  listed(
    'year and month in titles',
    'dede',
    [
      ['/h/1.html', '2020-11-20', '企业登记延续友情提示（2020年12月）'],
      ['/h/2.html', '2020-10-20', '2021年度部门预算、2022第6期、〔2021〕3号'],
    ],
    '2020-11-20',
  ),
  home(
    'case numbers',
    `<ul><li><a href="/h/1.html">（2016）粤13民终2456号民事判决书送达公告</a></li></ul>${LISTS.trs(days('2020-10-10', '2020-10-09'))}`,
    '2020-10-10',
  ),
  home(
    'copyright, licence and telephone',
    `<p>联系电话：0432-64606800 传真：020-2021-01-09</p><p>Copyright 2021-01-08 All Rights Reserved</p>${LISTS.asp(days('2020-12-05', '2020-12-04'))}`,
    '2020-12-05',
  ),
  home(
    'the weather, a calendar picker, a counter',
    `<iframe src="http://i.tianqi.com/x"></iframe><div class="weather">1月9日 12-20℃</div><input class="laydate" value="2021-01-09"><p>访问量：20210109</p>${LISTS.trs(days('2020-12-06', '2020-12-05'))}`,
    '2020-12-06',
  ),
  home(
    'articles without any date',
    `<ul>${Array.from({ length: 8 }, (_, i) => `<li><a href="/a${i}.html">全街道第${i + 1}次安全生产工作会议顺利召开</a></li>`).join('')}</ul>`,
    null,
    'no_dates',
  ),
  {
    name: 'a page that only sends on',
    kind: 'home',
    gold: null,
    reason: 'entrance',
    html: () =>
      '<html><head><meta http-equiv="refresh" content="0;url=/portal/index.html"></head><body></body></html>',
  },
  {
    name: 'a splash with a timer',
    kind: 'home',
    gold: null,
    reason: 'entrance',
    html: () =>
      '<html><body><embed src="a.swf"><a href="javascript:void(0)">点击进入</a><script>setTimeout("self.location=\'index.html\'", 10000)</script></body></html>',
  },
  home(
    'a hidden tab with the newest item',
    `<div class="tab">${LISTS.trs(days('2020-12-01', '2020-11-30'))}</div><div class="tab" style="display:none">${LISTS.trs(days('2021-01-07', '2020-11-11'))}</div>`,
    '2021-01-07',
  ),
  {
    name: 'titles replaced by spammers',
    kind: 'home',
    gold: '2020-12-19',
    html: page(LISTS.trs(days('2020-12-19', '2020-12-01')), {
      heading: '&#29233;&#28216;&#25103;体育官网2021-01-09',
      head: '<meta name="keywords" content="爱游戏2021-01-09">',
    }),
  },
  article(
    'a signature and a document number besides',
    `${H1}<div>发布日期:2021-01-03 09:34:09</div><p>〔2020〕16号</p>${P}<p align="right">示例街道办事处</p><p align="right">2020年12月23日</p>`,
    '2021-01-03',
  ),
  article(
    '成文日期, 发布日期, 实施日期',
    `<table><tr><td>成文日期：</td><td>2020-11-30</td><td>发布日期：</td><td>2020-12-17</td></tr><tr><td>实施日期：</td><td>2021-01-01</td><td>失效日期：</td><td>2026-01-01</td></tr></table>${H1}${P}`,
    '2020-12-17',
  ),
  article(
    'only a signature',
    `${H1}${P}<p align="right">示例街道办事处</p><p align="right">二〇二〇年十二月三日</p>`,
    '2020-12-03',
  ),
  {
    name: 'a frameset',
    kind: 'home',
    gold: null,
    reason: 'entrance',
    html: () =>
      '<html><frameset rows="90,*"><frame name="top" src="top.htm"><frame name="main" src="main.htm"></frameset></html>',
  },
]

/** All of them, by name. */
export const OWN_PAGES: readonly OwnPage[] = [...FORMS, ...ADDRESSES, ...TRAPS]

/** The same list in the manner of every family. */
export const FAMILY_PAGES: readonly (OwnPage & { readonly family: Family })[] = (
  Object.keys(LISTS) as Family[]
).flatMap((family) =>
  (['home', 'list'] as const).map((kind) => ({
    ...listed(`${family}, ${kind}`, family, days('2020-12-24', '2021-01-08', '2020-12-30'), '2021-01-08'),
    kind,
    family,
  })),
)

/** The bytes of a page and what they call themselves; `lie`: a declaration that is not true. */
export function bytesOf(own: OwnPage, encoding: 'utf8' | 'gbk', lie = false): Buffer {
  const says = (encoding === 'gbk') === lie ? 'utf-8' : 'gb2312'
  return iconv.encode(own.html(says), encoding)
}
