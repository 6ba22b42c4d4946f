import { dede, each, type FamilyPage, home, jcms, plain, T, trs, vsb } from './kit.ts'

const rows = (dates: readonly string[], base = '/xw/') =>
  `<ul>${each(dates, (d, t, n) => `<li><a href="${base}${n}.html" title="${t}">${t}</a><span>${d}</span></li>`)}</ul>`
const LINKS =
  '<div class="yqlj"><h4>友情链接</h4><select onchange="window.open(this.value)"><option>--国务院部门网站--</option><option value="http://www.gov.cn">中国政府网</option></select></div>'

export const HOME_PAGES: readonly FamilyPage[] = [
  home(
    'TRS: columns in tabs, one without years',
    '2024-03-13',
    trs(
      `<div class="tabs"><a href="/zwyw/">政务要闻</a>${rows(['03-13', '03-12', '03-08', '02-29'], '/zwyw/202403/t20240')}</div><div class="tabs"><a href="/tzgg/">通知公告</a>${rows(['2024-03-06', '2024-02-20'], '/tzgg/')}</div>${LINKS}`,
      '首页',
    ),
  ),
  home(
    'JCMS: dormant since summer, a clock of the day in the header',
    '2023-08-21',
    jcms(
      `<table><tr><td>今天是：2024年3月15日 星期五 农历二月初六</td></tr></table><table>${each(['2023-08-21', '2023-08-02', '2023-07-11'], (d, t, n) => `<tr><td><a href="/art/2023/8/21/art_${n}.html">${t}</a></td><td>[${d}]</td></tr>`)}</table>${LINKS}`,
    ),
  ),
  home(
    'a clock without a word before it, weekday and lunar day after',
    '2024-02-08',
    dede(
      `<div id="time">2024年03月15日 14:25:36 星期五 甲辰年二月初六</div><div class="list">${rows(['2024-02-08', '2024-02-01', '2024-01-22'])}</div>${LINKS}`,
    ),
  ),
  home(
    'weather of seven days, each with its date',
    '2024-03-01',
    plain(
      `<div class="weather"><ul><li>03-15 晴 12~22℃</li><li>03-16 多云 13~21℃</li><li>03-17 小雨 11~17℃</li></ul><p>示例市气象台3月15日08时发布</p></div>${rows(['2024-03-01', '2024-02-26', '2024-02-10'])}`,
    ),
  ),
  home(
    'air quality: 更新时间 beside AQI',
    '2024-01-30',
    plain(
      `<div class="kq">空气质量 AQI 56 良 首要污染物：PM2.5 更新时间：2024-03-15 14:00</div>${rows(['2024-01-30', '2024-01-12'])}${LINKS}`,
    ),
  ),
  home(
    'countdown to an event and a slogan with a date',
    '2023-12-20',
    trs(
      `<div class="djs">距离2024年3月14日全区两会召开还有<b>0</b>天</div><div class="banner"><a href="/zt/1.html">热烈庆祝示例区建区70周年（2024.3.10）</a></div>${rows(['2023-12-20', '2023-12-04'])}`,
      '首页',
    ),
  ),
  home(
    'this day in history',
    '2024-02-18',
    plain(
      `<div class="his"><h3>历史上的今天</h3><ul><li><a href="/h/1">1983年3月15日 国际消费者权益日确立</a></li><li><a href="/h/2">2024年3月15日 今日头条</a></li></ul></div>${rows(['2024-02-18', '2024-02-05'])}`,
    ),
  ),
  home(
    'letters of citizens with days fresher than the news',
    '2024-02-22',
    plain(
      `${rows(['2024-02-22', '2024-02-19', '2024-02-02'])}<div class="mail"><h3>领导信箱</h3><table><tr><th>信件标题</th><th>来信时间</th><th>状态</th></tr><tr><td><a href="/m/1">关于小区噪音的投诉</a></td><td>2024-03-14</td><td>已受理</td></tr><tr><td><a href="/m/2">咨询社保问题</a></td><td>2024-03-13</td><td>已答复</td></tr></table></div>`,
    ),
  ),
  home(
    'results of services by the day (办件公示)',
    '2024-01-25',
    plain(
      `${rows(['2024-01-25', '2024-01-16', '2024-01-03'])}<div class="bj"><h3>办件公示</h3><marquee direction="up"><p>张** 办理 居民身份证申领 已办结 2024-03-14</p><p>李** 办理 个体工商户登记 已受理 2024-03-15</p></marquee></div>`,
    ),
  ),
  home(
    'entrance page with a picture and two doors',
    null,
    plain(
      '<div style="text-align:center"><a href="/index.htm"><img src="/in.jpg" alt="进入网站"></a><p><a href="/index.htm">简体版</a> | <a href="/big5/">繁體版</a> | <a href="/en/">English</a></p><p>示例市人民政府主办 粤ICP备2024031512号</p></div>',
    ),
  ),
  home(
    'frameset',
    null,
    '<html><head><title>示例县人民政府</title></head><frameset rows="120,*,60" border="0"><frame src="top.asp"><frame src="main.asp"><frame src="bottom.asp"><noframes><body>您的浏览器不支持框架 2024-03-15</body></noframes></frameset></html>',
  ),
  home(
    'no dates: titles alone and a footer with 更新时间',
    null,
    plain(
      `<ul>${each(['', '', '', ''], (_d, t, n) => `<li><a href="/n/${n}.html">${t}</a></li>`)}</ul><footer>示例局主办 ICP备案 京ICP备05064444号 本站最后更新：2024-03-15 您是第2024315位访问者</footer>`,
    ),
  ),
  home(
    'no dates shown, but in the addresses',
    '2024-03-13',
    plain(
      `<ul>${each(['', '', '', ''], (_d, t, n) => `<li><a href="/xw/202403/t2024031${n}_1.html">${t}</a></li>`)}</ul>`,
    ),
  ),
  home(
    'month and day with weekdays, seen in January, news of December',
    '2023-12-29',
    plain(
      `<ul>${each(['12-29 周五', '12-27 周三', '12-25 周一'], (d, t, n) => `<li><a href="/${n}.html">${t}</a><i>${d}</i></li>`)}</ul>`,
    ),
    { ref: '2024-01-05' },
  ),
  home(
    'dead for two years, months and days alone, a title that names the year',
    '2021-12-28',
    plain(
      `<ul><li><a href="/1.html">关于2022年元旦放假安排的通知</a><span>12-28</span></li><li><a href="/2.html">2021年第三季度政府网站检查情况通报</a><span>10-09</span></li><li><a href="/3.html">示例县2021年教师招聘公告</a><span>06-15</span></li></ul>`,
    ),
  ),
  home(
    'a slide show, an old list and a calendar of days',
    '2023-11-09',
    plain(
      `<div class="swiper"><a href="/1"><img alt="1"><p>${T[3]}</p></a></div>${rows(['2023-11-09', '2023-10-30'])}<table class="cal"><caption>2024年3月</caption><tr><td>13</td><td>14</td><td class="today">15</td></tr></table>`,
    ),
  ),
  home(
    '博达: date cells in GBK days, a counter of visits by day',
    '2024-03-11',
    vsb(
      `<table>${each(['03/11', '03/08', '03/01', '02/27'], (d, t, n) => `<tr id="lineimg_u3_${n}"><td><a href="info/1001/${n}.htm" title="${t}">${t.slice(0, 8)}...</a></td><td><span class="timestyle3">&nbsp;[${d}]</span></td></tr>`)}</table>`,
    ),
  ),
  home(
    'WAP: one line an item, days in brackets',
    '2024-03-12',
    `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//WAPFORUM//DTD XHTML Mobile 1.0//EN" "http://www.wapforum.org/DTD/xhtml-mobile10.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>手机版</title></head><body><p>【要闻】<br/>${each(['03-12', '03-09', '03-02'], (d, t, n) => `<a href="v.jsp?id=${n}">${t}</a>(${d})<br/>`)}</p><p>03-15 14:26 <a href="/">返回首页</a></p></body></html>`,
  ),
  home(
    '适老化: large buttons and news in one column',
    '2024-03-04',
    plain(
      `<div class="big-btn"><a href="/sb">社保查询</a><a href="/yb">医保查询</a><a href="tel:02012345">一键拨号 12345</a></div><div class="news">${each(['2024年03月04日', '2024年02月25日'], (d, t, n) => `<a class="card" href="/n/${n}"><strong>${t}</strong><br><small>${d}</small></a>`)}</div>`,
    ),
  ),
  home(
    'inline JSON of a Vue page among others’ configuration',
    '2024-02-27',
    plain(
      `<div id="app"></div><script>window.siteInfo={buildTime:"2024-03-15 03:00:00",version:"2024.3.1"};var newsList=[{"title":"${T[0]}","url":"/a/1.html","pubDate":"2024-02-27"},{"title":"${T[3]}","url":"/a/2.html","pubDate":"2024-02-20"}];</script><script src="/static/js/app.20240315.js"></script>`,
    ),
  ),
  home(
    'hidden pane with a template, sample date in it',
    '2024-01-19',
    plain(
      `<div style="display:none" id="tpl"><ul><li><a href="#">标题示例文字标题示例文字</a><span>2024-03-15</span></li></ul></div><template><li><a href="#">标题</a>2024-03-14</li></template>${rows(['2024-01-19', '2024-01-11'])}`,
    ),
  ),
  home(
    'commented-out block of newer items',
    '2024-02-03',
    plain(`<!--${rows(['2024-03-13', '2024-03-12'])}-->${rows(['2024-02-03', '2024-01-29'])}`),
  ),
  home(
    'disclosure: yearly reports in titles, day below',
    '2024-01-31',
    plain(
      `<div class="gk"><h3><a href="/gknb/">政府信息公开年报</a></h3><div><a href="/nb/2023.html">示例区2023年政府信息公开工作年度报告</a><br><span>发布日期：2024-01-31</span></div><div><a href="/nb/2022.html">示例区2022年政府信息公开工作年度报告</a><br><span>发布日期：2023-01-30</span></div></div>`,
    ),
  ),
  home(
    'two days in one row: event and publishing, label only in the head line',
    '2024-03-05',
    plain(
      `<dl class="hd"><dt><span>在线访谈</span></dt><dd><a href="/ft/1.html">区教育局局长谈招生政策</a><p>访谈时间：2024年3月12日15:00-16:00</p></dd></dl>${rows(['2024-03-05', '2024-02-21'])}`,
    ),
  ),
  home(
    'a duty roster and a table of road closures',
    '2024-02-16',
    plain(
      `${rows(['2024-02-16', '2024-02-05'])}<table class="zb"><tr><th>值班日期</th><th>值班领导</th></tr><tr><td>2024-03-14</td><td>王某</td></tr><tr><td>2024-03-15</td><td>李某</td></tr></table>`,
    ),
  ),
  home(
    'share of stock: statistics updated by the day',
    '2024-02-29',
    plain(
      `${rows(['2024-02-29', '2024-02-06'])}<div class="sj"><h3>数据公开</h3><p>截至2024年3月14日，累计办理业务1234件</p><p>统计时间：2024-03-14 24:00</p></div>`,
    ),
  ),
  home(
    'news relative in time: 2小时前 and 昨天',
    '2024-03-14',
    plain(
      `<ul>${each(['昨天 18:20', '3天前', '2024-03-01'], (d, t, n) => `<li><a href="/${n}.html">${t}</a><span class="time">${d}</span></li>`)}</ul>`,
    ),
  ),
  home(
    'opening notice that holds a period, years old items',
    '2022-06-30',
    plain(
      `<div class="pop"><p>系统维护公告：本网站将于2024年3月14日22:00至3月15日6:00进行升级维护，期间暂停服务。</p><button>关闭</button></div>${rows(['2022-06-30', '2022-05-18'])}`,
    ),
  ),
  home(
    'days in images’ alt and a logo with a date, items in plain text without links',
    '2024-03-02',
    plain(
      `<img src="/logo.png" alt="2024年3月15日 消费者权益日"><div class="news"><p>· ${T[0]}　2024-03-02</p><p>· ${T[1]}　2024-02-20</p><p>· ${T[5]}　2024-01-08</p></div>`,
    ),
  ),
  home(
    'state of the sky and holidays in a bar of rolling text',
    '2024-03-08',
    dede(
      `<marquee>示例镇天气预报：今天（15日）白天多云，3月16日小雨转阴；2024年3月15日是国际消费者权益日</marquee><div>${rows(['2024-03-08', '2024-02-23'])}</div>`,
    ),
  ),
]
