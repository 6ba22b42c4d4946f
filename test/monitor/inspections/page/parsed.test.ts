import { describe, expect, test } from 'vitest'
import { parsePage, parsing } from '../../../../server/monitor/inspections/page/parsed.ts'

const parse = (html: string, url = 'http://www.thnet.gov.cn/a/index.html') =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', url)
const hidden = (html: string) => parse(html).links.map(({ element }) => element.hiddenBy)

describe('what a rule is given of a page', () => {
  test('is its title, metas, links and what is seen of its words', () => {
    const parsed = parse(`<html><head><base href="/b/"><title> 天河 &amp; 区 </title>
      <meta name="Keywords" content="政务"><meta property="og:title" content="天河"></head>
      <body><h1>通知</h1><p>第一段<b>重点</b></p><div style="display:none">藏</div>
      <a href="x.html">一</a><a href="//www.example.com/"><img src="y.png" alt="广告"></a><a href="javascript:void(0)">空</a></body></html>`)
    expect(parsed.title).toBe('天河 & 区')
    expect([...parsed.metas]).toEqual([
      ['keywords', '政务'],
      ['og:title', '天河'],
    ])
    expect(parsed.links.map(({ href, text }) => [href, text])).toEqual([
      ['http://www.thnet.gov.cn/b/x.html', '一'],
      ['http://www.example.com/', '广告'],
      [null, '空'],
    ])
    expect(parsed.text).toBe('通知\n第一段重点\n一空')
  })

  test('has cells of a row on one line, whatever stands in them, and a page in a table in lines', () => {
    const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    expect(
      parse(`<table>${row('<p>张三</p>', '<p>1380013</p><p>8000</p>')}${row('李四', '')}</table>`).text,
    ).toBe('张三\t1380013 8000\n李四')
    expect(
      parse(`<table><tr><td><p>甲</p><table>${row('乙', '丙')}</table><p>丁</p></td></tr></table>`).text,
    ).toBe('甲\n乙\t丙\n丁')
  })

  test('says by what something is not seen, of its own style and of the sheets of the page', () => {
    const link = '<a href="http://x.example/">x</a>'
    const ways: [string, string | null][] = [
      [`<div style="display:none">${link}</div>`, 'display'],
      [`<div style="DISPLAY : None !important">${link}</div>`, 'display'],
      [`<span style="visibility:hidden">${link}</span>`, 'visibility'],
      [`<div style="position:absolute;left:-9999px">${link}</div>`, 'offscreen'],
      [`<div style="position:fixed;top:-2000px">${link}</div>`, 'offscreen'],
      [`<div style="position:absolute;left:50%;margin-left:-600px;width:1200px">${link}</div>`, null],
      [`<div style="position:absolute;top:50%;left:50%;margin:-320px 0 0 -480px">${link}</div>`, null],
      [`<div style="position:absolute;left:50%;margin:0 0 0 -5000px">${link}</div>`, 'offscreen'],
      [`<div style="text-indent:-9999px">${link}</div>`, 'offscreen'],
      [`<div style="height:1px;overflow:hidden">${link}</div>`, 'size'],
      [`<div style="overflow:hidden;width:0">${link}</div>`, 'size'],
      [`<div style="font-size:0">${link}</div>`, 'size'],
      [`<div style="opacity:0">${link}</div>`, 'opacity'],
      [`<div style="background:#fff;color:white">${link}</div>`, 'colour'],
      [`<marquee height="1" width="1" scrollamount="3000">${link}</marquee>`, 'attribute'],
      [`<div hidden>${link}</div>`, 'attribute'],
      [`<style>.z{display:none}</style><div class="y z">${link}</div>`, 'display'],
      [`<div id="q">${link}</div><style>/* } */ #q { position:absolute; top:-5000px }</style>`, 'offscreen'],
      [
        `<style>.nav > .sub li{display:none}</style><div class="nav"><ul class="sub"><li>${link}</li></ul></div>`,
        'display',
      ],
      [
        `<style>.nav .sub{display:none} .nav .sub.open{display:block}</style><div class="nav"><i class="sub">${link}</i></div>`,
        'display',
      ],
      [
        `<div id="w">${link}</div><script>document.getElementById("w").style.display="none"</script>`,
        'display',
      ],
      [
        `<style>@charset "utf-8";@layer base{.z{display:none}}</style><div class="z">${link}</div>`,
        'display',
      ],
      [`<style>@supports (display:grid){.z{display:none}}</style><div class="z">${link}</div>`, 'display'],
      [`<style>.f{background:#036}.f a{color:#003366ff}</style><div class="f">${link}</div>`, 'colour'],
      [
        `<style>@media(max-width:9px){.f{background:#fff}}.f{background:white}.f a{color:#fff}</style><div class="f">${link}</div>`,
        'colour',
      ],
      [link, null],
      [`<div style="display:block;left:-20px">${link}</div>`, null],
      [`<style>@media print{.z{display:none}}</style><div class="z">${link}</div>`, null],
      [`<style>.z:hover{display:none} a.z{display:none}</style><div class="z">${link}</div>`, null],
      [
        `<style>.nav .sub{display:none} .nav .sub.open{display:block}</style><div class="nav"><i class="sub open">${link}</i></div>`,
        null,
      ],
      [`<div style="visibility:hidden"><b style="visibility:visible">${link}</b></div>`, null],
      [`<div style="color:#fff">${link}</div>`, null],
      ...['not (display:grid)', '(not (display:grid))', '(a:b) and (not (c:d))'].map(
        (lacks): [string, null] => [
          `<style>@supports ${lacks}{.z{display:none}}</style><div class="z">${link}</div>`,
          null,
        ],
      ),
      [`<style>.z{display:block}@layer base{.z{display:none}}</style><div class="z">${link}</div>`, null],
      [
        `<style>.z{display:block}@layer base{body #z.z{display:none}}</style><div class="z" id="z">${link}</div>`,
        null,
      ],
      [`<noscript><style>.z{display:none}</style></noscript><div class="z">${link}</div>`, null],
      [`<style media="print">.z{display:none}</style><div class="z">${link}</div>`, null],
      ...['var(--blue)', 'navy', 'darkblue no-repeat', 'hsl(220,80%,20%)', '#003366ff', 'rgba(0,0,0,.5)'].map(
        (ground): [string, null] => [
          `<style>body{background:#fff}.f{background:${ground}}.f p{color:#fff}</style><div class="f"><p>${link}</p></div>`,
          null,
        ],
      ),
      [
        `<style>body{background:#fff}@media(min-width:1px){.f{background:#036}}.f p{color:#fff}</style><div class="f"><p>${link}</p></div>`,
        null,
      ],
      [`<div style="background:#fff;color:#fff"><b style="color:navy">${link}</b></div>`, null],
      [`<div style="height:300px;overflow:hidden">${link}</div>`, null],
    ]
    expect(ways.map(([html]) => hidden(html)[0])).toEqual(ways.map(([, by]) => by))
  })

  test('follows a selector through whatever stands between its steps', () => {
    const link = '<a href="http://x.example/">x</a>'
    const within = (html: string) =>
      `<i class="a"><b><u class="b"><em><u class="b">${html}</u></em></u></b></i>`
    const ways: [selector: string, by: string | null][] = [
      ['.a .b a', 'display'],
      ['.a > b > .b a', 'display'],
      ['.a b > .b > em > .b > a', 'display'],
      ['b > .b a', 'display'],
      ['.a > .b a', null],
      ['b > em a', null],
      ['em .a a', null],
    ]
    for (const [selector, by] of ways)
      expect(hidden(`<style>${selector}{display:none}</style>${within(link)}`), selector).toEqual([by])
  })

  test('is made in steps, so that nobody waits for a page of megabytes', () => {
    const html = `<style>${'.none div div div .x{display:none}'.repeat(100)}</style>${'<div class="x"><a href="/a">甲</a></div>'.repeat(2_000)}`
    const steps = parsing(
      new TextEncoder().encode(html),
      'text/html; charset=utf-8',
      'http://www.thnet.gov.cn/',
    )
    let count = 0
    let step = steps.next()
    for (; !step.done; step = steps.next()) count++
    expect(count).toBeGreaterThan(4_000)
    expect(step.value.elements.length).toBeGreaterThan(4_000)
  })

  test('is whole whatever a page does to its parser', () => {
    for (const html of [
      '',
      '<',
      '<div '.repeat(5_000),
      '<div>'.repeat(100_000),
      `<style>${'a{'.repeat(50_000)}`,
      `<style>${'.a .b .c .d .e{display:none}'.repeat(5_000)}</style>${'<div class="a b c d e">'.repeat(200)}`,
      `<style>.none div div div div div div div div .x{display:none}</style>${'<div>'.repeat(60)}${'<b class="x">'.repeat(50)}`,
      `<style>${'a,'.repeat(190_000)}a{display:none}</style><a href="/x">y</a>`,
      `<style>${'*{opacity:1}'.repeat(3_000)}</style>${'<b></b>'.repeat(50_000)}`,
      `<style>.nope ${'div '.repeat(9)}a{display:none}</style>${'<div>'.repeat(100)}<a href="/">`,
      `<style>${'a{top:0}'.repeat(3_000)}</style>${'<a>'.repeat(50_000)}`,
      `<a href="${'x'.repeat(100_000)}">${'y'.repeat(500_000)}`,
      `<meta name="__proto__" content="x"><div id="__proto__" class="constructor toString">z</div>`,
      `<p style="top:1${' '.repeat(500_000)}x">y</p>`,
      `<style>a{top:1${'\t'.repeat(390_000)}x}</style>`,
      `<style>p{font:${'1'.repeat(390_000)}}</style><p>1<p>2`,
      `<p style="font:${'1'.repeat(500_000)};filter:${'opacity('.repeat(50_000)};background:${'rgba('.repeat(90_000)}">y</p>`,
      `<font color="${'rgba('.repeat(100_000)}">y</font>`,
      `<style>@layer a${' '.repeat(390_000)};x{}</style>`,
      `<style>@supports a${' not'.repeat(90_000)}{x{}}</style>`,
      `<style>${'x{}'.repeat(130_000)}</style>`,
      `<style>${`[title*="${'a'.repeat(99)}b"]{top:0}`.repeat(2_500)}</style>${`<p title="${'a'.repeat(100_000)}">`.repeat(4)}`,
      `<style>a${'[title*=b]'.repeat(39_000)}{top:0}</style>${'<a title="b">'.repeat(2_000)}`,
      '\0\ud800<p>\udc00</p>',
    ]) {
      const parsed = parse(html)
      expect(parsed.text.length).toBeLessThanOrEqual(500_000)
      for (const { text } of parsed.elements.slice(0, 50)) expect(text.length).toBeLessThanOrEqual(2_000)
    }
  })
})
