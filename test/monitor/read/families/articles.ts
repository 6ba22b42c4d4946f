import { article, dede, each, type FamilyPage, jcms, P, plain, T, trs, vsb } from './kit.ts'

const related = (dates: readonly string[]) =>
  `<div class="xgxx"><h4>相关信息</h4><ul>${each(dates, (d, t, n) => `<li><a href="/r/${n}.html">${t}</a><span>${d}</span></li>`)}</ul></div>`

export const ARTICLE_PAGES: readonly FamilyPage[] = [
  article(
    'TRS: time, source, font size and sharing in a line',
    '2023-12-28',
    trs(
      `<div class="article"><h1>${T[6]}</h1><div class="xl_xx"><span>发布时间：2023-12-28 16:02</span><span>来源：区民政局</span><span>字体：<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a></span><span>浏览次数：<script src="/hits"></script>次</span><div class="bshare" title="分享到"></div></div><div class="TRS_Editor">${P}<p align="right">示例区民政局</p><p align="right">2023年12月20日</p></div></div>${related(['2024-03-14', '2024-03-11'])}`,
      T[6],
    ),
  ),
  article(
    'JCMS: 发布日期 in a cell, visits, and who issued it',
    '2024-03-06',
    jcms(
      `<table id="c"><tr><td class="title"><!--<$[标题名称]>begin-->${T[1]}<!--<$[标题名称]>end--></td></tr><tr><td align="center">发布日期：<!--<$[信息发布时间]>begin-->2024-03-06<!--<$[信息发布时间]>end-->　访问次数：<script>document.write(315)</script> 信息来源：区政府办 字号：[ 大 中 小 ]</td></tr><tr><td><div id="zoom">${P}<p>征求意见时间为2024年3月7日至2024年3月14日。</p></div></td></tr></table>`,
      T[1],
    ),
  ),
  article(
    '博达: 作者 and 时间 in one line, counter by script',
    '2024-02-20',
    vsb(
      `<form name="_newscontent_fromname"><div><h1>${T[11]}</h1><div>2024年02月20日 17:07&nbsp;&nbsp;张三&nbsp;&nbsp;点击：[<script>_showDynClicks("wbnews",1263547123,5601)</script>]</div><div id="vsb_content">${P}</div><p>附件【<a href="/dl.jsp?id=1">附件1：2024年3月计划表.docx</a>】已下载<span>315</span>次</p></div><p>上一条：<a href="5602.htm">2024年3月13日区政府召开会议</a></p><p>下一条：<a href="5600.htm">${T[5]}</a></p></form>`,
      T[11],
    ),
  ),
  article(
    '织梦: small labels around time, source, author, clicks',
    '2023-10-09',
    dede(
      `<div class="title"><h2>${T[7]}</h2></div><div class="info"><small>时间:</small>2023-10-09 11:08<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small><script src="/plus/count.php?view=yes&aid=88"></script>次</div><div class="content">${P}</div><div class="boxoff"><strong>顶一下</strong></div><div class="context">上一篇：<a href='/a/87.html'>${T[8]}</a></div>${related(['2024-03-14'])}`,
      T[7],
    ),
  ),
  article(
    'PHPCMS: time inside the heading, in a span after a break',
    '2024-01-24',
    plain(
      `<div id="Article"><h1>${T[4]}<br /><span>2024-01-24 15:31:44&nbsp;&nbsp;&nbsp;来源：区财政局&nbsp;&nbsp;&nbsp;评论：<a href="#comment_iframe" id="comment">0</a> 点击：</span><span id="hits"></span></h1><div class="content">${P}<p>公示期：2024年1月24日至1月30日</p></div></div>`,
      { title: T[4] },
    ),
  ),
  article(
    'disclosure: head table with all kinds of days',
    '2024-01-10',
    trs(
      `<table class="xxgk"><tr><td>索 引 号：</td><td>007482532/2023-00315</td><td>分　　类：</td><td>规范性文件</td></tr><tr><td>发布机构：</td><td>区政府办公室</td><td>成文日期：</td><td>2023-12-25</td></tr><tr><td>名　　称：</td><td colspan="3">${T[6]}</td></tr><tr><td>文　　号：</td><td>越府规〔2023〕3号</td><td>发布日期：</td><td>2024-01-10</td></tr><tr><td>生效日期：</td><td>2024-02-01</td><td>失效日期：</td><td>2029-01-31</td></tr></table><h1>${T[6]}</h1><div class="nr">${P}<p>2023年12月25日</p></div>`,
      T[6],
    ),
  ),
  article(
    'disclosure: only the day of the document is given',
    '2023-09-14',
    trs(
      `<table class="xxgk"><tr><th>索引号</th><td>11440106/2023-1102</td><th>发文日期</th><td>2023年9月14日</td></tr><tr><th>发文字号</th><td>示教〔2023〕27号</td><th>废止日期</th><td></td></tr></table><h2>${T[11]}</h2>${P}`,
      T[11],
    ),
  ),
  article(
    'no date but the signature at the end',
    '2024-02-06',
    plain(
      `<h1>${T[9]}</h1><div class="con">${P}<p style="text-align:right">示例县人民政府</p><p style="text-align:right">2024年2月6日</p></div><p>【打印本页】【关闭窗口】</p>`,
      { title: T[9] },
    ),
  ),
  article(
    'no date but deadlines and phones',
    null,
    plain(
      `<h1>${T[10]}</h1>${P}<p>一、报名时间：2024年3月11日至2024年3月13日。二、咨询电话：020-20240310。三、笔试时间为2024年4月6日。</p><p>【字体：大 中 小】 打印</p>`,
      { title: T[10] },
    ),
  ),
  article(
    'date by script variable',
    '2024-03-01',
    trs(
      `<h1>${T[3]}</h1><div class="info"><script>var pubtime="2024-03-01 10:20:00";var tm=pubtime.substr(0,10);document.write("发布时间："+tm);</script> 来源：区团委</div>${P}`,
      T[3],
    ),
  ),
  article(
    'date after the text: 发布人, 审核人 and 时间',
    '2024-03-05',
    plain(
      `<h3 class="tt">${T[8]}</h3>${P}<p>（编辑：李某　审核：王某　2024-03-05）</p><a href="javascript:window.print()">打印</a>`,
      { title: T[8] },
    ),
  ),
  article(
    'a clock in the header fresher than its day',
    '2023-07-18',
    plain(
      `<div class="top">2024年3月15日 星期五 多云 12℃~20℃ 东北风3级</div><h1>${T[9]}</h1><p>2023年07月18日 09:12 来源：本站</p>${P}`,
      { title: T[9] },
    ),
  ),
  article(
    '更新时间 besides 发布时间',
    '2023-06-30',
    plain(`<h1>${T[2]}</h1><p>发布时间：2023-06-30 10:00　更新时间：2024-03-14 08:00　浏览：2024</p>${P}`, {
      title: T[2],
    }),
  ),
  article(
    'Traditional characters with 發佈時間 and 字號',
    '2024-02-08',
    plain(
      `<h1>關於春節期間辦事安排的公告</h1><p>發佈時間：2024年02月08日　來源：區政府辦　【字號：大 中 小】</p><p>春節假期安排：2024年2月10日至17日放假調休。</p>`,
      { title: '公告' },
    ),
  ),
  article(
    'English: Updated with month by name and a time zone',
    '2024-03-04',
    plain(
      `<h1>District opens new hospital</h1><div class="info">By Li Ming | chinadaily.com.cn | Updated: 2024-03-04 16:52</div><p>The hospital will open on March 12, 2024, officials said on Sunday.</p><p>Copyright 1995 - 2024. All rights reserved.</p>`,
      { title: 'District opens new hospital' },
    ),
  ),
  article(
    'English: weekday and month by name',
    '2024-03-01',
    plain(
      `<h2>Port throughput rises</h2><p class="dt">Friday, March 1, 2024</p><p>Volumes increased 7 percent by Feb 29, 2024, and the new berth opens on March 14, 2024.</p>`,
      { title: 'Port throughput rises' },
    ),
  ),
  article(
    'letter with question and answer days: nothing is published',
    null,
    plain(
      `<h2>关于小区噪音的投诉</h2><table><tr><td>来信人</td><td>张**</td><td>来信时间</td><td>2024-03-01 10:22</td></tr><tr><td>来信内容</td><td colspan="3">小区施工噪音扰民，请处理。</td></tr><tr><td>答复单位</td><td>区城管局</td><td>答复时间</td><td>2024-03-07 09:00</td></tr></table>`,
      { title: '信件详情' },
    ),
  ),
  article(
    'date in Chinese numerals at the end, no other',
    '2023-11-15',
    plain(`<h1>${T[9]}</h1>${P}<p class="luokuan">示例市人民政府<br>二〇二三年十一月十五日</p>`, {
      title: T[9],
    }),
  ),
  article(
    'ASP: nested tables, date in a font tag with brackets',
    '2022-04-02',
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>信息浏览</title></head><body><table><tr><td><table><tr><td align=center><font size=4><b>${T[7]}</b></font></td></tr><tr><td align=center><font color=#808080>[ 作者:办公室　来源:本站　点击数:2024　更新时间:2022-4-2　录入:admin ]</font></td></tr><tr><td>${P}</td></tr></table></td></tr></table><table><tr><td>Copyright 2003-2024 页面执行时间：78.125毫秒</td></tr></table></body></html>`,
  ),
  article(
    'time split: date and hour in two elements under h3',
    '2024-03-12',
    plain(
      `<h3>${T[5]}</h3><div class="sub"><span>2024-03-12</span><span>16:40:12</span><span>示例发布</span><span>阅读：20240314</span></div>${P}<ul class="hot"><li><a href="/1" title="${T[5]}">${T[5]}</a> 2024-03-13</li></ul>`,
      { title: T[5] },
    ),
  ),
  article(
    'React page with its article in JSON',
    '2024-02-22',
    plain(
      `<div id="root"></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { article: { id: 5, title: T[1], publishDate: '2024-02-22 09:00:00', content: P, viewCount: 315 } } }, page: '/article/[id]' })}</script>`,
      { title: T[1] },
    ),
  ),
  article(
    'interview with its own hour and a day of publishing',
    '2024-03-06',
    plain(
      `<h1>区教育局局长谈招生政策</h1><p>访谈时间：2024年3月5日 15:00　嘉宾：李某</p><p>发布日期：2024-03-06</p>${P}`,
      { title: '在线访谈' },
    ),
  ),
  article(
    'bid notice: opening and ending days before the publishing day',
    '2024-02-28',
    plain(
      `<h1>示例区道路养护项目招标公告</h1><table><tr><td>开标时间</td><td>2024-03-14 09:30</td></tr><tr><td>报名截止</td><td>2024-03-08</td></tr><tr><td>公告时间</td><td>2024-02-28</td></tr></table>${P}`,
      { title: '招标公告' },
    ),
  ),
  article(
    'video page: duration and date',
    '2024-01-18',
    plain(
      `<h2>示例新闻联播 2024年1月17日</h2><p>时长：00:20:24　2024-01-18 08:00　播放：2024</p><video src="/v/20240117.mp4"></video>`,
      { title: '视频' },
    ),
  ),
  article(
    'reading help: date after 【 with views glued to it',
    '2021-08-11',
    plain(
      `<div class="h">${T[0]}</div><div>【发布时间：2021-08-11阅读次数： 】【我要打印】【关闭】</div>${P}`,
      { title: T[0] },
    ),
  ),
]
