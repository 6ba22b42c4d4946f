import { article, each, type FamilyPage, list, P, plain, T } from './kit.ts'

const D = ['2024-03-05', '2024-02-27', '2024-01-11'] as const
const GOLD = '2023-12-05'
const row = (dates: readonly string[], after = '') =>
  plain(
    `<ul>${each(dates, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><span>${d}</span>${after}</li>`)}</ul>`,
  )
const columns = (names: readonly string[], cells: (d: string, n: number) => readonly string[]) =>
  plain(
    `<table><tr><th>标题</th>${names.map((name) => `<th>${name}</th>`).join('')}</tr>${each(
      D,
      (d, t, n) =>
        `<tr><td><a href="/n/${n}.html">${t}</a></td>${cells(d, n)
          .map((cell) => `<td>${cell}</td>`)
          .join('')}</tr>`,
    )}</table>`,
  )
const told = (name: string, html: string, title = '示例区人民政府门户网站', gold: string | null = GOLD) =>
  article(name, gold, plain(html, { title }))
const drawn = (name: string, js: string, gold: string | null = D[0]) =>
  list(`a script holds ${name}`, gold, plain(`<div id="list"></div><script>${js}</script>`))
const escaped = (text: string) =>
  JSON.stringify(text).replace(
    /[\u0080-\uffff<>]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
const SHORT = [
  '任免通知',
  '2024年2月份环境空气质量状况',
  '公告（2024）5号',
  '招标公告',
  '穗府〔2023〕12号',
  '关于2023年度部门决算的说明',
]
const DAYS = [...D, '2024-01-04', '2023-12-20', '2023-12-01']
const shortly = (name: string, write: (link: string, d: string) => string) =>
  list(
    `short titles among longer ones, ${name}`,
    D[0],
    plain(
      `<div class="box"><h3><a href="/tzgg/">通知公告</a></h3>${DAYS.map((d, n) => write(`<a href="/n/${n}.html">${SHORT[n]}</a>`, d)).join('')}</div>`,
    ),
  )
const TIMES = `<table><tr><td>序号</td><td>日期</td></tr><tr><td>1</td><td>2024-03-13</td></tr></table>`
const SIGNED = '<p align="right">示例区人民政府</p><p align="right">2023年11月30日</p>'

export const FOUND_PAGES: readonly FamilyPage[] = [
  list('month, day and hour in characters', D[0], row(['3月5日 10:22', '2月27日 09:10', '1月11日 16:40'])),
  list('month and day, a dash, the hour', D[0], row(['03-05 - 10:22', '02-27 - 09:10', '01-11 - 16:40'])),
  list('the zone of a day and hour', D[0], row(D.map((d) => `${d}T10:22:33Z`))),
  list('发布 glued behind the day', D[0], row(D.map((d) => `${d}发布`))),
  list('发布 in an element behind the day', D[0], row(D, '<b>发布</b><b>203</b>')),
  list('office, day and readers in one line', D[0], row(D.map((d) => `区教育局 ${d} 阅读203`))),
  list(
    'month by name with its year',
    D[0],
    row(['<b>05</b><i>Mar.2024</i>', '<b>27</b><i>Feb.2024</i>', '<b>11</b><i>Jan.2024</i>']),
  ),
  list(
    'a column of dates that no rule knows beside 日期',
    D[0],
    columns(['抽检日期', '日期'], (d, n) => [`2024-03-1${4 - n}`, d]),
  ),
  list(
    'a column of dates that no rule knows beside 更新时间',
    D[0],
    columns(['更新时间', '评审日期'], (d, n) => [d, `2024-03-1${4 - n}`]),
  ),
  list(
    'a column 到期日',
    D[0],
    columns(['到期日', '发文时间'], (d, n) => [`2024-03-1${4 - n}`, d]),
  ),
  list(
    'created in the middle of a line',
    D[0],
    row(D.map((d, n) => `投诉截止日：2024-03-1${n}　上传时间：${d}　印发日期：2024-01-0${n + 1}`)),
  ),
  list(
    'several years of months and days below each other',
    '2022-12-30',
    plain(
      `<h3>2022年</h3><ul><li><a href="/1">${T[0]}</a>12-30</li><li><a href="/2">${T[1]}</a>06-01</li></ul><h3>2021年度</h3><ul><li><a href="/3">${T[3]}</a>12-31</li></ul>`,
    ),
  ),
  list(
    'years as a menu, months and days of this year below',
    D[0],
    plain(
      `<div><span>2022年</span><span>2023年</span><span>2021年</span></div><ul>${each(['03-05', '02-27', '01-11'], (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  shortly('in paragraphs', (link, d) => `<p>·${link} ${d}</p>`),
  shortly('in boxes', (link, d) => `<div class="it">${link}<em>${d}</em></div>`),
  shortly('on lines', (link, d) => `${link}&nbsp;${d}<br>`),
  shortly('in cards', (link, d) => `<div class="c"><h4>${link}</h4><p>${d}</p></div>`),
  shortly('days above', (link, d) => `<div>${d}</div><div>${link}</div>`),
  drawn('calls', D.map((d, n) => `addItem('${T[n]}','/n/${n}.html','${d}');`).join('')),
  drawn('rows of values', `var a=${JSON.stringify(D.map((d, n) => [String(n), T[n], `/n/${n}.html`, d]))};`),
  drawn(
    'records with their characters escaped',
    `var a=[${D.map((d, n) => `{"bt":${escaped(T[n] as string)},"rq":"${d}"}`).join()}];`,
  ),
  drawn(
    'markup with its characters escaped',
    `$('#list').html(${escaped(D.map((d, n) => `<li><a href='/n/${n}'>${T[n]}</a><span>${d}</span></li>`).join(''))})`,
  ),
  drawn(
    'the weather of three days',
    'var w=[["2024-03-15","多云转晴"],["2024-03-16","小雨转阴"],["2024-03-17","晴间多云"]]',
    null,
  ),
  told('a table of days in the story', `<h1>${T[5]}</h1>${P}${TIMES}<p>时间:${GOLD} 编辑:李某</p>`),
  told(
    'who signs is no heading',
    `<h3>${T[5]}</h3><p>更新时间：${GOLD.replace(/(\d+)-(\d+)-0?(\d+)/, '$1年$2月$3日')}　点击数：203</p>${P}${SIGNED}`,
  ),
  told(
    'who signs is no heading, the day bare',
    `<div class="title">${T[5]}</div><p>2023年12月05日</p>${P}${SIGNED}`,
  ),
  told(
    'a heading in two lines',
    `<h1>${T[5].slice(0, 6)}<br>${T[5].slice(6)}</h1><p>${GOLD}</p>${P}${SIGNED}`,
    T[5],
  ),
  told(
    'days ahead of 发布 in an element of its own',
    `<h1>${T[5]}</h1>${P}<p><em>${GOLD}</em> 发布 <em>203</em> 次阅读</p>${TIMES}`,
  ),
  told(
    'an office and its day in one line at the end',
    `<h1>${T[5]}</h1>${P}<p>示例市人民政府办公室　2023年12月5日</p>`,
  ),
  told(
    'source and day above the heading',
    `<p>来源：示例日报　${GOLD}　作者：李某</p><h2>${T[5]}</h2>${P}${SIGNED}`,
    T[5],
  ),
  told(
    'a clock in the header and no other day',
    `<div><span>2024年3月15日</span><a href="/">首页</a></div><h1>${T[5]}</h1><p>正文内容见附件。</p>`,
    T[5],
    null,
  ),
  told(
    'the hour of the data is none of the page',
    `<h1>行政处罚决定书</h1><table><tr><td>处罚决定日期</td><td>2024-03-01</td></tr><tr><td>数据更新时间</td><td>2024-03-12</td></tr></table>`,
    '公示',
    null,
  ),
]
