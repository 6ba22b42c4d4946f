/*
 * Links as a browser has them, each leading to a host of its own: those that nobody sees, with what no office says, and those that
 * somebody sees or an honest page hides. What hides them lies in a style sheet and a script of other files. One page has all of them.
 */

/** A way to hide links: what stands on the page around them, and its rules in the sheet; `~` is the name of the case. */
interface Way {
  readonly html: (links: string) => string
  readonly css?: string
}

const within =
  (attributes = '', tag = 'div') =>
  (links: string): string =>
    `<${tag} ${attributes}>${links}</${tag}>`
const styled = (css: string): Way => ({ html: within('class="~"'), css: `.~{${css}}` })

const HIDING: readonly Way[] = [
  styled('display:none'),
  styled('visibility:hidden'),
  styled('opacity:0'),
  styled('filter:opacity(0)'),
  { html: (links) => within('class="~"')(within()(links)), css: '.~{opacity:.1}.~ div{opacity:.05}' },
  styled('position:absolute;left:-9999px'),
  styled('position:absolute;top:-5000px'),
  styled('position:absolute;right:-9999px'),
  styled('position:fixed;bottom:-4000px'),
  styled('margin-left:-9999px'),
  styled('transform:translateX(-9999px)'),
  styled('text-indent:-9999px;overflow:hidden'),
  {
    html: within('class="~"'),
    css: '.~ a{display:block;width:90px;height:20px;overflow:hidden;text-indent:-999em}',
  },
  styled('height:0;overflow:hidden'),
  styled('max-height:0;overflow:hidden'),
  styled('width:1px;height:1px;overflow:hidden'),
  styled('width:0;height:40px;overflow:auto'),
  styled('font-size:0'),
  styled('font-size:1px'),
  styled('transform:scale(0)'),
  styled('transform:rotateY(90deg)'),
  { html: within('class="~"'), css: '.~ a{color:#fff}' },
  { html: within('class="~"'), css: '.~{background:#f0f0f0}.~ a{color:#efefef}' },
  { html: within('class="~"'), css: '.~ a{color:transparent}' },
  styled('position:absolute;clip:rect(0,0,0,0)'),
  styled('position:absolute;clip-path:inset(100%)'),
  styled('clip-path:circle(0)'),
  styled('content-visibility:hidden'),
  { html: within('class="~"'), css: '@media (min-width:600px){.~{display:none}}' },
  { html: within('class="~"'), css: ':root{--~:none}body>.~:not(.shown){display:var(--~)}' },
  { html: (links) => `<i class="~x"></i>${within('class="~"')(links)}`, css: '.~x + .~{display:none}' },
  { html: within('hidden class="~"') },
  { html: (links) => `<details>${links}<summary>更多</summary></details>` },
  { html: (links) => `<dialog>${links}</dialog>` },
  { html: within('data-write="~"'), css: '.w~{position:absolute;left:-9999px}' },
  { html: within('data-hide="~"') },
  {
    html: (links) => `<div class="~">${links}<b></b></div>`,
    css: '.~{position:relative;height:30px}.~ b{position:absolute;inset:0;background:#fff}',
  },
  {
    html: within('class="~"'),
    css: '.~{background:#fff;width:300px}.~ a{position:relative;z-index:-1}',
  },
  {
    html: (links) =>
      `<img class="~" usemap="#m~" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAACw="><map name="m~">${links.replaceAll('<a ', '<area alt="澳门新葡京官网" ').replaceAll('</a>', '')}</map>`,
    css: '.~{display:none}',
  },
]

const SEEN: readonly Way[] = [
  { html: within() },
  { html: within('style="left:-10px;position:relative"') },
  styled('opacity:.4'),
  styled('transform:translateX(40px)'),
  styled('text-indent:2em'),
  styled('height:60px;overflow:hidden'),
  styled('height:60px;overflow:auto'),
  {
    html: (links) => `<div class="~"><p></p>${links}</div>`,
    css: '.~{height:60px;overflow:auto}.~ p{height:900px}',
  },
  { html: within('class="~"'), css: '.~{font-size:0}.~ a{font-size:14px}' },
  { html: within('class="~"'), css: '.~{background:#0b4a8f}.~ a{color:#fff}' },
  { html: within('class="~"'), css: '.~{background:linear-gradient(#036,#069)}.~ a{color:#fff}' },
  { html: within('class="~"'), css: '.~ a{color:#fff;background:#036}' },
  { html: within('class="~"'), css: '.~ a{color:#fff;text-shadow:0 0 2px #000}' },
  {
    html: (links) => `<div class="~"><i></i><span>${links}</span></div>`,
    css: '.~{position:relative}.~ i{position:absolute;inset:0;background:#036}.~ span{position:relative}.~ a{color:#fff}',
  },
  {
    html: within('class="~"'),
    css: '.~{position:relative;z-index:0}.~::before{content:"";position:absolute;inset:0;background:#036;z-index:-1}.~ a{color:#fff}',
  },
  {
    html: within('class="~"'),
    css: '.~ a{background:linear-gradient(#036,#900);-webkit-background-clip:text;color:transparent}',
  },
  { html: within('class="~"'), css: '.~{visibility:hidden}.~ a{visibility:visible}' },
  { html: within('class="~"'), css: '.~{height:0}' },
  { html: within('class="~"'), css: '.~{width:1px}.~ a{white-space:nowrap}' },
  {
    html: (links) => `<div class="~"><div>${links}</div></div>`,
    css: '.~{height:0;overflow:hidden}.~ div{position:absolute}',
  },
  {
    html: (links) => `<div class="~">${links}<b></b></div>`,
    css: '.~{position:relative}.~ b{position:absolute;inset:0}',
  },
  {
    html: (links) => `<div class="~">${links}<b></b></div>`,
    css: '.~{position:relative}.~ b{position:absolute;inset:0;background:#fff;opacity:.1}',
  },
  styled('pointer-events:none'),
  styled('clip-path:inset(0)'),
  styled('position:fixed;right:0;bottom:0'),
  { html: (links) => `<details open><summary>更多</summary>${links}</details>` },
  { html: within('', 'table') },
  { html: within('dir="rtl"') },
  { html: within('style="display:none" data-show="~"') },
  { html: within('class="~"'), css: '@media print{.~{display:none}}' },
  { html: within('class="~"'), css: '.~{display:none}body .~{display:block}' },
  { html: within('style="margin-top:1500px"') },
]

/** What honest pages hide, of whom nobody says betting. */
const HONEST: readonly (readonly [words: string, around: Way])[] = [
  ['广东省人民政府', { html: within('class="menu ~"'), css: '.~{display:none}' }],
  ['岭南旅游网', { html: within('class="yqlj ~"'), css: '.~{height:0;overflow:hidden}' }],
  ['中国体育彩票', styled('display:none')],
  ['打击网络赌博专项行动', styled('visibility:hidden')],
  ['警方严打六合彩团伙', styled('opacity:0')],
  [
    '公安部：百家乐等网络赌博平台被打掉',
    { html: within('class="slide ~"'), css: '.~{position:absolute;left:-1280px;width:1280px}' },
  ],
  [
    '检察院起诉一起制售假药案',
    {
      html: (links) => `<div class="box ~"><ul>${links}</ul></div>`,
      css: '.~{height:20px;overflow:hidden}.~ ul{margin-top:60px}',
    },
  ],
  ['福利彩票开奖公告', { html: within('data-hide="~"') }],
  ['娱乐活动中心', { html: (links) => `<dialog>${links}</dialog>` }],
  ['证件办理指南', { html: (links) => `<details><summary>更多</summary>${links}</details>` }],
  ['官方微博', styled('transform:scale(0)')],
  ['成人教育 成人高考', styled('position:fixed;left:-240px;width:240px')],
  ['粤ICP备05000001号', styled('position:absolute;left:-9999px')],
  ['站长统计', styled('font-size:0')],
  ['发票查验平台', { html: within('class="~"'), css: '.~ a{color:#fff}' }],
  ['12345热线', { html: within('hidden') }],
  ['全民健身 足球比赛报名', styled('clip-path:inset(100%)')],
  ['棋牌室消防安全检查', { html: within('class="tab ~"'), css: '.~{display:none}' }],
]
/** The same words where they lead to the site itself or an office. */
const OURS = [
  'http://www.thnet.gov.cn/a.html',
  'http://zwfw.gd.gov.cn/',
  'http://zs.thnet.gov.cn/',
  'https://www.gzhu.edu.cn/',
]

const BAD = '澳门新葡京官网'
const link = (text: string, href: string) => `<a href="${href}">${text}</a>`
const named = (name: string, text: string) => (way: Way) => ({
  ...way,
  name,
  links: link(text, `http://www.${name}.test/`),
})

interface Case extends Way {
  readonly name: string
  readonly links: string
}

export const HIDDEN: readonly Case[] = HIDING.map((way, n) => named(`hidden${n}`, BAD)(way))
export const UNHIDDEN: readonly Case[] = [
  ...SEEN.map((way, n) => named(`seen${n}`, BAD)(way)),
  ...HONEST.map(([words, way], n) => named(`honest${n}`, words)(way)),
  ...OURS.map((href, n) => ({ ...styled('display:none'), name: `ours${n}`, links: link(BAD, href) })),
]

/** A page that has all of them, and what it takes in. */
export function pageOf(cases: readonly Case[]): Readonly<Record<'html' | 'css' | 'js', string>> {
  const body = cases.map(({ name, html, links }) => html(links).replaceAll('~', name)).join('\n')
  return {
    html: `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>天河区人民政府</title><link rel="stylesheet" href="/site.css"></head><body><ul class="nav"><li><a href="/">首页</a></li></ul>${body}<p>主办单位：天河区人民政府</p><script src="/site.js"></script></body></html>`,
    css: `body{margin:8px;background:#fff}body>*{margin-bottom:30px}${cases.map(({ name, css = '' }) => css.replaceAll('~', name)).join('\n')}`,
    js: `for (const one of document.querySelectorAll('[data-write]')) {
  const html = one.innerHTML
  one.innerHTML = ''
  document.write('<div class="w' + one.dataset.write + '">' + html + '</div>')
}
for (const one of document.querySelectorAll('[data-hide]')) one.style.display = 'none'
for (const one of document.querySelectorAll('[data-show]')) one.style.display = 'block'`,
  }
}

/** Pages that mean harm to whoever looks at them; each hides a link to `hidden.test` as well. */
export const HARMFUL: Readonly<Record<string, string>> = {
  liar: `<img name="documentElement"><img name="body"><img name="querySelectorAll"><img name="elementsFromPoint"><img name="createTreeWalker">
<form class="away"><input name="parentElement"><input name="tagName"><input name="getAttribute"><input name="getBoundingClientRect">${link(BAD, 'http://www.hidden.test/')}</form>
<script>window.getComputedStyle = () => ({ display: 'block', visibility: 'visible', opacity: '1' })
Element.prototype.getBoundingClientRect = Element.prototype.getClientRects = () => [{ left: 9, top: 9, right: 99, bottom: 99, width: 90, height: 90 }]
JSON.stringify = () => '{"blocks":[],"isCut":false}'; Map.prototype.set = Array.prototype.map = () => []; performance.now = () => 1e9</script>`,
  deep: `<script>let at = document.body; for (let n = 0; n < 600; n++) at = at.appendChild(document.createElement('div'))
at.innerHTML = '<div class="away">${link(BAD, 'http://www.hidden.test/')}</div>'</script>`,
  many: `<script>document.body.innerHTML = '<div hidden>' + '<a href="http://www.friend.test/">合作</a> '.repeat(100000) + '</div><div class="away">${link(BAD, 'http://www.hidden.test/')}</div>'</script>`,
}
export const away = (body: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><style>.away{position:absolute;left:-9999px}</style></head><body>${body}</body></html>`
