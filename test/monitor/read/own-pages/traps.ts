import { article, days, H1, home, type Item, LISTS, listed, type OwnPage, P, page } from './kit.ts'

/** What stands beside the dates that count. */
const old = Array.from(
  { length: 9 },
  (_, i): Item => [`/gz/201908/t2019080${i + 1}_${i}.html`, `08-0${i + 1}`],
)

/** What looks like the newest date and is not, or is it and does not look like it. */
export const TRAPS: OwnPage[] = [
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
  article('the publish date only in a meta', `${H1}${P}`, null, {
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
