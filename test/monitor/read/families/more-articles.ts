import { article, type FamilyPage, P, plain, T } from './kit.ts'

const GOLD = '2023-12-05'
const H = `<h1>${T[5]}</h1>`

/** An article of 5 December 2023 whose date stands in one way or among other days. */
const WAYS: readonly (readonly [name: string, html: string, gold?: string | null])[] = [
  ['the date printed today below', `${H}<p>时间：${GOLD}</p>${P}<p>打印时间：2024-03-15</p>`],
  ['an index number like a date', `<p>索引号：2024-03-00012</p>${H}<p>日期：${GOLD}</p>${P}`],
  ['another source with its own day', `${H}<p>发布时间：${GOLD}　来源：新华社2023-12-04</p>${P}`],
  [
    'attachments named by days',
    `${H}<p>${GOLD} 09:00</p>${P}<p>附件：<a href="/20240314.pdf">2024-03-14情况表.pdf</a></p>`,
  ],
  ['a span until it is valid', `${H}<p>发布日期：${GOLD}　有效期至：2024-03-14</p>${P}`],
  [
    'a policy and its explanation',
    `${H}<p>发布时间：${GOLD}</p><p>政策原文：<a href="/zc/1.html">${T[6]}（2024-03-01）</a></p>${P}`,
  ],
  [
    'links before and after with days',
    `${H}<p>${GOLD}</p>${P}<p>上一篇：<a href="/a">${T[4]}</a> 2024-03-13</p><p>下一篇：<a href="/b">${T[3]}</a> 2023-11-30</p>`,
  ],
  [
    'a sidebar of newest before it',
    `<div class="side"><h4>最新信息</h4><ul><li><a href="/1">${T[0]}</a>03-14</li><li><a href="/2">${T[1]}</a>03-13</li></ul></div><div class="main">${H}<div>${GOLD}　来源：区政府办</div>${P}</div>`,
  ],
  [
    'a header clock in a table and a day without label',
    `<table><tr><td>2024年3月15日 星期五</td></tr></table><table><tr><td align="center"><strong>${T[5]}</strong></td></tr><tr><td align="center">${GOLD}</td></tr><tr><td>${P}</td></tr></table>`,
  ],
  [
    'an exhibition whose days are all there is',
    `${H}<p>展览时间：2024-03-08至2024-03-14</p><p>展览地点：美术馆一楼</p>`,
    null,
  ],
  [
    'a notice that ends before its signature',
    `${H}${P}<p>公示时间：2023年12月5日至12月11日。监督电话：020-20231211</p><p style="text-align:right">示例区民政局<br>2023年12月5日</p>`,
  ],
  [
    'month day and hour under a year in the crumbs',
    `<div class="crumb">首页 &gt; 2023年 &gt; 正文</div>${H}<p>2023/12/5 9:05</p>${P}`,
  ],
  ['labels in an English frame', `${H}<p>Posted on ${GOLD} by admin | Views: 2024</p>${P}`],
  [
    'time below a subtitle of the meeting’s day',
    `${H}<h2>（2023年11月28日）</h2><p>发布时间：${GOLD}</p>${P}`,
  ],
  ['a date in characters with weekday and hour', `${H}<p>2023年12月5日 星期二 09:10　来源：示例日报</p>${P}`],
  [
    'split label and day in a list of definitions',
    `${H}<dl><dt>发布机构</dt><dd>区民政局</dd><dt>发布日期</dt><dd>${GOLD}</dd><dt>截止日期</dt><dd>2024-03-14</dd></dl>${P}`,
  ],
  ['dates before heading: 文章日期 in a bar', `<div>文章日期：${GOLD} | 阅读 315</div>${H}${P}`],
  [
    'in the React manner, cut by comments',
    `${H}<div>发布时间：<!-- -->2023<!-- -->-<!-- -->12<!-- -->-<!-- -->05</div>${P}`,
  ],
  [
    'in the middle of a line: source | day | editor',
    `${H}<p>来源：区融媒体中心 | ${GOLD} | 编辑：李某 | 审核：2024031</p>${P}`,
  ],
  [
    'a download and how many days are left',
    `${H}<p>${GOLD}</p>${P}<p>距离申报截止还有 3 天（2024-03-18）</p>`,
  ],
  [
    'a server’s own time in a script block shown as text',
    `${H}<p>发布时间：${GOLD}</p>${P}<p>当前时间：2024-03-15 14:26:00</p>`,
  ],
  ['two days glued by a slash: 发布/更新', `${H}<p>发布：${GOLD} / 更新：2024-03-12</p>${P}`],
  ['a title holding a later day', `<h1>关于2024年3月14日停水的通知</h1><p>${GOLD}</p>${P}`],
  [
    'a table of the story with days',
    `${H}<p>发布时间：${GOLD}</p><table><tr><td>日期</td><td>内容</td></tr><tr><td>2024-03-14</td><td>面试</td></tr><tr><td>2024-03-15</td><td>体检</td></tr></table>`,
  ],
  ['the day in a hover title alone', `${H}<p><span title="发布时间：${GOLD} 10:00">3个月前</span></p>${P}`],
  [
    'when it was last saved by an editor, first published in words',
    `${H}<p>首次发布：${GOLD} 最后编辑：2024-03-10</p>${P}`,
  ],
  [
    'an official seal’s day in three elements',
    `${H}${P}<p align="right"><span>2023</span><span>年</span><span>12</span><span>月</span><span>5</span><span>日</span></p>`,
  ],
  [
    'public notice of bidding results: 中标日期 and 公告日期',
    `${H}<table><tr><td>中标日期</td><td>2023-12-01</td></tr><tr><td>公告日期</td><td>${GOLD}</td></tr><tr><td>合同签订截止</td><td>2024-03-01</td></tr></table>`,
  ],
  ['the day in brackets at the end of the heading', `<h1>${T[5]}（${GOLD}）</h1>${P}`],
  [
    'in an old font tag among clicks',
    `<center><font size=5>${T[5]}</font><br><font size=2>http://www.example.gov.cn　${GOLD}　示例局　点击次数：203</font></center>${P}`,
  ],
]

export const MORE_ARTICLE_PAGES: readonly FamilyPage[] = WAYS.map(([name, html, gold = GOLD]) =>
  article(`an article with ${name}`, gold, plain(html, { title: `${T[5]}-示例市人民政府` })),
)
