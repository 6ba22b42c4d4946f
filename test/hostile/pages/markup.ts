import iconv from 'iconv-lite'
import type { Chance } from '../chance.ts'
import { FLOODS } from './floods.ts'

/* Pages as an attacker, a broken template or a database full of rubbish writes them. */

/** Characters that stores, counters and parsers trip over. */
const ODD = [
  '\0',
  '\u0001',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udfff',
  '\ud83d',
  '𠮷',
  '😀',
  '👨‍👩‍👧',
  'é',
  '\u202e',
  '％',
  '＝1+1',
  "'",
  '"',
  '\\',
  '\\u0000',
  '#{x}',
  '{{x}}',
  '%00',
  '&#0;',
  '&#x0;',
  '&#xD800;',
  '&#1114112;',
  '&lt;',
  '&amp;amp;',
  '\r',
  '\n',
  '\t',
] // prettier-ignore
const WORDS = [
  '关于',
  '开展',
  '安全',
  '检查',
  '工作',
  '的',
  '通知',
  '公告',
  '政务',
  '公开',
  '街道',
  '会议',
  '预算',
  '2026',
  '年',
  '第',
  '期',
  '招标',
  '更多',
  '首页',
  '通知公告',
  '工作动态',
  '发布时间：',
  '今天是',
  '星期二',
  '截止日期：',
  '版权所有',
] // prettier-ignore
const TAGS = [
  'div',
  'ul',
  'li',
  'a',
  'span',
  'table',
  'tr',
  'td',
  'th',
  'dl',
  'dt',
  'dd',
  'p',
  'h1',
  'h2',
  'h3',
  'b',
  'br',
  'img',
  'script',
  'style',
  'title',
  'meta',
  'base',
  'iframe',
  'frame',
  'frameset',
  'select',
  'option',
  'textarea',
  'svg',
  'noscript',
  'template',
  'time',
  'input',
  'form',
  'object',
  'embed',
  'marquee',
  'a:b',
  'x-y',
  '__proto__',
  'constructor',
] // prettier-ignore
const NAMES = [
  'href',
  'src',
  'title',
  'class',
  'id',
  'style',
  'alt',
  'content',
  'name',
  'http-equiv',
  'value',
  'datetime',
  'onclick',
  'type',
  'width',
  '__proto__',
  'constructor',
  'data-x',
] // prettier-ignore
const ADDRESSES = [
  '/a/t20260309_1.html',
  '/art/2026/03/09/art_1.html',
  '/1',
  '#',
  'javascript:;',
  '//x',
  'http://[::1',
  'http://a.b/%zz',
  'data:text/html,x',
  '/\0',
  '/a?b=\ud800',
  'http://user:pw@x.localhost/',
  '?p=1',
  'https://xn--/',
  '..//..//',
  '',
] // prettier-ignore

/** A text, odd now and then. */
export function words(chance: Chance, most: number): string {
  let text = ''
  for (let left = chance.below(most) + 1; left > 0; left--) {
    text += chance.percent(6) ? chance.of(ODD) : chance.of(WORDS)
  }
  return text
}

function date(chance: Chance): string {
  const [year, month, day] = [chance.below(4) + 2024, chance.below(14), chance.below(33)]
  const two = (value: number) => String(value).padStart(chance.percent(90) ? 2 : 1, '0')
  return chance.of([
    `${year}-${two(month)}-${two(day)}`,
    `${year}年${month}月${day}日`,
    `[${two(month)}-${two(day)}]`,
    `${year}/${month}/${day} 10:00:00`,
    `${two(day)} ${year}-${two(month)}`,
    `${year}${two(month)}${two(day)}`,
    '昨天',
    '〇一二三年元月十日',
  ])
}

function attributes(chance: Chance): string {
  let text = ''
  for (let left = chance.below(4); left > 0; left--) {
    const name = chance.of(NAMES)
    const value = /href|src|value/.test(name)
      ? chance.of(ADDRESSES)
      : chance.of([words(chance, 6), date(chance)])
    text += ` ${name}=${chance.of(['"', "'", ''])}${value}${chance.of(['"', "'", ''])}`
  }
  return text
}

function item(chance: Chance): string {
  return `<li><a href="${chance.of(ADDRESSES)}"${attributes(chance)}>${words(chance, 12)}</a><span>${date(chance)}</span></li>`
}

const SCRIPTS = [
  'document.write("<li><a href=1>x</a>2026-03-09</li>")',
  '$.ajax({url:"/list.json",success:function(d){$("#l").html(d)}})',
  'var list=[{"title":"关于做好工作的通知","url":"/1","pubDate":"2026-03-09"}]',
  'location.href="/next"',
  'self.location="?"+Math.random()',
  '<!--<script>',
]

function piece(chance: Chance): string {
  switch (chance.below(10)) {
    case 0:
      return `<${chance.of(TAGS)}${attributes(chance)}>`
    case 1:
      return `</${chance.of(TAGS)}>`
    case 2:
      return words(chance, 20)
    case 3:
      return date(chance)
    case 4:
      return `<script>${chance.of(SCRIPTS)}${chance.percent(90) ? '</script>' : ''}`
    case 5:
      return chance.of(['<!--', '-->', '<![CDATA[', ']]>', '<!', '<?', '<', '>', '&', '"'])
    case 6:
      return `<meta http-equiv=refresh content="0;url=${chance.of(ADDRESSES)}">`
    case 7:
      return `<h3>${words(chance, 3)}</h3><ul>${item(chance)}${item(chance)}</ul>`
    default:
      return item(chance)
  }
}

/** One thing again and again: what counts, nests or looks back gives up here first. */
function flood(chance: Chance, characters: number): string {
  const unit = chance.of([
    piece(chance),
    '<a>',
    '<a href=/1>通知公告</a>',
    '<b>',
    '<tr><td>日期',
    '<div title="2026-03-09 ',
    '2020-',
    '1',
    '-',
    ' ',
    '&amp;',
    '&#20013;',
    '<base href=/x/>',
    '<meta name=pubdate content=2026-03-09>',
    '<!--',
    '<li>2026-03-09',
    '[{"title":"x","pubDate":"2026-03-09"},',
    '\\u0000',
    '发布时间：',
    '<iframe src=/i></iframe>',
  ])
  return unit.repeat(Math.ceil(characters / unit.length)).slice(0, characters)
}

/** The text of a page; most are a few KB, some are megabytes. */
export function hostileText(chance: Chance): string {
  if (chance.percent(1)) return FLOODS[chance.of(Object.keys(FLOODS))]?.() ?? ''
  const parts = [chance.percent(80) ? '<html><head><title>' : '', words(chance, 8), '</title><body>']
  for (let left = chance.size(120); left > 0; left--) parts.push(piece(chance))
  if (chance.percent(25)) parts.push(flood(chance, chance.size(chance.percent(4) ? 3_000_000 : 60_000)))
  for (let left = chance.below(20); left > 0; left--) parts.push(piece(chance))
  return parts.join('')
}

/** The bytes of a page in some encoding, cut or spoilt now and then. */
export function hostilePage(chance: Chance): Buffer {
  if (chance.percent(4)) return chance.bytes(chance.size(20_000))
  const bytes = iconv.encode(hostileText(chance), chance.of(['utf8', 'utf8', 'gb18030', 'big5', 'utf16le']))
  if (chance.percent(5)) return bytes.subarray(0, chance.below(bytes.length + 1))
  if (chance.percent(5))
    for (let left = 20; left > 0; left--) bytes[chance.below(bytes.length)] = chance.below(256)
  return bytes
}
