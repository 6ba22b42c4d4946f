import { expect, test } from 'vitest'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'

const parse = (html: string) =>
  parsePage(
    new TextEncoder().encode(html),
    'text/html; charset=utf-8',
    'http://www.thnet.gov.cn/a/index.html',
  )
const LINK = '<a href="http://x.example/">x</a>'
/** By what the one link of a page is hidden; `later`: perhaps it is. */
function seen(html: string): string | null {
  const element = parse(html).links.find(({ href }) => href === 'http://x.example/')?.element
  return element?.hiddenBy ?? (element?.isHiddenLater ? 'later' : null)
}
const styled = (style: string, inner = LINK) => `<div style="${style}">${inner}</div>`
const sheet = (css: string, html: string) => `<style>${css}</style>${html}`

test('what is too small, faint, turned or far away for anybody is not seen, however that is written', () => {
  const ways: readonly (readonly [html: string, by: string | null])[] = [
    [`<marquee width="4" height="4" scrollamount="3">${LINK}</marquee>`, 'attribute'],
    [`<marquee scrollamount="10000" height="20">${LINK}</marquee>`, 'attribute'],
    [`<marquee scrollamount="5" height="24" width="400">${LINK}</marquee>`, null],
    [styled('width:2px;height:2px;overflow:hidden'), 'size'],
    [styled('contain:strict;height:0'), 'size'],
    [styled('height:0'), null],
    [styled('position:absolute;left:calc(-1*9999px)'), 'offscreen'],
    [styled('position:absolute;top:calc((10px - 2 * 5000px) / 2)'), 'offscreen'],
    [styled('position:absolute;left:calc(50% - 480px)'), null],
    [styled('position:absolute;left:calc(100% - 9999px)'), 'offscreen'],
    [styled('position:absolute;left:-1e4px'), 'offscreen'],
    [styled('transform:translate(-1000%)'), 'offscreen'],
    [styled('transform:translateX(-300%)'), null],
    [styled('text-indent:100%;white-space:nowrap;overflow:hidden'), 'offscreen'],
    [styled('text-indent:100%'), null],
    [styled('opacity:.02'), 'opacity'],
    [styled('opacity:1%'), 'opacity'],
    [styled('opacity:80%'), null],
    [styled('opacity:.1'), null],
    [styled('filter:alpha(opacity=3)'), 'opacity'],
    [styled('filter:alpha(opacity=80)'), null],
    [styled('opacity:1;filter:alpha(opacity=0)'), null],
    [styled('opacity:1;filter:alpha(opacity=1)'), null],
    [styled('filter:alpha(opacity=.9)'), null],
    [styled('filter:alpha(opacity=0)'), 'opacity'],
    [styled('filter:opacity(0%)'), 'opacity'],
    [styled('transform:matrix( 1, 0, 0, 1, 0, 0 )'), null],
    [styled('transform:matrix(0,0,0,0,0,0)'), 'size'],
    [styled('transform:matrix(1, 0, 0, 1, 0, 0)'), null],
    [styled('transform:matrix(1,0,0,1,-9999,0)'), 'offscreen'],
    [styled('font-size:1%'), 'size'],
    [styled('font-size:calc(1px - 1px)'), 'size'],
    [styled('font-size:90%'), null],
    [styled('position:relative;left:-9999px'), 'later'],
    [styled('position:relative;left:-20px'), null],
    [styled('height:10px;overflow:hidden', styled('padding-top:500px')), 'later'],
    [styled('height:20px;overflow:hidden;position:relative', styled('position:absolute;top:500px')), 'later'],
    [styled('height:600px;overflow:hidden', styled('padding-top:500px')), null],
  ]
  expect(ways.map(([html]) => seen(html))).toEqual(ways.map(([, by]) => by))
})

test('a colour is known by all its names, and white on nothing may be white on white', () => {
  const on = (ground: string, color: string) => styled(`background:${ground}`, styled(`color:${color}`))
  const ways: readonly (readonly [html: string, by: string | null])[] = [
    ...['snow', 'hsl(0,100%,99%)', 'rgb(100%,98%,98%)', 'rgb(255 250 250)', '#fffafa'].map(
      (color) => [on('snow', color), 'colour'] as const,
    ),
    [on('hsl(120deg 100% 25%)', 'green'), 'colour'],
    [on('white', 'rgba(9,9,9,.02)'), 'colour'],
    [on('midnightblue', 'snow'), null],
    [on('hsl(0,0%,20%)', 'white'), null],
    [on('white', 'rgba(9,9,9,.5)'), null],
    [on('color-mix(in srgb, red, blue)', 'white'), null],
    [styled('color:#fff'), 'later'],
    [styled('color:#fff', `<b style="color:navy">${LINK}</b>`), null],
    [sheet('body{background:#036}', `<body>${styled('color:#fff')}</body>`), null],
  ]
  expect(ways.map(([html]) => seen(html))).toEqual(ways.map(([, by]) => by))
})

test('a sheet says what it says by alternatives, exceptions, places, rules in rules and letters by their numbers', () => {
  const box = (name: string) => `<div class="w"><p>甲</p><div class="${name}">${LINK}</div></div>`
  const ways: readonly (readonly [css: string, by: string | null])[] = [
    [':is(.x,.y){display:none}', 'display'],
    ['.w :is(h1, .x a){display:none}', 'display'],
    ['div:is(p){display:none}', null],
    ['.w div:not(.q){display:none}', 'display'],
    ['.w div:not(.q, .x){display:none}', null],
    ['.w div:not(:hover){display:none}', null],
    ['.w :nth-child(2){display:none}', 'display'],
    ['.w .x:nth-child(odd){display:none}', null],
    ['.w .x:nth-child(n + 2){display:none}', 'display'],
    ['.w .x:nth-last-child(-n+1){display:none}', 'display'],
    ['.w .x:nth-child(2n+1){display:none}', null],
    ['.w .x:only-child{display:none}', null],
    ['.w{color:red; .x{display:none}}', 'display'],
    ['.w{&.v .x{display:none}}', null],
    ['.w{@media screen{display:none}}', 'display'],
    ['.w{color:red; .v{display:none}} .v{color:blue}', null],
    ['.\\78{display:none}', 'display'],
    ['.\\78 .y{display:none}', null],
    ['.md\\:x{display:none}', null],
    ['.x >{display:none}', null],
    ['[class="x"]{display:none}', 'display'],
    ['p:before{content:"{"} .x{display:none} p:after{content:"}"}', 'display'],
  ]
  for (const [css, by] of ways) expect(seen(sheet(css, box('x'))), css).toBe(by)
  expect(seen(`<style>.a{color:red</style><style>.x{display:none}</style>${box('x')}`), 'closed').toBe(
    'display',
  )
})

test('what scripts open around something, or move, may hide it; what is seen of the page stays as it is', () => {
  const write = (html: string) => `<script>document.write("${html}");</script>`
  const ways: readonly (readonly [html: string, by: string | null])[] = [
    [`${write("<div style='display:none'>")}${LINK}${write('</div>')}`, 'later'],
    [`${write("<div style='display:none'>")}甲${write('</div>')}${LINK}`, null],
    [`<div>${write("<div style='display:none'>")}甲</div>${LINK}`, null],
    [`${write("<div class='z'>")}${LINK}${write('</div>')}<style>.z{display:none}</style>`, 'later'],
    [
      `${write("<div id='z'>")}${LINK}${write('</div>')}<script>document.getElementById("z").style.display="none"</script>`,
      'later',
    ],
    [`${write("<div class='z'>")}${LINK}${write('</div>')}`, null],
    [`${write("<div aria-hidden='true'>")}${LINK}${write('</div>')}`, null],
    [`${write("<div title='hidden' data-style='display:none'>")}${LINK}${write('</div>')}`, null],
    [`${write('<div hidden>')}${LINK}${write('</div>')}`, 'later'],
    [`${write("<div style='display:none'>甲</div>")}${LINK}`, null],
    [`<div id="z">${LINK}</div><script>document.getElementById("z").style.left='-9999px'</script>`, 'later'],
    [`<div id="z">${LINK}</div><script>$("#z").css({position:'absolute',left:'-9999px'})</script>`, 'later'],
    [`<div id="z">${LINK}</div><script>$("#z").css("top", -9999)</script>`, 'later'],
    [`<div id="z">${LINK}</div><script>$("#z").css({left:'20px',color:'red'})</script>`, null],
    [`<div id="z">${LINK}</div><script>document.getElementById("z").style.display='block'</script>`, null],
  ]
  for (const [html, by] of ways) expect(seen(html), html).toBe(by)
  expect(parse(`${write("<div style='display:none'>")}<p>主办单位</p>`).text).toBe('主办单位')
})

test('a page that is made to be read in more than one way costs no more than its length', () => {
  for (const html of [
    `<style>${':is('.repeat(90_000)}{x{}}</style>`,
    `<style>${`a${':is(.b,.c)'.repeat(60)}{top:0}`.repeat(500)}</style><a class="b">`,
    `<style>a${':not(.b)'.repeat(40_000)}{top:0}</style>${'<a>'.repeat(2_000)}`,
    `<style>${`a${':not(.b)'.repeat(20)}{top:0}`.repeat(2_000)}</style>${'<a>'.repeat(20_000)}`,
    `<style>${'a{b{c{d{'.repeat(40_000)}</style>`,
    `<style>${'.a,'.repeat(2_000)}b{${'.c,'.repeat(2_000)}d{top:0}}</style>`,
    `<style>${'a{b{}'.repeat(60_000)}</style>`,
    `<style>${'.a,'.repeat(64)}.b{${'&&&&&&&&&&&&&&&&&&{'.repeat(2)}${'&:x{top:0}'.repeat(20_000)}}}}</style>`,
    `<style>${"\\'".repeat(150_000)}x{}</style>`,
    `<style>${`${'a:is(.b,.c,.d,.e,.f,.g,.h,.i),'.repeat(3_000)}p{top:0}`}</style>`,
    `<style>a${'\\78'.repeat(90_000)}{top:0}</style>`,
    `<p style="left:calc(${'('.repeat(200_000)}">`,
    `<p style="left:calc(${'1*'.repeat(200_000)}1px)">`,
    `<p style="transform:${'matrix('.repeat(60_000)};color:${'hsl(0 '.repeat(60_000)}">`,
    `<script>document.write("${'<div '.repeat(700)}")</script>`.repeat(300),
    `<script>document.write("<b>")</script>`.repeat(30_000),
    `<script>${'$("#z").css({'.repeat(15_000)}</script>`,
    `<script>${"getElementById('z').style.".repeat(8_000)}</script>`,
  ])
    expect(parse(html).text.length).toBeLessThanOrEqual(500_000)
})
