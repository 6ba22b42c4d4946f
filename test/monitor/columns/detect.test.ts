import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { detectColumns } from '../../../server/monitor/columns/detect.ts'
import { measureList } from '../../../server/monitor/columns/list.ts'
import { readWhole } from '../../../server/monitor/read/read.ts'
import { readHome } from '../../support/visits/home.ts'

const BASE = 'http://www.example.gov.cn/'
const REF = '2021-04-07'

function columnsIn(body: string) {
  const html = `<html><head><title>某局</title></head><body>${body}</body></html>`
  const { tokens, items } = readHome({ bytes: Buffer.from(html), ref: REF, url: BASE })
  return atOnce(detectColumns(tokens, BASE, items)).map(({ name, url, items: own }) => ({
    name,
    url,
    newest:
      own
        .flatMap((item) => item.date ?? [])
        .sort()
        .at(-1) ?? null,
    items: own.length,
  }))
}
const list = (folder: string, ...dates: string[]) =>
  `<ul>${dates.map((date, n) => `<li><a href="${folder}${n}.html">全区第${n}次安全生产工作会议在我局召开</a><span>${date}</span></li>`).join('')}</ul>`

test('a heading that is a link, the list under it, and the way to more', () => {
  const body = `<div class="box"><div class="tit"><h2><a href="./gzdt/">工作动态</a></h2><a href="./gzdt/">更多&gt;&gt;</a></div>${list('/gzdt/', '2021-04-06', '2021-03-30')}</div>
    <div class="box"><div class="tit"><h2>通知公告</h2><a href="/tzgg/">更多</a></div>${list('/tzgg/', '2021-02-01')}</div>`
  expect(columnsIn(body)).toEqual([
    { name: '工作动态', url: `${BASE}gzdt/`, newest: '2021-04-06', items: 2 },
    { name: '通知公告', url: `${BASE}tzgg/`, newest: '2021-02-01', items: 1 },
  ])
})

test('tabs side by side, each with its own list', () => {
  const body = `<div class="tab"><span>政务要闻</span><span>通知公告</span></div><div>${list('/yw/', '2021-04-06')}</div><div style="display:none">${list('/gg/', '2021-01-05')}</div>`
  expect(columnsIn(body)).toMatchObject([
    { name: '政务要闻', newest: '2021-04-06' },
    { name: '通知公告', newest: '2021-01-05' },
  ])
})

test('a list without a heading is called what the menu calls its folder', () => {
  const menu = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwdt/index.html">新闻动态</a></li><li><a href="/zcfg/index.html">政策法规</a></li></ul></div>`
  expect(
    columnsIn(`${menu}<div>${list('/xwdt/202104/', '2021-04-06', '2021-04-01', '2021-03-01')}</div>`),
  ).toEqual([{ name: '新闻动态', url: `${BASE}xwdt/index.html`, newest: '2021-04-06', items: 3 }])
})

test('ways to more that stand before their headings go to the right columns', () => {
  const box = (name: string, folder: string, day: string) =>
    `<div><a class="m" href="${folder}index.html">more</a><h3>${name}</h3>${list(folder, day)}</div>`
  expect(
    columnsIn(box('工作动态', '/gzdt/', '2021-04-06') + box('通知公告', '/tzgg/', '2021-04-01')),
  ).toMatchObject([
    { name: '工作动态', url: `${BASE}gzdt/index.html` },
    { name: '通知公告', url: `${BASE}tzgg/index.html` },
  ])
})

test('a column with a way to more and nothing under it is there all the same', () => {
  const body = `<div><h3>规划计划</h3><a href="/ghjh/">更多</a><ul></ul></div><div><h3>办事服务</h3><a href="/bsfw/">更多</a></div>`
  expect(columnsIn(body)).toEqual([{ name: '规划计划', url: `${BASE}ghjh/`, newest: null, items: 0 }])
})

test('menus, friendly links and a footer are no columns', () => {
  const links = ['政务公开', '办事服务', '互动交流', '工作动态', '通知公告']
  const menu = `<ul>${links.map((name) => `<li><a href="/${name}/">${name}</a></li>`).join('')}</ul>`
  expect(columnsIn(`${menu}<h3>友情链接</h3><a href="http://gz.gov.cn">广州市人民政府门户网站</a>`)).toEqual(
    [],
  )
})

test('no page makes it throw, nor take long', () => {
  const began = process.cpuUsage()
  for (const html of [
    '',
    '<',
    '<div>'.repeat(50_000),
    '<a>'.repeat(50_000),
    '<h3>动态</h3>'.repeat(20_000),
  ]) {
    const { tokens } = readHome({ bytes: Buffer.from(html), ref: REF, url: BASE })
    expect(atOnce(detectColumns(tokens, BASE, [])).length).toBeLessThanOrEqual(60)
  }
  const { user, system } = process.cpuUsage(began)
  expect((user + system) / 1_000).toBeLessThan(3_000)
})

const measurePage = (html: string) =>
  measureList(readWhole({ bytes: Buffer.from(html), kind: 'list', ref: REF, url: `${BASE}gzdt/` }))
const measureBody = (body: string) => measurePage(`<html><body>${body}</body></html>`)

test('the page of a column: items with dates, none at all, or none that we can see', () => {
  const words = '<p>某某区人民政府办公室 版权所有 联系我们 网站地图 政务公开 办事服务 </p>'.repeat(8)
  expect(measureBody(list('/gzdt/', '2021-04-06', '2021-03-30') + words)).toEqual({
    items: 2,
    dates: ['2021-04-06', '2021-03-30'],
  })
  expect(measureBody(`<h3>工作动态</h3><ul></ul>${words}`)).toEqual({ items: 0, dates: [] })
  expect(
    measureBody(`<ul></ul>${words}<script>var x=new XMLHttpRequest()</script>`),
    'filled later',
  ).toBeNull()
})

const MENUS =
  '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div><div class="crumb"><a href="/a/">新闻中心</a></div>'
const FEET = '<div class="footer"><a href="/gy">关于我们</a><a href="/sm">网站声明</a></div>'
const cut = `${list('/gzdt/', '一', '二', '三').replace(/<span>.*?<\/span>/g, '')}<!--${'x'.repeat(4_100_000)}-->`

test.each([
  [
    'that only leads to columns below it',
    '<ul><li><a href="/a/">规范性文件</a></li><li><a href="/b/">其他文件</a></li></ul>',
  ],
  [
    'with short titles and no dates',
    '<ul><li><a href="/1.html">任前公示</a></li><li><a href="/2.html">免职通知</a></li></ul>',
  ],
  ['that holds a page of its list', '<iframe src="/list.jsp?id=3"></iframe>'],
  ['that holds a page of another host', '<iframe src="http://gk.example.gov.cn/list?id=3"></iframe>'],
  ['that shows a document', '<embed src="ghgy.pdf">'],
  ['that shows a document as an object', '<object data="ghgy.pdf"></object>'],
])('the page of a column %s is not measured', (_, body) => {
  expect(measureBody(`${MENUS}<h3>政策文件</h3>${body}${FEET}`)).toBeNull()
})

test.each([
  [
    'sends its visitor on',
    '<html><head><meta http-equiv="refresh" content="0;url=/zcwj/index_1.html"></head></html>',
  ],
  [
    'sends its visitor on by a script',
    '<html><body><script>window.location.href="/zcwj/gfx/"</script></body></html>',
  ],
  [
    'is made of frames',
    '<html><frameset cols="1,2"><frame src="a.html"><frame src="b.html"></frameset></html>',
  ],
  ['is longer than is read', `<html><body>${cut}</body></html>`],
])('the page of a column that %s is not measured', (_, html) => {
  expect(measurePage(html)).toBeNull()
})

test('menus, the weather and a film make nothing of the empty page of a column', () => {
  const besides = '<iframe src="//i.tianqi.com/w.html"></iframe><object data="a.swf"></object>'
  const empty = `${MENUS}<h3>政策文件</h3><ul></ul>${besides}<p>暂无内容</p>${FEET}`
  expect(measureBody(empty)).toEqual({ items: 0, dates: [] })
})

const folder = fileURLToPath(new URL('../../../../shared/material/pages/', import.meta.url))
const isThere = existsSync(`${folder}manifest.json`)
if (!isThere) console.log('skipped: the real pages are not beside the project')

test.skipIf(!isThere)('on real home pages, the columns that a person would name', () => {
  const read = (file: string, ref: string) => {
    const { tokens, items } = readHome({ bytes: readFileSync(folder + file), ref, url: BASE })
    return atOnce(detectColumns(tokens, BASE, items))
  }
  const newestOf = (file: string, ref: string) =>
    Object.fromEntries(
      read(file, ref).map(({ name, items }) => [
        name,
        items
          .flatMap((item) => item.date ?? [])
          .sort()
          .at(-1),
      ]),
    )
  expect(newestOf('gzdzhrss_com/index.html', '2021-04-07')).toMatchObject({
    业务要闻: '2020-06-23',
    行业动态: '2019-01-17',
    公示公告: '2020-12-30',
    通知公告: '2020-11-27',
    政策解读: '2018-10-18',
  })
  expect(newestOf('cpaxj_org_cn/index.html', '2021-05-02')).toMatchObject({
    要闻: '2021-04-30',
    通知公告: '2021-04-29',
  })
  expect(newestOf('lgedu_net/index.html', '2021-04-07')).toMatchObject({
    新闻动态: '2020-12-29',
    县区动态: '2020-12-31',
  })
  const manifest = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) as {
    kind: string
    file: string
    ref: string
  }[]
  const homes = manifest.filter((page) => page.kind === 'home')
  const found = homes.map(({ file, ref }) => read(file, ref).length)
  const total = found.reduce((sum, n) => sum + n, 0)
  console.log(`columns on ${homes.length} real home pages: ${total} (${found.join(', ')})`)
  expect(total).toBeGreaterThanOrEqual(35)
})
