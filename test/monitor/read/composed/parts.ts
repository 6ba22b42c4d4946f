/* Parts that pages are put together of: each as some content system writes it. */

const two = (n: number) => String(n).padStart(2, '0')
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

type Write = (y: number, m: number, d: number) => string
/** Ways of writing a day. */
export const FORMS: { readonly [name: string]: Write } = {
  dashes: (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  slashes: (y, m, d) => `${y}/${m}/${d}`,
  dots: (y, m, d) => `${y}.${two(m)}.${two(d)}`,
  characters: (y, m, d) => `${y}年${m}月${d}日`,
  hour: (y, m, d) => `${y}-${two(m)}-${two(d)} 10:22`,
  square: (y, m, d) => `[${y}-${two(m)}-${two(d)}]`,
  round: (y, m, d) => `（${y}-${two(m)}-${two(d)}）`,
  short: (y, m, d) => `${y % 100}-${two(m)}-${two(d)}`,
  midnight: (y, m, d) => `${y}/${m}/${d} 0:00:00`,
  english: (y, m, d) => `${MONTHS[m - 1]} ${d}, ${y}`,
  split: (y, m, d) => `<b>${two(d)}</b><i>${y}-${two(m)}</i>`,
  labelled: (y, m, d) => `发布时间：${y}-${two(m)}-${two(d)}`,
}

/** … and of one without its year. */
export const YEARLESS: { readonly [name: string]: Write } = {
  'month and day': (_y, m, d) => `${two(m)}-${two(d)}`,
  'in brackets': (_y, m, d) => `[${two(m)}-${two(d)}]`,
  'with an hour': (_y, m, d) => `${m}月${d}日 10:22`,
  slash: (_y, m, d) => `${two(m)}/${two(d)}`,
}

type Row = readonly [open: string, row: (title: string, date: string, href: string) => string, close: string]
/** Ways of writing a list. */
export const ROWS: { readonly [name: string]: Row } = {
  items: ['<ul>', (t, d, h) => `<li><a href="${h}" title="${t}">${t}</a><span>${d}</span></li>`, '</ul>'],
  before: ['<ul>', (t, d, h) => `<li><span class="date">${d}</span><a href="${h}">${t}</a></li>`, '</ul>'],
  rows: [
    '<table>',
    (t, d, h) => `<tr><td>·</td><td><a href="${h}">${t}</a></td><td>${d}</td></tr>`,
    '</table>',
  ],
  headed: [
    '<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>',
    (t, d, h) => `<tr><td>1</td><td><a href="${h}">${t}</a></td><td>${d}</td></tr>`,
    '</table>',
  ],
  boxes: ['<div>', (t, d, h) => `<div class="it"><a href="${h}">${t}</a><em>${d}</em></div>`, '</div>'],
  whole: ['<div>', (t, d, h) => `<a href="${h}"><h4>${t}</h4><p>${d}</p></a>`, '</div>'],
  cards: [
    '<div>',
    (t, d, h) =>
      `<div class="c"><a href="${h}"><img src="x.jpg"></a><h3><a href="${h}">${t}</a></h3><p>各单位要认真贯彻落实，3月14日前完成。</p><p>${d}</p></div>`,
    '</div>',
  ],
  paragraphs: ['', (t, d, h) => `<p>·<a href="${h}">${t}</a> ${d}</p>`, ''],
  lines: ['<div>', (t, d, h) => `<a href="${h}">${t}</a>&nbsp;&nbsp;${d}<br>`, '</div>'],
  above: ['<div>', (t, d, h) => `<div>${d}</div><div><a href="${h}">${t}</a></div>`, '</div>'],
  sourced: [
    '<ul>',
    (t, d, h) =>
      `<li><a href="${h}">${t}</a><span>区教育局</span><span>${d}</span><span>阅读：203</span></li>`,
    '</ul>',
  ],
  capitals: [
    '<TABLE>',
    (t, d, h) => `<TR><TD><A href=${h}>${t}</A><FONT color=#999>${d}</FONT></TD></TR>`,
    '</TABLE>',
  ],
  'two rows': [
    '<table>',
    (t, d, h) => `<tr><td><a href="${h}">${t}</a></td></tr><tr><td>${d}</td></tr>`,
    '</table>',
  ],
  'a table each': [
    '<div>',
    (t, d, h) => `<table><tr><td>·</td><td><a href="${h}">${t}</a></td><td>${d}</td></tr></table>`,
    '</div>',
  ],
  defined: ['<dl>', (t, d, h) => `<dt><a href="${h}">${t}</a></dt><dd>${d}</dd>`, '</dl>'],
}

/** Ways of making an address; `null`: it says nothing of the day. */
export const ADDRESSES: { readonly [name: string]: (day: string, n: number) => string } = {
  number: (_day, n) => `/show/${n}.html`,
  trs: (day, n) => `./${day.slice(0, 4)}${day.slice(5, 7)}/t${day.replaceAll('-', '')}_${n}.html`,
  jcms: (day, n) =>
    `/art/${day.slice(0, 4)}/${Number(day.slice(5, 7))}/${Number(day.slice(8))}/art_1_${n}.html`,
}

/** Titles, short ones and ones with figures among them. */
export const TITLES = [
  '任免通知',
  '2024年3月份环境空气质量状况',
  '穗府〔2023〕12号',
  '2023年度部门决算',
  '关于2024年清明节放假安排的通知（2024年第3号）',
  '1-2月经济运行情况',
  '3月15日起施行！新规来了',
  '“3·15”消费维权活动启动',
  '【视频】市长访谈录',
  '2022-2024年行动计划',
  '公告（2024）5号',
  '关于注销2023-05-06前许可证的公告',
  '招标公告',
  '截至2024年2月29日债务余额公示',
  '第12期（总第315期）',
  '干部任前公示（2024年第5号）',
] as const

/** What stands beside and is as new as today. */
export const BESIDE: { readonly [name: string]: (today: string) => string } = {
  nothing: () => '',
  clock: (day) => `<div class="top">${day} 星期五</div>`,
  bar: (day) => `<div class="hd"><span>${day}</span><a href="/">首页</a></div>`,
  foot: (day) => `<div>版权所有 粤ICP备05012345号 更新时间：${day}</div>`,
  weather: (day) => `<div>天气 ${day} 晴 12℃</div>`,
  letters: (day) =>
    `<table><tr><th>标题</th><th>来信时间</th></tr><tr><td><a href="/m/1">反映噪音问题</a></td><td>${day}</td></tr><tr><td><a href="/m/2">反映停车问题</a></td><td>${day}</td></tr></table>`,
  survey: (day) => `<ul><li><a href="/d/1">网上调查：您对绿化满意吗</a><span>截止：${day}</span></li></ul>`,
  services: (day) =>
    `<ul><li><a href="/b/1">张**居民身份证申领</a><span>已办结</span><span>${day}</span></li><li><a href="/b/2">李**个体登记</a><span>已受理</span><span>${day}</span></li></ul>`,
  mail: (day) => `<div><a href="/mail">政务邮箱</a> <span>${day}</span></div>`,
}
