import { article, dede, each, type FamilyPage, home, jcms, list, P, plain, T, trs, vsb } from './kit.ts'

const rows = (dates: readonly string[], base = '/xw/') =>
  `<ul>${each(dates, (d, t, n) => `<li><a href="${base}${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`

export const MIXED_PAGES: readonly FamilyPage[] = [
  list(
    'disclosure index: 生成日期 and 公开日期 in one row, a search form with days above',
    '2024-03-08',
    trs(
      `<form>发布时间：<input name="from" value="2024-01-01"> 至 <input name="to" value="2024-03-15"><button>检索</button></form><table><tr><th>索引号</th><th>名称</th><th>生成日期</th><th>公开日期</th></tr>${each(['2024-03-08', '2024-02-28', '2024-02-05'], (d, t, n) => `<tr><td>1144010${n}/2024-0031${n}</td><td><a href="/gk/${n}.html">${t}</a></td><td>2024-02-0${3 - n}</td><td>${d}</td></tr>`)}</table>`,
      '政府信息公开目录',
    ),
  ),
  list(
    'disclosure index: a hover box for each with index number, agency and days',
    '2024-01-23',
    jcms(
      `<ul>${each(['2024-01-23', '2023-12-11'], (d, t, n) => `<li class="mc"><a href="/art/2024/1/23/art_${n}.html">${t}</a><div class="box" style="display:none"><p><strong>索 引 号：</strong>014000/2024-0012${n}</p><p><strong>成文日期：</strong>2024-01-1${n}</p><p><strong>公开日期：</strong>${d}</p><p>有效期：2024-03-14</p></div><span class="fbrq">${d}</span></li>`)}</ul>`,
    ),
  ),
  list(
    'requests for disclosure: asked on, answered on; nothing published',
    null,
    trs(
      `<table><tr><th>申请编号</th><th>申请内容</th><th>申请时间</th><th>办理状态</th></tr><tr><td>YSQ20240314001</td><td>征地批复文件</td><td>2024-03-14</td><td>受理中</td></tr><tr><td>YSQ20240311002</td><td>规划许可</td><td>2024-03-11</td><td>已答复</td></tr></table>`,
      '依申请公开',
    ),
  ),
  list(
    'disclosure: years as tabs, table with agencies, 2-digit months without zeros',
    '2024-03-09',
    vsb(
      `<div class="tab"><a class="on">2024</a><a>2023</a><a>2022</a></div><table>${each(['2024年3月9日', '2024年2月7日', '2024年1月4日'], (d, t, n) => `<tr><td>${n + 1}</td><td><a href="info/1/${n}.htm">${t}</a></td><td>示例市交通运输局</td><td>${d}</td><td>现行有效</td></tr>`)}</table>`,
    ),
  ),
  list(
    'weekdays between date and title',
    '2024-03-14',
    plain(
      `<ul>${each(['2024-03-14 星期四', '2024-03-08 星期五'], (d, t, n) => `<li><i>${d}</i> <a href="/${n}.html">${t}</a></li>`)}</ul>`,
    ),
  ),
  list(
    'date left of the title without space, by a bar',
    '2024-02-28',
    plain(
      `<p><a href="/1.html">2024-02-28|${T[0]}</a></p><p><a href="/2.html">2024-02-21|${T[1]}</a></p><p><a href="/3.html">2024-01-09|${T[3]}</a></p>`,
    ),
  ),
  list(
    'date in an attribute of data alone, drawn by a style',
    null,
    plain(
      `<ul>${each(['', ''], (_d, t, n) => `<li data-id="2024031${n}"><a href="/${n}">${t}</a></li>`)}</ul>`,
    ),
  ),
  list(
    'day of March with a month of 年 given once above (2024年3月)',
    '2024-03-13',
    plain(
      `<h3>2024年3月</h3><ul>${each(['13日', '06日'], (d, t, n) => `<li><b>${d}</b><a href="/${n}.html">${t}</a></li>`)}</ul><h3>2024年2月</h3><ul>${each(['27日'], (d, t) => `<li><b>${d}</b><a href="/f.html">${t}</a></li>`)}</ul>`,
    ),
  ),
  list(
    'German-like dots, day first',
    '2024-03-07',
    plain(
      `<ul>${each(['07.03.2024', '28.02.2024', '13.02.2024'], (d, t, n) => `<li><a href="/${n}.html">${t}</a> <span>${d}</span></li>`)}</ul>`,
    ),
  ),
  list(
    'recruitment: 报名 period in a cell beside the posting day',
    '2024-03-01',
    trs(
      `<table><tr><th>招聘单位</th><th>报名时间</th><th>发布日期</th></tr><tr><td><a href="/z/1.html">示例区第一中学公开招聘教师公告</a></td><td>3月11日至3月15日</td><td>2024-03-01</td></tr><tr><td><a href="/z/2.html">示例区人民医院招聘公告</a></td><td>2月26日至3月14日</td><td>2024-02-18</td></tr></table>`,
    ),
  ),
  list(
    'prices of the day: table by day, no articles',
    '2024-03-08',
    plain(
      `${rows(['2024-03-08', '2024-03-01'])}<table><caption>农产品价格（元/公斤）</caption><tr><th>品名</th><th>03-13</th><th>03-14</th><th>03-15</th></tr><tr><td>白菜</td><td>2.3</td><td>2.4</td><td>2.4</td></tr></table>`,
    ),
  ),
  list(
    'a list whose dates stand in a second column of its own',
    '2024-03-06',
    plain(
      `<table><tr><td><ul>${each(['', '', ''], (_d, t, n) => `<li><a href="/${n}.html">${t}</a></li>`)}</ul></td><td><ul><li>2024-03-06</li><li>2024-02-26</li><li>2024-01-30</li></ul></td></tr></table>`,
    ),
  ),
  list(
    'empty column: 暂无信息, a sidebar of hot articles with days',
    null,
    trs('<div class="list"><p class="none">暂无相关信息</p></div><div id="page">共 0 条 第 1/1 页</div>'),
  ),
  list(
    'column whose only dated thing is when it was last moved (更新时间 of the column)',
    '2023-05-12',
    plain(
      `<div class="crumb">通知公告（最近更新：2024-03-15）</div>${rows(['2023-05-12', '2023-04-20', '2023-01-16'])}`,
    ),
  ),
  list(
    'files to download, a size and a day for each',
    '2024-01-12',
    plain(
      `<ul>${each(['2024-01-12', '2023-11-02'], (d, t, n) => `<li><a href="/u/20240312${n}.pdf">${t}.pdf</a> <em>315KB</em> <em>${d}</em> <em>下载 2024 次</em></li>`)}</ul>`,
    ),
  ),
  list(
    'Infinite scroll: first page of the list as JSON of strings in a data attribute',
    '2024-03-02',
    plain(
      `<div id="list" data-items='${JSON.stringify([
        { t: T[0], d: '2024-03-02', u: '/1' },
        { t: T[3], d: '2024-02-21', u: '/2' },
      ])}'></div><ul>${each(['2024-03-02', '2024-02-21'], (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  list(
    'seen on New Year’s day: December above, one of January pinned from a year ago',
    '2023-12-31',
    plain(rows(['12-31', '12-29', '12-20', '12-06'])),
    { ref: '2024-01-01' },
  ),
  list(
    'seen in March: months rise going down once, a year between',
    '2023-12-15',
    plain(rows(['12-15', '11-03', '07-22', '05-16', '02-28', '12-30', '10-11'])),
  ),
  home(
    'two lists without years, one of them dead, addresses by day',
    '2024-03-14',
    plain(
      `<div>${rows(['03-14', '03-11'], '/t20240314_')}</div><div><ul><li><a href="/2022/t20221214_1.html">${T[8]}</a><span>12-14</span></li><li><a href="/2022/t20220801_1.html">${T[9]}</a><span>08-01</span></li></ul></div>`,
    ),
  ),
  home(
    'dead list, no years, script links, seen later',
    '2024-03-13',
    plain(
      `<ul>${each(['03-13', '03-05'], (d, t, n) => `<li><a href="javascript:;" onclick="go(${n})">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  home(
    'holiday notice in a box with its days, list older',
    '2024-02-04',
    dede(
      `<div class="gg"><b>温馨提示：</b>本窗口2024年3月9日—3月10日正常值班，咨询电话0371-20240310。</div>${rows(['2024-02-04', '2024-01-15'])}`,
    ),
  ),
  home(
    'visits: a table of the days with numbers of visitors',
    '2024-02-15',
    plain(
      `${rows(['2024-02-15', '2024-01-29'])}<p>今日访问：315　昨日访问：314　统计开始日期：2024-03-01</p>`,
    ),
  ),
  home(
    'a table of matches with days ahead and behind',
    '2024-03-03',
    plain(
      `${rows(['2024-03-03', '2024-02-23'])}<h4>活动预告</h4><ul><li><a href="/e/1">2024-03-14 非遗展演</a></li><li><a href="/e/2">2024-03-23 城市马拉松</a></li></ul>`,
    ),
  ),
  home(
    'trains of thought: newest item is tomorrow’s by mistake',
    '2024-03-12',
    plain(rows(['2024-03-16', '2024-03-12', '2024-03-07'])),
  ),
  home(
    'a footer whose 发布 word belongs to the weather station',
    '2023-12-11',
    jcms(
      `${rows(['2023-12-11', '2023-11-24'])}<div class="tq">示例市气象局 2024-03-15 11:00 发布：大风蓝色预警</div>`,
    ),
  ),
  home(
    'rates of exchange and prices of oil',
    '2024-01-08',
    plain(`${rows(['2024-01-08', '2023-12-29'])}<dl><dt>今日油价（2024-03-15）</dt><dd>92号 7.81</dd></dl>`),
  ),
  home(
    'a river level board',
    '2024-01-17',
    plain(
      `${rows(['2024-01-17', '2024-01-02'])}<table><tr><th>站名</th><th>水位(m)</th><th>时间</th></tr><tr><td>示例水文站</td><td>20.24</td><td>2024-03-15 08:00</td></tr><tr><td>大桥站</td><td>18.03</td><td>2024-03-15 08:00</td></tr></table>`,
    ),
  ),
  home(
    'names of topics with days of the year: 3·15, 五一',
    '2024-02-20',
    plain(
      `<div><a href="/zt/315">3·15国际消费者权益日专题</a><a href="/zt/51">2024年“五一”</a><a href="/zt/312">3.12植树节</a></div>${rows(['2024-02-20', '2024-02-01'])}`,
    ),
  ),
  home(
    'a Vue shell, nothing inside',
    null,
    plain(
      '<noscript>We are sorry but this page doesn’t work properly without JavaScript enabled.</noscript><div id="app"></div><script src="/js/chunk-vendors.20240315.js"></script>',
    ),
  ),
  article(
    'days of adoption and of force in brackets below the title',
    '2024-02-02',
    plain(
      `<h1>示例市城市绿化条例</h1><p>（2023年11月29日市人大常委会通过　2024年1月18日省人大常委会批准　自2024年3月1日起施行）</p><p class="info">发布日期：2024-02-02</p>${P}`,
      { title: '条例' },
    ),
  ),
  article(
    'a speech with the day under the title, published later',
    '2024-02-19',
    plain(
      `<h1>政府工作报告</h1><p>——2024年1月30日在示例区第十七届人民代表大会第四次会议上</p><p>时间：2024-02-19 来源：区政府办</p>${P}`,
      { title: '政府工作报告' },
    ),
  ),
  article(
    'comments of readers with later days',
    '2024-01-09',
    plain(
      `<h1>${T[3]}</h1><p>2024-01-09 08:30:00 来源：本站</p>${P}<div class="pl"><h4>网友评论</h4><p>网友123 2024-03-14 12:00 说：支持！</p><p>网友456 2024-03-15 09:00 说：好</p></div>`,
      { title: T[3] },
    ),
  ),
  article(
    'date without label right of the source, under the share bar',
    '2023-12-01',
    plain(
      `<div class="arc"><h2 class="h">${T[8]}</h2><div class="s"><a title="分享到微信"></a><a title="分享到微博"></a></div><div>区人大办　|　2023-12-01　|　<em>2024</em></div>${P}</div>`,
      { title: T[8] },
    ),
  ),
  article(
    'publish meta only, nothing shown',
    null,
    plain(`<h1>${T[5]}</h1>${P}`, { title: T[5], head: '<meta name="PubDate" content="2024-03-11 10:00">' }),
  ),
  article(
    'month and day only, year in the address',
    '2023-11-06',
    plain(`<h1>${T[0]}</h1><p class="time">11-06 09:20</p>${P}`, { title: T[0] }),
    { url: 'http://www.example.gov.cn/zwgk/202311/t20231106_5.html' },
  ),
  article(
    'error page with the time of the server',
    null,
    plain('<h1>404 Not Found</h1><hr>nginx<p>请求时间：2024-03-15 14:26:01 请求编号：20240315142601</p>', {
      title: '404',
    }),
  ),
]
