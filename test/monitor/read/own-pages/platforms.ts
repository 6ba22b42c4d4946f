import { article, H1, home, type OwnPage, P, page } from './kit.ts'

/* In the manner of content systems and looks of pages that are none of the six families. */

const list = (name: string, body: string, gold: string | null, head = ''): OwnPage => ({
  name,
  kind: 'list',
  gold,
  html: page(body, { head }),
})
const ROWS = [
  ['关于做好春节期间安全生产工作的通知', '2021-01-07'],
  ['区政府召开第一季度常务会议', '2021-01-05'],
  ['关于公布行政许可事项目录的公告', '2020-12-28'],
  ['领导到社区走访慰问困难群众', '2020-12-21'],
] as const
const each = (row: (title: string, day: string, i: number) => string) =>
  ROWS.map(([t, d], i) => row(t, d, i)).join('\n')
const cn = (day: string) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

/** Lists. */
export const PLATFORMS: readonly OwnPage[] = [
  list(
    'JPage: records in a data store',
    `<div id="div38"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>${each((t, d, i) => `<record><![CDATA[<tr><td><a href='/art/2021/1/${i}/art_38_${i}.html' title='${t}'>${t}</a></td><td>[${d}]</td></tr>]]></record>`)}</recordset></datastore></script></div>`,
    '2021-01-07',
  ),
  list(
    'VSB: a table without any style, winstyle classes',
    `<table class="winstyle124904" width="100%">${each((t, d, i) => `<tr height="20" id="line_u9_${i}"><td width="8"><span class="leaderfont124904">·</span></td><td style="font-size:9pt"><a class="c124904" href="../info/1046/${2000 + i}.htm" title="${t}">${t}</a></td><td width="1%" nowrap><span class="timestyle124904">${d.replaceAll('-', '/')}&nbsp;</span></td></tr><tr><td colspan="3" height="1"></td></tr>`)}</table><table><tr><td>共86条&nbsp;&nbsp;1/6&nbsp;</td><td>首页 上页 <a href="1046/5.htm">下页</a></td></tr></table>`,
    '2021-01-07',
  ),
  list(
    'jeecms: date in a span before the title',
    `<ul class="f_tit">${each((t, d, i) => `<li><span>${d}</span><a href="/tzgg/${500 + i}.jhtml" title="${t}" target="_blank">${t}</a></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'views rows: time elements in divs of divs',
    `<div class="view-content">${each((t, d, i) => `<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/node/${i}">${t}</a></span></div><div class="views-field views-field-created"><span class="field-content"><time datetime="${d}T09:00:00+08:00">${cn(d)}</time></span></div></div>`)}</div>`,
    '2021-01-07',
  ),
  list(
    'cards: day large, year and month below, a summary',
    `<div class="news">${each((t, d, i) => `<div class="item"><div class="time"><p>${d.slice(8)}</p><span>${d.slice(0, 7)}</span></div><div class="con"><h3><a href="/c/${i}.html">${t}</a></h3><p>2021年1月9日上午，有关负责同志到现场检查指导，对做好下一步工作提出要求。</p></div></div>`)}</div>`,
    '2021-01-07',
  ),
  list(
    'cards: the whole card is the link',
    `<div class="grid">${each((t, d, i) => `<a class="card" href="/c/${i}.html"><img src="/p${i}.jpg"><div><h4>${t}</h4><p>为进一步推进各项工作，现将有关情况予以说明。</p><i>${d.replaceAll('-', '.')}</i></div></a>`)}</div>`,
    '2021-01-07',
  ),
  list(
    'a definition list of titles and dates',
    `<dl>${each((t, d, i) => `<dt><a href="/d/${i}.html">${t}</a></dt><dd>${d}</dd>`)}</dl>`,
    '2021-01-07',
  ),
  list(
    'a line of time: years above, month and day beside',
    `<div class="timeline"><h3>2021</h3><ul><li><span>01-07</span><a href="/a/1.html">关于做好春节期间安全生产工作的通知</a></li><li><span>01-05</span><a href="/a/2.html">区政府召开第一季度常务会议</a></li></ul><h3>2020</h3><ul><li><span>12-28</span><a href="/a/3.html">关于公布行政许可事项目录的公告</a></li></ul></div>`,
    '2021-01-07',
  ),
  list(
    'old ASP: font elements and line breaks',
    `<table width=778><tr><td>${each((t, d, i) => `<img src=dot.gif> <a href=show.asp?id=${i} target=_blank>${t}</a> <font color=#808080 size=1>(${d.replaceAll('-', '-').replace('2021-0', '2021-').replace('-0', '-')} 9:05:12)</font><br>`)}</td></tr></table>`,
    '2021-01-07',
  ),
  list(
    'ASP.NET: a grid with month first',
    `<table id="GridView1"><tr><th>标题</th><th>发布时间</th><th>点击</th></tr>${each((t, d, i) => `<tr><td><a href="View.aspx?id=${i}">${t}</a></td><td>${Number(d.slice(5, 7))}/${Number(d.slice(8))}/${d.slice(0, 4)} 12:00:00 AM</td><td>12</td></tr>`)}</table>`,
    '2021-01-07',
  ),
  list(
    'a table of policies with dates of writing, publishing and validity',
    `<table><thead><tr><th>序号</th><th>名称</th><th>文号</th><th>成文日期</th><th>发布日期</th><th>有效期至</th></tr></thead><tbody>${each((t, d, i) => `<tr><td>${i + 1}</td><td><a href="/p/${i}.html">${t}</a></td><td>〔2021〕${i}号</td><td>2021-01-09</td><td>${d}</td><td>2021-01-10</td></tr>`)}</tbody></table>`,
    '2021-01-07',
  ),
  list(
    'an index of documents: each with its own labels',
    `<ul>${each((t, d, i) => `<li><a href="/x/${i}.html">${t}</a><p>索引号：000014349/2021-0000${i}　发文机关：区政府　成文日期：2021-01-08　发布日期：${d}</p></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'tenders: closing days beside publishing days',
    `<ul>${each((t, d, i) => `<li><a href="/z/${i}.html">${t}</a><span>发布：${d}</span><em>截止日期：2021-01-09</em></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'a list with the readers of each item as numbers',
    `<ul>${each((t, d, i) => `<li><a href="/n/${i}.html">${t}</a><span>12-${10 + i}</span>次<span>${d}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'English dates',
    `<ul>${each((t, d, i) => `<li><a href="/e/${i}.html">${t}</a><span>${['Dec', 'Jan'][d.startsWith('2021') ? 1 : 0]} ${Number(d.slice(8))}, ${d.slice(0, 4)}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'English dates, the day first and abbreviated',
    `<ul>${each((t, d, i) => `<li><a href="/e/${i}.html">${t}</a><span>${Number(d.slice(8))} ${['Dec', 'Jan'][d.startsWith('2021') ? 1 : 0]} ${d.slice(0, 4)}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'years of the republic of China in titles are no dates',
    `<ul>${each((t, d, i) => `<li><a href="/r/${i}.html">${t}（民國110年1月9日檔案）</a><span>${d}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  list(
    'data of the page itself, under names of its own',
    `<div id="app"></div><script>window.pageData={"rows":[${each((t, d, i) => `{"bt":"${t}","lj":"/v/${i}.html","rq":"${d}"}${i < 3 ? ',' : ''}`)}]};new Vue({el:"#app",data:window.pageData})</script>`,
    '2021-01-07',
  ),
  list(
    'data of the page itself: publishing before the end of validity',
    `<div id="app"></div><script>var list=[${each((t, d, i) => `{title:'${t}',url:'/v/${i}.html',addTime:'${d} 10:00:00',endTime:'2021-01-10 00:00:00'}${i < 3 ? ',' : ''}`)}];render(list)</script>`,
    '2021-01-07',
  ),
  home(
    'frames show the lists, the page itself only a clock',
    '<p>今天是2021年1月10日 星期日</p><iframe src="/list/tzgg.html"></iframe><iframe src="/list/gzdt.html"></iframe>',
    null,
  ),
  home(
    'a banner with the day of the opening, lists that stopped',
    `<div class="banner"><a href="/zt/"><img alt="2021年1月9日博览会隆重开幕" src="/b.jpg"></a></div><ul>${each((t, d, i) => `<li><a href="/n/${i}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  home(
    'visitors of today and yesterday beside lists that stopped',
    `<div>今日访问：123 昨日访问：456 <span>昨天</span><span>今天</span></div><ul>${each((t, d, i) => `<li><a href="/n/${i}.html">${t}</a><span>${d.slice(5)}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
  home(
    'officials and their terms',
    `<table><tr><td>区长</td><td>任职时间：2021-01-08</td></tr></table><ul>${each((t, d, i) => `<li><a href="/n/${i}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
    '2021-01-07',
  ),
]

/** Articles. */
export const PLATFORM_ARTICLES: readonly OwnPage[] = [
  article(
    'TRS: the release time in an element of that name',
    `${H1}<div class="info"><span id="docreltime">2021-01-06 10:20</span> <span>来源：区政府办</span></div>${P}`,
    '2021-01-06',
  ),
  article(
    'Founder: source, time and type size in one line',
    `${H1}<div class="detail-info">2021-01-06 15:36:04　来源：本网　字体：<a href="javascript:;" title="大">大</a> <a title="中" href="#">中</a></div>${P}<p>责任编辑：某某 2021-01-08</p>`,
    '2021-01-06',
  ),
  article(
    'policy: written, published, valid until',
    `<table><tr><td>成文日期</td><td>2021-01-02</td><td>发布日期</td><td>2021-01-06</td></tr><tr><td>有效期至</td><td>2021-01-09</td><td>实施日期</td><td>2021-01-10</td></tr></table>${H1}${P}`,
    '2021-01-06',
  ),
  article(
    'the days of a registration in the story, the date in the line above',
    `${H1}<p>发布日期：2021-01-05 浏览次数：22</p><p>报名时间：2021年1月7日至2021年1月9日。考试时间：2021年1月10日。</p>${P}`,
    '2021-01-05',
  ),
  article(
    'the budget of a year, its signature at the end',
    `${H1}<p>现将2021年度部门预算（2021年1月1日至2021年12月31日）公开如下。</p>${P}<p align="right">某某街道办事处</p><p align="right">2021年1月4日</p>`,
    '2021-01-04',
  ),
  article(
    'heading in a div, date in a small element below',
    `<div class="tit">关于开展冬季消防安全检查的通知</div><small>2021/1/6</small>${P}`,
    '2021-01-06',
  ),
  article(
    'newest articles beside, dated today',
    `<div class="left">${H1}<p>时间：2021-01-03</p>${P}</div><div class="right"><h3>最新文章</h3><ul><li><a href="/1.html">区政府召开第一季度常务会议</a><span>2021-01-10</span></li><li><a href="/2.html">关于公布行政许可事项目录的公告</a><span>2021-01-09</span></li></ul></div>`,
    '2021-01-03',
  ),
]
