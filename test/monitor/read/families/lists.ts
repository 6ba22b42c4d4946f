import { dede, each, type FamilyPage, jcms, list, plain, T, trs, vsb } from './kit.ts'

const D = ['2024-03-08', '2024-03-01', '2024-02-22', '2024-01-31', '2023-12-29']
const a = (n: number, title: string) =>
  `<a href="./202403/t202403${n}0_98${n}.html" target="_blank">${title}</a>`

export const LIST_PAGES: readonly FamilyPage[] = [
  list(
    'TRS: title cut by dots, whole in title=, date before it',
    '2024-03-08',
    trs(
      `<div class="list"><ul>${each(D, (d, t) => `<li><span>${d}</span><a href="./202312/t20231229_4411.htm" title="${t}">${t.slice(0, 9)}...</a></li>`)}</ul></div><script>createPageHTML(12,0,"index","htm",230);</script>`,
    ),
  ),
  list(
    'TRS: month and day in brackets, newest first over the turn of the year, links by month',
    '2024-01-04',
    trs(
      `<ul>${each(['[01-04]', '[12-28]', '[12-11]', '[11-30]'], (d, t, n) => `<li>${d}&nbsp;<a href="./${n ? '202312' : '202401'}/t2023_${n}.html">${t}</a></li>`)}</ul>`,
    ),
  ),
  list(
    'TRS: a dead column, month and day alone, addresses two years old',
    '2022-12-28',
    trs(
      `<ul>${each(['12-28', '11/02', '09-15'], (d, t, n) => `<li><a href="./2022${['12', '11', '09'][n]}/t2022${['1228', '1102', '0915'][n]}_77.html">${t}</a><em>${d}</em></li>`)}</ul>`,
    ),
  ),
  list(
    'jpage: records in CDATA of a script of type text/xml',
    '2024-03-11',
    jcms(`<div id="2718" class="default_pgContainer"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&path=http://www.example.gov.cn/&columnid=60085&unitid=2718"></a>]]></nextgroup>
<recordset>${each(['2024-03-11', '2024-03-04', '2024-02-28'], (d, t, n) => `<record><![CDATA[<tr><td width="20" align="center">·</td><td><a href='/art/2024/3/${11 - n}/art_60085_${n}.html' class='bt_link' title='${t}' target="_blank">${t}</a></td><td class="bt_time">[${d}]</td></tr>]]></record>`)}</recordset></datastore></script></div>`),
  ),
  list(
    'jpage: as the data proxy sends it, XML alone',
    '2024-02-19',
    `<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>312</totalrecord><totalpage>21</totalpage><recordset>${each(['2024-02-19', '2024-02-06', '2024-01-18'], (d, t, n) => `<record><![CDATA[<li><a href="http://www.example.gov.cn/art/2024/2/${19 - n}/art_1229_${n}.html" title="${t}">${t}</a><b>${d}</b></li>]]></record>`)}</recordset></datastore>`,
  ),
  list(
    '浙江 platform: rows with day in large and year-month below',
    '2024-03-12',
    plain(
      `<div class="main">${each(['12', '07', '26'], (d, t, n) => `<div class="row"><div class="date"><p class="d">${d}</p><p class="ym">2024.0${n < 2 ? 3 : 2}</p></div><div class="txt"><h3><a href="/art/2024/3/12/art_${n}.html">${t}</a></h3><p>为贯彻落实2024年12月31日前完成的工作任务，现将有关情况公布如下……</p></div></div>`)}</div>`,
    ),
  ),
  list(
    '南京 platform: two dates a row, the document’s and the publishing',
    '2024-03-06',
    plain(
      `<table class="gkml"><thead><tr><th>序号</th><th>文件标题</th><th>文号</th><th>成文日期</th><th>发布日期</th></tr></thead><tbody>${each(['2024-03-06', '2024-02-27', '2024-01-15'], (d, t, n) => `<tr><td>${n + 1}</td><td><a href="/zdgk/2024/${n}.html">${t}</a></td><td>宁政发〔2023〕${12 + n}号</td><td>2023-12-${28 - n}</td><td>${d}</td></tr>`)}</tbody></table>`,
    ),
  ),
  list(
    'two dates a row, the one from which it is in force stands last and lies ahead',
    '2024-03-01',
    trs(
      `<table><tr><td>名称</td><td>公布日期</td><td>施行日期</td></tr>${each(['2024-03-01', '2024-01-12', '2023-12-01'], (d, t, n) => `<tr><td><a href="/gz/${n}.html">${t}</a></td><td>${d}</td><td>2024-0${3 - n}-1${4 - n}</td></tr>`)}</table>`,
      '政府规章',
    ),
  ),
  list(
    '博达: table rows with a class for the time, slashes, a space glued behind',
    '2024-03-05',
    vsb(
      `<div><table width="100%" cellspacing="0">${each(['2024/03/05', '2024/02/20', '2024/01/09'], (d, t, n) => `<tr height="26" id="line_u8_${n}"><td width="2%" align="center" style="font-size:9pt"><span class="leaderfont44252">·</span></td><td style="font-size:9pt"><a class="c44252" href="../info/1044/${5600 - n}.htm" target="_blank" title="${t}">${t}</a></td><td style="font-size:9pt" width="1%" nowrap><span class="timestyle44252">${d}&nbsp;</span></td></tr><tr><td colspan="3" height="1" ></td></tr>`)}</table></div><TABLE cellSpacing=0><TR><TD>共312条&nbsp;&nbsp;1/21&nbsp;</TD></TR></TABLE>`,
    ),
  ),
  list(
    '织梦: date, clicks and a summary under each title',
    '2023-11-30',
    dede(
      `<ul class="e2">${each(['2023-11-30 15:06:02', '2023-11-21 09:11:10', '2023-10-08 16:44:59'], (d, t, n) => `<li>[<b><a href='/a/gzdt/'>工作动态</a></b>] <a href="/a/gzdt/${n + 88}.html" class="title">${t}</a><span class="info"><small>日期：</small>${d}<small>点击：</small>${203 + n}<small>好评：</small>0</span><p class="intro">3月14日上午，镇党委书记带队检查，要求2024年3月20日前整改到位...</p></li>`)}</ul>`,
    ),
  ),
  list(
    'PHPCMS: float right, a rule after each five',
    '2024-03-13',
    plain(
      `<div class="col-left"><div class="crumbs"><a href="/">首页</a><span> > </span><a href="/index.php?m=content&c=index&a=lists&catid=9">公示公告</a> >  列表</div><ul class="list lh24 f14"><li><span class="rt">2024-03-13 17:02:55</span>·<a href="/index.php?m=content&c=index&a=show&catid=9&id=331" target="_blank">${T[4]}</a></li><li><span class="rt">2024-03-02 08:31:12</span>·<a href="/index.php?m=content&c=index&a=show&catid=9&id=330">${T[5]}</a></li><li class="bk20 hr"></li></ul><div id="pages" class="text-c"><a class="a1">2024条</a></div></div>`,
    ),
  ),
  list(
    'SiteServer: one paragraph, dots for a line, date in a font tag',
    '2024-02-29',
    plain(
      `<div>${each(['2024.02.29', '2024.02.18', '2024.1.5'], (d, t, n) => `<p>·<A href="/contents/12/${n}.html">${t}</A>…………<font color=gray size=2>${d}</font></p>`)}</div>`,
    ),
  ),
  list(
    'GridView: server spans, times of midnight, a pager of numbers',
    '2024-03-04',
    plain(
      `<form method="post" action="List.aspx?id=12" id="form1"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMjAyNC0wMy0xNQ==" /><table cellspacing="0" rules="all" border="1" id="ctl00_C_GridView1"><tr><th scope="col">序号</th><th scope="col">标题</th><th scope="col">发布时间</th><th>截止时间</th></tr>${each(['2024/3/4 0:00:00', '2024/2/26 0:00:00', '2024/1/9 0:00:00'], (d, t, n) => `<tr><td><span id="ctl00_C_GridView1_ctl0${n}_L1">${n + 1}</span></td><td><a href="Show.aspx?id=${n}">${t}</a></td><td><span id="ctl00_C_GridView1_ctl0${n}_L2">${d}</span></td><td>2024/3/${14 - n} 0:00:00</td></tr>`)}<tr><td colspan="4"><table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack('ctl00','Page$2')">2</a></td></tr></table></td></tr></table></form>`,
    ),
  ),
  list(
    'years at group heads only, months and days beside the titles',
    '2023-12-06',
    trs(
      `<div class="year"><h4>2023年</h4><ul>${each(['12-06', '08-17'], (d, t, n) => `<li><a href="../n/${n}.html">${t}</a><span>${d}</span></li>`)}</ul><h4>2022年</h4><ul>${each(['12-30', '03-14'], (d, t, n) => `<li><a href="../m/${n}.html">${t}</a><span>${d}</span></li>`)}</ul></div>`,
      '政府公报',
    ),
  ),
  list(
    'gazette: issues by number and year, a day in brackets',
    '2024-02-05',
    trs(
      `<ul><li><a href="/gb/1.html">2024年第2期（总第312期）</a><i>（2024-02-05）</i></li><li><a href="/gb/2.html">2024年第1期（总第311期）</a><i>（2024-01-08）</i></li><li><a href="/gb/3.html">2023年第12期（总第310期）</a><i>（2023-12-29）</i></li></ul>`,
      '政府公报',
    ),
  ),
  list(
    'gazette: only issue numbers and months, nothing dated to a day',
    null,
    trs(
      '<ul><li><a href="/gb/1.html">2024年第2期（总第312期）</a></li><li><a href="/gb/2.html">2024年第1期（总第311期）</a></li><li><a href="/gb/3.html">2023年12月合订本</a></li></ul>',
      '政府公报',
    ),
  ),
  list(
    'pinned items first, with a mark, older than what follows',
    '2024-03-10',
    plain(
      `<ul>${each(['2022-05-16', '2023-01-03', '2024-03-10', '2024-03-09', '2024-02-17'], (d, t, n) => `<li>${n < 2 ? '<span class="top">[置顶]</span>' : ''}<a href="/n/${n}.html">${t}</a><time>${d}</time></li>`)}</ul>`,
    ),
  ),
  list(
    'pinned without a year, newest below it',
    '2024-03-11',
    plain(
      `<ul>${each(['11-20', '03-11', '03-06', '02-20', '01-04', '12-25'], (d, t, n) => `<li class="${n ? '' : 'zd'}"><a href="/n/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  list(
    'notices with a term in each title, publishing day to the right',
    '2024-02-26',
    trs(
      `<ul><li><a href="/1.html">关于征求意见的公告（征集时间：2024年2月26日至2024年3月12日）</a><span>2024-02-26</span></li><li><a href="/2.html">网上调查：您对城市绿化满意吗（截止2024-03-14）</a><span>2024-02-01</span></li><li><a href="/3.html">招聘公告：报名时间3月11日—3月15日</a><span>2024-01-30</span></li></ul>`,
      '民意征集',
    ),
  ),
  list(
    'surveys: begin, end and state of each, no publishing day',
    null,
    trs(
      `<table class="zj"><tr><th>征集主题</th><th>开始时间</th><th>结束时间</th><th>状态</th></tr><tr><td><a href="/zj/1.html">${T[1]}</a></td><td>2024-02-20</td><td>2024-03-14</td><td>已结束</td></tr><tr><td><a href="/zj/2.html">${T[9]}</a></td><td>2024-03-01</td><td>2024-04-01</td><td>进行中</td></tr></table>`,
      '民意征集',
    ),
  ),
  list(
    'titles that hold year-month and document numbers, day in a cell',
    '2024-01-26',
    trs(
      `<table>${[
        ['关于2024年3月份城乡低保金发放情况的公示', '2024-01-26'],
        ['穗府〔2023〕12号 关于印发实施方案的通知', '2023-12-20'],
        ['（2023）粤0106行初315号行政判决书', '2023-11-02'],
      ]
        .map(
          ([t, d], n) =>
            `<tr><td align="left"><a href="/w/${n}.html" title="${t}">${t}</a></td><td width="90">${d}</td></tr>`,
        )
        .join('')}</table>`,
    ),
  ),
  list(
    'no dates at all: a directory of guides with hotlines',
    null,
    trs(
      `<ul><li><a href="/bs/1.html">户口迁移办事指南（2024年版）</a><span>020-83102024</span></li><li><a href="/bs/2.html">身份证补领</a><span>12345</span></li><li><a href="/bs/3.html">居住证签注</a><span>2024-0315</span></li></ul>`,
      '办事指南',
    ),
  ),
  list(
    'dates above the titles, a line between the items',
    '2024-03-08',
    plain(
      `<div class="box">${each(D, (d, t, n) => `<div class="t1">${d}</div><div class="t2">${a(n, t)}</div><hr>`)}</div>`,
    ),
  ),
  list(
    'dates below the titles, the last one older than all',
    '2024-03-08',
    plain(
      `<div class="box">${each(D, (d, t, n) => `<h5>${a(n, t)}</h5><p>来源：区应急局</p><p>${d}</p>`)}</div>`,
    ),
  ),
  list(
    'the whole row in one link with date, source and views',
    '2024-03-08',
    plain(
      `<ul>${each(D, (d, t, n) => `<li><a href="/x/${n}"><h4>${t}</h4><div><span>发布机构：区民政局</span><span>发布日期：${d}</span><span>浏览次数：2024</span></div></a></li>`)}</ul>`,
    ),
  ),
  list(
    'cells left open, bold begun and not ended, attributes without quotes',
    '2024-01-17',
    `<html><head><title>通知</title><body bgcolor=#ffffff><center><table width=760 border=0><tr><td><b>通知公告<tr><td><img src=dot.gif><a href=show.asp?id=88 target=_blank>${T[6]}<td>(24-1-17)<tr><td><img src=dot.gif><a href=show.asp?id=87>${T[7]}<td>(24-1-2)<tr><td><img src=dot.gif><a href=show.asp?id=86>${T[8]}<td>(23-12-26)</table><p>管理员信箱 © 2003`,
  ),
  list(
    'a menu of years beside a list of months and days',
    '2023-10-19',
    trs(
      `<div class="l"><ul class="years"><li><a href="?y=2024">2024年</a></li><li class="on"><a href="?y=2023">2023年</a></li><li><a href="?y=2022">2022年</a></li></ul></div><div class="r"><h3>2023年</h3><ul>${each(['10-19', '07-25', '02-08'], (d, t, n) => `<li><a href="/b/${n}.html">${t}</a><span>${d}</span></li>`)}</ul></div>`,
    ),
  ),
  list(
    'month by name above the day, the year in the address alone',
    '2023-09-27',
    plain(
      `<ul>${each(['27', '14', '30'], (d, t, n) => `<li><div class="cal"><b>${d}</b><span>${n < 2 ? '9' : '8'}月</span></div><a href="/2023/0${n < 2 ? 9 : 8}/${d}/a${n}.shtml">${t}</a></li>`)}</ul>`,
    ),
  ),
  list(
    'a future event in each row besides the day of publishing',
    '2024-03-07',
    plain(
      `<ul><li><a href="/e/1.html">公益讲座：春季养生</a><p>活动时间：2024年3月14日 14:30　地点：文化馆</p><p>发布：2024-03-07</p></li><li><a href="/e/2.html">亲子读书会</a><p>活动时间：2024年3月9日 9:30</p><p>发布：2024-03-02</p></li></ul>`,
    ),
  ),
  list(
    'bids: publishing day left, opening of the bids right',
    '2024-03-02',
    trs(
      `<table><tr bgcolor="#eee"><td>发布时间</td><td>项目名称</td><td>开标时间</td></tr>${each(['2024-03-02', '2024-02-23', '2024-02-20'], (d, t, n) => `<tr><td>${d}</td><td><a href="/zb/${n}.html">${t}</a></td><td>2024-03-${14 - n} 09:30</td></tr>`)}</table>`,
      '招标公告',
    ),
  ),
]
