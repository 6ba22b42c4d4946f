import { article, each, type FamilyPage, home, list, P, plain, T } from './kit.ts'

const D = ['2024-03-12', '2024-03-05', '2024-02-20'] as const
const ul = (dates: readonly string[], row: (d: string, t: string, n: number) => string) =>
  plain(`<ul>${each(dates, row)}</ul>`)
const beside = (name: string, write: (d: string) => string) =>
  list(
    `beside each title: ${name}`,
    D[0],
    ul(D, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a>${write(d)}</li>`),
  )
const records = T.slice(0, 4).map((title, n) => ({ title, url: `/a/${n}.html`, day: `2024-03-0${9 - n}` }))

export const ODD_PAGES: readonly FamilyPage[] = [
  beside('a mark NEW glued to the day', (d) => `<span>${d}<font color=red>new!</font></span>`),
  beside('a mark 图 before it', (d) => `<span>[图]${d}</span>`),
  beside('a mark 图 behind the brackets', (d) => ` (${d})(图)`),
  beside('a link to more behind it', (d) => `<span>${d}</span><a href="/m">[详细]</a>`),
  beside('office and day by a bar', (d) => `<span>区教育局丨${d}</span>`),
  beside('office glued before the day', (d) => `<span>区教育局${d}</span>`),
  beside('office glued behind the day', (d) => `<span>${d}区教育局</span>`),
  beside('clicks before the day', (d) => `<span>点击：203　${d}</span>`),
  beside('clicks behind the brackets', (d) => `<span>[${d}]点击203</span>`),
  beside('a day among the words for it and its readers', (d) => `<p>日期 ${d} 浏览 203 次</p>`),
  beside(
    'created, published and changed',
    (d) => `<p>创建时间：2024-01-02　发布时间：${d}　更新时间：2024-03-14</p>`,
  ),
  beside('a Korean day', (d) => `<i>${d.replace(/(\d+)-0?(\d+)-0?(\d+)/, '$1년 $2월 $3일')}</i>`),
  beside('a Japanese day', (d) => `<i>${d.replace(/(\d+)-0?(\d+)-0?(\d+)/, '$1年$2月$3日（金）')}</i>`),
  beside('an hour and a T', (d) => `<i>${d}T10:22</i>`),
  beside('a day and a period of publicity', (d) => `<i>${d}</i><i>公示期：2024-03-07至2024-03-14</i>`),
  ...(
    [
      ['month and day with an hour', ['03-12 10:22', '03-05 09:10', '02-20 16:40']],
      ['month and day without zeros', ['3-12', '3-5', '2-20']],
      ['month and day without zeros, slashes', ['3/12', '3/5', '2/20']],
      ['month and day in characters', ['3月12日', '3月5日', '2月20日']],
      ['month and day, the newest the shortest', ['3-8', '2-27', '2-20']],
      ['month and day with a slash, the newest the shortest', ['3/8', '2/27', '2/20']],
    ] as const
  ).map(([name, dates]) =>
    list(
      name,
      dates[0].replace(/^0?3\D(?:0?(\d+)).*$/, (_all, d: string) => `2024-03-${d.padStart(2, '0')}`),
      ul(dates, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><span>${d}</span></li>`),
    ),
  ),
  list(
    'links not closed, one after the other',
    D[0],
    plain(`<ul>${each(D, (d, t, n) => `<li><a href=/n/${n}.html>${t}<span>${d}</span>`)}</ul>`),
  ),
  list(
    'quotes within a quoted title, attributes run together',
    D[0],
    ul(
      D,
      (d, t, n) =>
        `<li><a href="/n/${n}.html"title=""${t}"的通知"target=_blank>${t}</a><span>${d}</span></li>`,
    ),
  ),
  list(
    'a conditional comment around each image and a broken one',
    D[0],
    ul(
      D,
      (d, t, n) =>
        `<!--[if lt IE 9]><img src=a.gif><![endif]--><li><!-- x --!><a href="/n/${n}">${t}</a><em>${d}</em></li>`,
    ),
  ),
  list(
    'titles in one table, days in the next',
    D[0],
    plain(
      `<table><tr><td><table>${each(D, (_d, t, n) => `<tr><td><a href="/n/${n}">${t}</a></td></tr>`)}</table></td><td><table>${each(D, (d) => `<tr><td>${d}</td></tr>`)}</table></td></tr></table>`,
    ),
  ),
  list(
    'five tables deep, a row for the line',
    D[0],
    plain(
      `<table><tr><td><table><tr><td><table><tr><td><table>${each(D, (d, t, n) => `<tr><td width=10><img src=d.gif></td><td><table width=100%><tr><td><a href="/n/${n}">${t}</a></td><td align=right>${d}</td></tr></table></td></tr><tr><td colspan=2 background=l.gif></td></tr>`)}</table></td></tr></table></td></tr></table></td></tr></table>`,
    ),
  ),
  list(
    'months in a cell that spans rows, days beside',
    D[0],
    plain(
      `<table><tr><td rowspan=2>2024-03</td><td>12</td><td><a href="/1">${T[0]}</a></td></tr><tr><td>05</td><td><a href="/2">${T[1]}</a></td></tr><tr><td rowspan=1>2024-02</td><td>20</td><td><a href="/3">${T[3]}</a></td></tr></table>`,
    ),
  ),
  list(
    'no links: titles open by a program, day below each',
    D[0],
    plain(
      each(
        D,
        (d, t) => `<div class="item" data-v-7ba5bd90><p class="title">${t}</p><p class="time">${d}</p></div>`,
      ),
    ),
  ),
  list(
    'Next.js: flight data with quotes escaped',
    '2024-03-09',
    plain(
      `<div id="app-root"></div><script>self.__next_f.push([1,${JSON.stringify(`5:["$","$L7",null,${JSON.stringify({ list: records.map(({ title, url, day }) => ({ title, url, publishTime: `${day} 10:00:00` })) })}]`)}])</script>`,
    ),
  ),
  list(
    'JSON.parse of an escaped string, unknown names',
    '2024-03-09',
    plain(
      `<div id="list"></div><script>var data=JSON.parse(${JSON.stringify(JSON.stringify(records.map(({ title, url, day }) => ({ bt: title, lj: url, rq: day }))))});render(data)</script>`,
    ),
  ),
  list(
    'records that hold other records',
    '2024-03-09',
    plain(
      `<div id="list"></div><script>window.__DATA__={"code":200,"rows":${JSON.stringify(records.map(({ title, url, day }) => ({ bt: title, ext: { icon: '', top: 0 }, lj: url, tags: [{ id: 1 }], rq: day })))}}</script>`,
    ),
  ),
  list(
    'records whose several days have known names',
    '2024-03-09',
    plain(
      `<div id="list"></div><script>var list=${JSON.stringify(records.map(({ title, url, day }) => ({ title, url, createTime: '2024-01-02 10:00:00', publishTime: `${day} 10:00:00`, updateTime: '2024-03-14 10:00:00', endTime: '2024-03-15 00:00:00' })))}</script>`,
    ),
  ),
  list(
    'epoch seconds under a name of its own',
    '2024-03-09',
    plain(
      `<div id="list"></div><script>var list=${JSON.stringify(records.map(({ title, url }, n) => ({ bt: title, url, inputtime: 1709949600 - n * 86_400 })))}</script>`,
    ),
  ),
  list(
    'a cell of a period of publicity, its day of publishing at the end',
    D[0],
    plain(
      `<table><tr><th>项目名称</th><th>公示时间</th><th>发布时间</th></tr>${each(D, (d, t, n) => `<tr><td><a href="/p/${n}">${t}</a></td><td>2024-03-0${n + 4}至2024-03-1${n + 2}</td><td>${d}</td></tr>`)}</table>`,
    ),
  ),
  list(
    'only a period of publicity in each row',
    null,
    plain(
      `<table><tr><th>项目名称</th><th>公示时间</th></tr>${each(D, (_d, t, n) => `<tr><td><a href="/p/${n}">${t}</a></td><td>2024-03-0${n + 4}至2024-03-1${n + 2}</td></tr>`)}</table>`,
    ),
  ),
  list(
    'permits and penalties: decided on, published on',
    D[0],
    plain(
      `<table><tr><td>行政相对人名称</td><td>处罚决定日期</td><td>公示日期</td><td>发布日期</td></tr>${each(D, (d, t, n) => `<tr><td><a href="/cf/${n}">示例市某某有限公司${t.slice(0, 2)}</a></td><td>2024-03-13</td><td>2024-03-14</td><td>${d}</td></tr>`)}</table>`,
    ),
  ),
  home(
    'slides with month over day, a list that is older',
    '2024-03-12',
    plain(
      `<div class="swiper">${each(['12', '05'], (d, t, n) => `<div class="slide"><div class="date"><span>03</span>/<span>${d}</span></div><a href="/s/202403/${n}.html">${t}</a></div>`)}</div><ul>${each(['2024-03-04', '2024-02-20'], (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  home(
    'cards: day, month by name, year in the third line',
    '2024-03-12',
    plain(
      each(
        ['12', '05', '01'],
        (d, t, n) =>
          `<div class="card"><div class="d"><b>${d}</b><span>Mar</span><i>2024</i></div><a href="/${n}">${t}</a></div>`,
      ),
    ),
  ),
  home(
    'newest in a tab not opened',
    '2024-03-12',
    plain(
      `<div class="t1"><ul>${each(['2024-03-02', '2024-02-20'], (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul></div><div class="t2" style="display:none;"><ul>${each(D, (d, t, n) => `<li><a href="/g/${n}">${t}</a><span>${d}</span></li>`)}</ul></div>`,
    ),
  ),
  home(
    'columns that stopped in different years, months and days alone, each with an address of its year',
    '2023-11-28',
    plain(
      ['2023', '2022', '2021']
        .map(
          (y, k) =>
            `<div><h3><a href="/c${k}/">栏目${k}</a></h3><ul>${each(['11-28', '10-11', '09-05'], (d, t, n) => `<li><a href="/c${k}/${y}${d.slice(0, 2)}/t${y}${d.replace('-', '')}_${n}.htm">${t}</a><span>${d}</span></li>`)}</ul></div>`,
        )
        .join(''),
    ),
  ),
  home(
    'English, a clock with its weekday',
    '2024-02-12',
    plain(
      `<div class="bar">Friday, March 15, 2024</div><ul>${each(['Feb 12, 2024', 'Feb 2, 2024', 'Jan 20, 2024'], (d, _t, n) => `<li><a href="/en/${n}">${['District opens new hospital', 'Port throughput up', 'Metro line extended'][n]}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  home(
    'a list of sites of others with a day in one name',
    D[0],
    plain(
      `<ul>${each(D, (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul><div class="links"><a href="http://a.gov.cn">2024年3月15日维权平台</a><a href="http://b.gov.cn">示例省人民政府</a></div>`,
    ),
  ),
  home(
    'forecast of five days as a table with months and days',
    '2023-12-08',
    plain(
      `<table class="yb"><tr><td>03-15<br>多云</td><td>03-16<br>晴</td><td>03-17<br>小雨</td></tr></table><ul>${each(['2023-12-08', '2023-11-20'], (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  home(
    'dead list without years and a table of prices for days of this month',
    '2024-03-05',
    plain(
      `<ul>${each(['03-05', '03-01', '02-26'], (d, t, n) => `<li><a href="/${n}">${t}</a><span>${d}</span></li>`)}</ul><table><tr><td>蔬菜价格</td><td>03-14</td><td>03-13</td></tr><tr><td>白菜</td><td>2.30</td><td>2.31</td></tr></table>`,
    ),
  ),
  article(
    'heads in a row, values in the row below',
    '2024-03-12',
    plain(
      `<table><tr><td>索引号</td><td>发布机构</td><td>发布日期</td><td>有效期至</td></tr><tr><td>007/2024-1</td><td>区政府办</td><td>2024-03-12</td><td>2024-03-14</td></tr></table><h1>${T[6]}</h1>${P}`,
      { title: T[6] },
    ),
  ),
  article(
    'label and day in cells, the label cut by spaces',
    '2024-03-12',
    plain(
      `<table><tr><td>发 布 日 期：</td><td colspan=3>2024年03月12日</td></tr><tr><td>生 效 日 期：</td><td>2024年03月14日</td></tr></table><h1>${T[6]}</h1>${P}`,
      { title: T[6] },
    ),
  ),
  article(
    'the line in square brackets',
    '2024-03-12',
    plain(
      `<div class="t">${T[6]}</div><div>[ 发布日期：2024-03-12 ] [ 来源：区政府 ] [ 字号：<a>大</a> <a>中</a> ]</div>${P}`,
      { title: T[6] },
    ),
  ),
  article(
    'a day in the words under the title',
    '2024-03-12',
    plain(`<h1>${T[6]}</h1><p>（2024年3月12日发布）</p>${P}`, { title: T[6] }),
  ),
  article(
    'a story told of other days, its own before the source',
    '2024-03-12',
    plain(
      `<h1>${T[5]}</h1><p>2024-03-12 来源：示例发布</p><p>记者3月13日从区政府获悉，2024年3月14日起将开展活动。</p><p>截至2024年3月14日，已有315人报名。</p>`,
      { title: T[5] },
    ),
  ),
  article(
    'a label in one element, a script in the next',
    '2024-03-12',
    plain(
      `<h1>${T[5]}</h1><span>发布时间：</span><span><script>document.write('2024-03-12 10:20'.substr(0,16))</script></span>${P}`,
      { title: T[5] },
    ),
  ),
  article(
    'hours told apart: 发布于 and 2024年03月12日 10时20分',
    '2024-03-12',
    plain(`<h1>${T[5]}</h1><p>发布于2024年03月12日 10时20分　阅读量：1.2万</p>${P}`, { title: T[5] }),
  ),
  article(
    'a Korean edition',
    '2024-03-12',
    plain(
      `<h1>연변주 정부 회의 개최</h1><p>2024년 3월 12일 10:20  연변일보</p><p>회의는 3월 14일까지 진행된다.</p>`,
      {
        title: '연변주 정부 회의 개최',
      },
    ),
  ),
  article(
    'a reply of an office to a proposal, its number and day, 答复日期 before 公开日期',
    '2024-03-12',
    plain(
      `<h1>对区政协十届四次会议第2024031号提案的答复</h1><p>示教函〔2024〕12号　答复日期：2024-02-28　公开日期：2024-03-12</p>${P}`,
      { title: '提案答复' },
    ),
  ),
]
