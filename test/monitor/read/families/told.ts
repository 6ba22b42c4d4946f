import { article, type FamilyPage, P, plain, T } from './kit.ts'

/* Articles whose day is told in other words, languages and places, or by what else is told beside it. */

const GOLD = '2024-03-12'
const H = `<h1>${T[5]}</h1>`
const LAW = '<h1>示例市古树名木保护条例</h1>'
const TIBETAN = '<p>རྫོང་སྲིད་གཞུང་གིས་རྩྭ་ཐང་སྲུང་སྐྱོབ་ཀྱི་ལས་དོན་ལ་ཤུགས་སྣོན་བརྒྱབ་སྟེ་མང་ཚོགས་ཀྱི་འཚོ་བ་ལེགས་སུ་བཏང་བ་རེད།</p>'

const OLD = '2022-03-01'
const old = (lead: string) => `${H}${lead}${P}<p>示例区人民政府</p><p>2022年3月1日</p>`
const english = (lead: string) =>
  `<h1>Mayor opens the new library hall in the east</h1>${lead}<p>It will serve the residents.</p><div>${OLD}</div>`

const WAYS: readonly (readonly [name: string, html: string, gold?: string | null])[] = [
  ['yesterday and the hour', `${H}<p><em>示例融媒</em><time>昨天 17:20</time></p>${P}`, '2024-03-14'],
  ['today and the hour', `${H}<p>今天 07:45　示例融媒</p>${P}`, '2024-03-15'],
  ['yesterday and nothing else', `${H}<p><i>融媒体中心</i> <i>昨天</i></p>${P}`, '2024-03-14'],
  ['yesterday behind its source', `${H}<p>来源：示例日报　昨天 17:20　阅读 203</p>${P}`, '2024-03-14'],
  ['days ago behind its source', `${H}<p>来源：示例日报　3天前</p>${P}`],
  ['days ago alone', `${H}<p>3天前</p>${P}`],
  ['days ago and readers', `${H}<p><em>3天前</em><b>阅读 203</b></p>${P}`],
  ...[
    '<p>【本网讯】昨天，区政府召开会议。</p>',
    '<p>【示例日报】昨日，记者从区公安局获悉</p>',
    '<p>来源：示例日报 昨天，区政府召开会议。</p>',
    '<p>昨天，区政府召开会议。（来源：示例日报）</p>',
    '<p>示例日报 <b>昨天</b>，区政府召开会议。</p>',
    '<p>示例日报 <b>昨天</b><i>区政府召开</i>会议</p>',
    '<p>编辑推荐：昨天的会议</p>',
    '<p>昨天</p><p>今天</p><p>明天</p>',
    '<p>昨天【示例】</p>',
    '<div>今天 10:23</div>',
    '<p>3天前，区政府召开会议。（来源：示例日报）</p>',
  ].map((html, n) => [`a story of long ago and its signature ${n}`, old(html), OLD] as const),
  ['a sentence of days ago', english('<p>10 days ago the mayor opened the hall.</p>'), OLD],
  ['a sentence of days ago at its end', english('<p>The plan was made 2 days ago</p>'), OLD],
  ['a sentence of days ago behind a name', english('<p>By Li Ming | 3 days ago, he came home</p>'), OLD],
  ['a sentence of days ago in bold', english('<p><b>10 days ago</b> the mayor opened it</p>'), OLD],
  [
    'the hour in a place of what takes place',
    `${H}${P}<p>活动时间</p><p>2024年3月14日（星期四）</p><p>香港时间12时15分举行</p><div>2022-03-01</div>`,
    OLD,
  ],
  [
    'the hour in a place of what takes place, with nothing behind it',
    `${H}${P}<p>活动时间</p><p>2024年3月14日（星期四）</p><p>香港时间12时15分</p><div>2022-03-01</div>`,
    OLD,
  ],
  ['counts of yesterday and today', `${H}<p>昨天办件 118 件 今天办件 92 件</p>${P}`, null],
  ['a place, an hour and what takes place', `${H}<p>区会议中心 03-14 09:00 召开会议</p>${P}`, null],
  ['when a place is open today', `${H}<p>示例区图书馆 今天 09:00 - 17:00 开放</p>${P}`, null],
  [
    'a paper named in the story',
    `${H}<p>${GOLD} 10:00</p>${P}<p>本报道刊于《示例日报》2024年3月14日第3021期</p>`,
  ],
  [
    'a paper named in the story alone',
    `${H}${P}<p>据《示例日报》2024年3月14日 星期四 第3021期报道，进展顺利。</p>`,
    null,
  ],
  ['today of a count', `${H}<p>今天已有 118 人办理</p>${P}`, null],
  [
    'an account, month, day and hour',
    `${H}<p>示例政务 03-12 18:00</p>${P}<p>推荐：<a>一图读懂</a> 03-14</p>`,
  ],
  ['an account and where it writes', `${H}<p>示例交警 03-12 09:30 发布于广东</p>${P}`],
  ['an account, month and day', `${H}<div><b>示例区发布</b><span>03-12</span><span>广东</span></div>${P}`],
  ['a room and its hours', `${H}<p>第一会议室 03-12 09:00 已约</p>${P}`, null],
  [
    'a page of several on a small screen',
    `<div>${T[5]}出实招<br/>03-12 10:20 (1/2页)<br/>　　记者在现场看到，工人们正加紧施工，机械轰鸣。<br/>报时:03-15 12:30</div>`,
  ],
  ['上传于', `${H}<p>直播时间：2024年03月13日 19:30</p><p>上传于 2024年03月12日 · 播放 2026 次</p>${P}`],
  [
    '提交于 with a weekday',
    `${H}<p>由 <a href="/u/1">管理员</a> 提交于 周二, 2024-03-12 10:22</p>${P}<p>最后编辑于 2024-03-14</p>`,
  ],
  ['提交于 and a month by name', `${H}<div>由 <span>admin</span> 提交于 12 Mar 2024 10:02 AM</div>${P}`],
  ['首发于', `${H}<p>编辑部 · 首发于 2024-03-12</p>${P}`],
  [
    'the end of an English release',
    `<h1>Effective Exchange Rate Index</h1><p>The index on Wednesday, March 13, 2024 is 104.8, down by one.</p><p>Ends/Tuesday, March 12, 2024<br>Issued at HKT 12:15</p><div>Last revision date: 14 March 2024</div>`,
  ],
  ['the end of a release', `${H}${P}<p>完</p><p>2024年3月12日（星期二）<br>香港時間12時15分</p>`],
  [
    'titles that end in 发布',
    `${H}${P}<table><tr><td>防汛预案发布</td><td>2024-03-14</td></tr><tr><td>公报发布</td><td>2024-03-13</td></tr></table>`,
    null,
  ],
  [
    '发布 by itself in a cell',
    `${H}<table><tr><td>发布</td><td>${GOLD}</td></tr></table>${P}<p>白皮书发布 2024-03-14</p>`,
  ],
  ['an office and 发布', `${H}<p>区民政局发布 ${GOLD}</p>${P}`],
  [
    'a law and when it was passed',
    `${LAW}<p>（2024年2月1日示例市第六届人民代表大会常务委员会第三十八次会议通过　自2024年3月14日起施行）</p>${P}`,
    null,
  ],
  [
    'a law and when it was amended',
    `${LAW}<p>（2023年4月8日市政府令第21号公布　根据2024年3月8日《关于修改部分规章的决定》修正）</p>${P}`,
    null,
  ],
  [
    'a law below the steps to it',
    `<div>当前位置：<a href="/">首页</a> &gt; <a href="/fg">法规</a> &gt; 正文 <span>${GOLD}</span></div>${LAW}<p>（2024年2月1日市政府第12次常务会议通过）</p>${P}`,
  ],
  ['printed, at the foot', `${H}${P}<p>【打印 2024-03-15】</p>`, null],
  ['printed, below the day', `${H}<p>${GOLD}</p>${P}<p>打印于 2024-03-15 | 关闭</p>`],
  [
    'Tibetan',
    `<h2>རྫོང་སྲིད་གཞུང་གིས་ལས་དོན་སྤེལ་བའི་གནས་ཚུལ།</h2><p>སྤེལ་དུས། ${GOLD} &nbsp; འབྱུང་ཁུངས། བསང་ཆུ་དྲ་བ།</p>${TIBETAN}<p>【打印 2024-03-15】</p>`,
  ],
  [
    'Uyghur',
    `<h1>ناھىيەلىك ھۆكۈمەت يىغىن ئاچتى</h1><p>ۋاقتى: ${GOLD} 10:20 مەنبە: ناھىيەلىك ھۆكۈمەت تورى</p>${TIBETAN}`,
  ],
  [
    'Kazakh',
    `<h1>اۋداندىق ۇكىمەت جيىن اشتى</h1><p>جاريالانعان ۋاقىتى: ${GOLD} قاينار كوزى: ۇكىمەت تورى</p>${TIBETAN}`,
  ],
  ['Korean', `<h1>현정부 사업회의 소집</h1><p>등록일: ${GOLD}　출처: 연변넷　조회수: 206</p>${TIBETAN}`],
  [
    'who signs above links at the foot of everything',
    `${H}<p>定于2024年3月14日上午9:00在区会议中心召开会议，请各单位派人参加。</p><p>请于2024年3月13日前报送名单。</p><p>区教育局</p><p>2024年3月12日</p><div><a href="#">中国政府网</a> <a href="#">省人民政府门户网站</a></div>`,
  ],
  ['a paper by its number above the heading', `<p>示例报 第3021期 2024年3月12日 星期二</p>${H}${P}`],
]

export const TOLD_PAGES: readonly FamilyPage[] = WAYS.map(([name, html, gold = GOLD]) =>
  article(name, gold, plain(html, { title: name.startsWith('a page of several') ? T[5] : '示例区人民政府' })),
)
