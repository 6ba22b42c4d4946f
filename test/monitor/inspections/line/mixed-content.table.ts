import { mixedContent } from '../../../../server/monitor/inspections/line/mixed-content.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const PAGE = 'https://www.thnet.gov.cn/xwzx/1.html'
export const page = (body: string, head = '') =>
  `<html><head><title>天河区</title>${head}</head><body>${body}</body></html>`
export const on = (html: string, url = PAGE) => said(mixedContent, html, { url, finalUrl: url })
export const FETCHED = (base: string) => [
  ...[
    `<script src="${base}/a.js"></script>`,
    `<iframe src="${base}/f.html"></iframe>`,
    `<frame src="${base}/f.html">`,
  ],
  ...[`<img src="${base}/a.png">`, `<embed src="${base}/a.swf">`, `<object data="${base}/a.swf"></object>`],
  ...[
    `<video src="${base}/a.mp4"></video>`,
    `<video poster="${base}/a.png"></video>`,
    `<audio src="${base}/a.mp3"></audio>`,
  ],
  ...[`<video><source src="${base}/a.mp4"></video>`, `<input type="image" src="${base}/go.png">`],
  ...[`<link rel="stylesheet" href="${base}/a.css">`, `<LINK REL="Shortcut Icon" HREF="${base}/f.ico">`],
]
const PLANTED = [...FETCHED('http://www.thnet.gov.cn'), ...FETCHED('HTTP://cdn.example.com:8080')].map(
  (one) => page(one),
)
const SHEETS = [
  '/* x */a{background:url(http://x.cn/a.png)}/* y',
  "a{content:'it'}b{background : URL( 'http://x.cn/a.png' )}",
  'a{background:url(data:image/png;base64,R0)}b{background:url(http://x.cn/a.png)}',
  "@import 'http://x.cn/a.css';",
].map((sheet) => page(`<style>${sheet}</style>`))
const CLEAN = [
  ...FETCHED('https://www.thnet.gov.cn'),
  ...FETCHED(''),
  ...FETCHED('//cdn.example.com'),
  ...[
    '<a href="http://www.gz.gov.cn/">广州市政府</a>',
    '<form action="http://search.gd.gov.cn/"><input name="q"></form>',
  ],
  ...[
    '<link rel="canonical" href="http://www.thnet.gov.cn/">',
    '<link rel="alternate" href="http://x.cn/rss">',
  ],
  ...[
    '<input name="url" value="http://x.cn/a.png">',
    '<p>http://www.thnet.gov.cn/a.js</p>',
    '<img data-src="http://x.cn/a.png">',
  ],
  ...[
    '<img src="data:image/gif;base64,R0">',
    '<script>var u = "http://x.cn/a.js"</script>',
    '<blockquote cite="http://x.cn/">x</blockquote>',
  ],
  ...[
    '/* a{background:url(http://x.cn/a.png)} */',
    '@namespace svg url(http://www.w3.org/2000/svg);a{color:red}',
    'a{behavior:url(http://x.cn/a.htc)}',
    "a{background:url(data:image/svg+xml,<svg filter='url(http://x.cn/x#a)'>)}",
    'a{background:url("data:image/svg+xml;utf8,<svg filter=\'url(http://x.cn/x#a)\'/>")}',
    'a:after{content:"url(http://x.cn/a.png)"}',
  ].map((sheet) => `<style>${sheet}</style>`),
  '<noscript><style>a{background:url(http://x.cn/a.png)}</style></noscript>',
  '<style media="print">a{background:url(http://x.cn/a.png)}</style>',
].map((one) => page(one))

export const MIXED = tableOf(
  'line-mixed',
  [...PLANTED, ...SHEETS],
  CLEAN,
  async (html) => (await on(html)).outcome,
)
