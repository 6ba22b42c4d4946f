import { describe, expect, test } from 'vitest'
import { combineFrames, combineSecondLevel } from '../../../server/monitor/read/combined.ts'
import { innerPages } from '../../../server/monitor/read/page/second-level.ts'
import { readWhole } from '../../../server/monitor/read/read.ts'
import { judgeV2 } from '../../support/rules-2015.ts'
import { list, page, REF, read } from './snippets.ts'

/* A list that a browser draws was not seen: nobody may say that it has no dates. */

const NAV = ['首页', '政务公开', '办事服务', '互动交流']
  .map((name) => `<a href="/${name}/">${name}</a>`)
  .join('')
const FOOT = '<p>版权所有：某某县人民政府办公室 地址：人民路1号 电话：0432-64606800</p>'
const around = (body: string) => page(`<div class="nav">${NAV}</div>${body}${FOOT}`)
const DATA = [1, 2, 3, 4]
  .map((i) => `{"title":"关于做好第${i}项重点工作的通知","url":"/a/${i}.html","t":"04-0${i}"}`)
  .join(',')
const article = (i: number) => `<li><a href="/a/${i}.html">关于做好全县第${i}项重点工作的通知</a></li>`
const undated = (count: number) => `<ul>${Array.from({ length: count }, (_, i) => article(i)).join('')}</ul>`

describe('lists drawn by a script are unreadable, and V2 is not judged', () => {
  test.each([
    [
      'asked for from the server',
      '<ul id="news"></ul><script>var x=new XMLHttpRequest();x.open("GET","/api/news");x.onload=function(){document.getElementById("news").innerHTML=x.responseText};x.send()</script>',
    ],
    [
      'asked for with jQuery',
      '<div class="list"><ul class="con"></ul></div><script>$.getJSON("/data/list.json",function(d){$.each(d,function(i,v){$(".con").append("<li><a href="+v.u+">"+v.t+"</a></li>")})})</script>',
    ],
    ['loaded as a fragment', '<div id="tzgg"></div><script>$("#tzgg").load("/include/tzgg.html")</script>'],
    [
      'kept in the page as data',
      `<ul id="list"></ul><script>var items=[${DATA}];var h='';items.forEach(function(i){h+='<li><a href="'+i.url+'">'+i.title+'</a><i>'+i.t+'</i></li>'});document.getElementById('list').innerHTML=h</script>`,
    ],
    [
      'routed by the hash of the address',
      `<div id="view"></div><script>var pages={news:[${DATA}]};function show(){var r=location.hash.slice(1)||'news';document.getElementById('view').innerHTML=pages[r].map(draw).join('')}onhashchange=show;show()</script>`,
    ],
    [
      'written where the script stands',
      `<ul><script>var d=[${DATA}];for(var i=0;i<d.length;i++)document.write('<li><a href="'+d[i].url+'">'+d[i].title+'</a></li>')</script></ul>`,
    ],
    [
      'made by a script of the server',
      '<table><tr><td><script src="/inc/getnews.asp?classid=3&num=8"></script></td></tr></table>',
    ],
    [
      'a program with templates',
      '<div id="app"><ul><li v-for="item in items">{{ item.title }}</li></ul></div><script src="/js/app.js"></script>',
    ],
    [
      'a program and nothing else',
      '<div id="app"></div><script type="module" src="/assets/index.js"></script>',
    ],
    [
      'a program that lies where files that never change do',
      '<div id="app"></div><script src="/static/js/app.js"></script>',
    ],
    ['still loading', '<div class="news"><p>加载中...</p></div><script src="/js/main.js"></script>'],
    [
      'made with the elements of a list',
      '<ul id="l"></ul><script>load(function(r){r.forEach(function(x){var li=document.createElement("li");li.textContent=x.t;document.getElementById("l").appendChild(li)})})</script>',
    ],
  ])('%s', (_, body) => {
    for (const kind of ['home', 'list'] as const) {
      const finding = read(around(body), { kind })
      expect(finding).toMatchObject({ outcome: 'unreadable', reason: 'drawn_by_script', newest: null })
      expect(judgeV2(finding, REF)).toBe('insufficient')
    }
  })

  test('some items of a page may be seen and those beside them not', () => {
    const body = `<ul id="news"></ul>${list('2019-01-02')}<script>$.get("/news",function(h){$("#news").html(h)})</script>`
    const finding = read(around(body))
    expect(finding).toMatchObject({ outcome: 'dated', newest: '2019-01-02', unseen: 'script' })
    expect(judgeV2(finding, REF)).toBe('insufficient')
    const fresh = read(around(body.replace('2019-01-02', '2021-04-06')))
    expect(judgeV2(fresh, REF), 'what was seen is new enough').toBe('ok')
  })
})

describe('lists that were seen are judged, whatever scripts there are besides', () => {
  const scripts = {
    'a counter': '<span id="count"></span><script>$.get("/count",function(n){$("#count").html(n)})</script>',
    'the weather':
      '<div id="weather"></div><script>$.getJSON("/weather",function(w){$("#weather").html(w.t)})</script>',
    'a log-in':
      '<script>function login(){fetch("/login",{method:"POST"}).then(function(r){alert(r)})}</script>',
    'a clock': '<div id="time"></div><script>document.getElementById("time").innerHTML=new Date()</script>',
    'a slide show': '<script>$(".slide").superSlide({titCell:".hd li",mainCell:".bd"})</script>',
    statistics: '<script src="https://hm.baidu.com/hm.js?id=3"></script><script>var _hmt=_hmt||[]</script>',
    nothing: '',
  }
  test.each(Object.entries(scripts))('%s', (_, script) => {
    const without = read(around(`${undated(8)}${script}`))
    expect(without).toMatchObject({ outcome: 'undated', reason: 'no_dates' })
    expect(judgeV2(without, REF)).toBe('violated')
    const old = read(around(`${list('2019-01-02', '2019-01-01')}${script}`))
    expect(old.unseen).toBeUndefined()
    expect(judgeV2(old, REF)).toBe('violated')
  })

  test('a widget with the news of the government above', () => {
    const widget = '<ul id="gwy"></ul><script>$.get("/gwy",function(h){$("#gwy").html(h)})</script>'
    expect(judgeV2(read(around(`${undated(20)}${widget}`)), REF)).toBe('violated')
    const dates = ['2019-01-06', '2019-01-05', '2019-01-04', '2019-01-03', '2019-01-02']
    expect(judgeV2(read(around(`${list(...dates)}${widget}`)), REF)).toBe('violated')
  })

  test('an article is no list', () => {
    const html = around(
      '<h1>关于本县</h1><div id="list"></div><script>$.get("/x",function(h){$("#list").html(h)})</script>',
    )
    expect(read(html, { kind: 'article' }).outcome).toBe('undated')
  })
})

describe('pages within the page', () => {
  const BASE = 'http://a.gov.cn/index.html'
  const finding = (html: string, kind: 'home' | 'list' = 'list') =>
    readWhole({ bytes: Buffer.from(html), kind, ref: REF, url: BASE }).finding
  const home = finding(around('<iframe src="/news.html"></iframe>'), 'home')
  const link = { name: '', url: 'http://a.gov.cn/news.html' }

  test('of the same site are known by their addresses', () => {
    const html = around(
      '<iframe src="/news.html"></iframe><iframe src="https://i.tianqi.com/w.html"></iframe><iframe src="./a.html#x"></iframe><iframe></iframe>',
    )
    const { page: seen } = readWhole({ bytes: Buffer.from(html), kind: 'home', ref: REF, url: BASE })
    expect(innerPages(seen!, BASE)).toEqual(['http://a.gov.cn/news.html', 'http://a.gov.cn/a.html'])
  })

  test('are read like the page itself', () => {
    const combined = combineFrames(home, [{ link, finding: finding(page(list('2021-04-06'))) }])
    expect(combined).toMatchObject({
      outcome: 'dated',
      newest: '2021-04-06',
      entrance: false,
      evidence: { page: link.url, href: 'http://a.gov.cn/a/0.html' },
    })
    expect(judgeV2(combineFrames(home, [{ link, finding: finding(page(list('2019-04-06'))) }]), REF)).toBe(
      'violated',
    )
  })

  test('that a script fills, or that do not open, leave it open', () => {
    const drawn = finding(page('<ul id="l"></ul><script>$.get("/l",function(h){$("#l").html(h)})</script>'))
    for (const inner of [drawn, null]) {
      const combined = combineFrames(home, [{ link, finding: inner }])
      expect(combined.outcome).toBe('unreadable')
      expect(judgeV2(combined, REF)).toBe('insufficient')
    }
    const both = combineFrames(home, [
      { link, finding: drawn },
      { link, finding: finding(page(list('2019-04-06'))) },
    ])
    expect(judgeV2(both, REF), 'what a script draws may be newer').toBe('insufficient')
  })

  test('newer items of the page itself stand', () => {
    const own = finding(around(list('2021-04-07')), 'home')
    expect(combineFrames(own, [{ link, finding: finding(page(list('2021-04-01'))) }])).toMatchObject({
      newest: '2021-04-07',
      evidence: { date: '2021-04-07' },
    })
  })
})

test('an entrance whose own lists a script draws is good by its second-level pages, and never bad', () => {
  const home = read(around('<ul id="l"></ul><script>$.get("/l",function(h){$("#l").html(h)})</script>'))
  const link = { name: '工作动态', url: 'http://a.gov.cn/gzdt/' }
  const at = (day: string) =>
    combineSecondLevel(home, [{ link, finding: read(page(list(day)), { kind: 'list' }) }], REF)
  expect(judgeV2(at('2021-04-06'), REF)).toBe('ok')
  expect(judgeV2(at('2019-04-06'), REF)).toBe('insufficient')
})
