import { describe, expect, test } from 'vitest'
import { mixedContent } from '../../../../server/monitor/inspections/line/mixed-content.ts'
import { said } from '../pages.ts'

const PAGE = 'https://www.thnet.gov.cn/xwzx/1.html'
const page = (body: string, head = '') =>
  `<html><head><title>天河区</title>${head}</head><body>${body}</body></html>`
const on = (html: string, url = PAGE) => said(mixedContent, html, { url, finalUrl: url })
const found = async (pages: readonly string[], outcome: string) => {
  const wrong: string[] = []
  for (const html of pages) if ((await on(html)).outcome !== outcome) wrong.push(html)
  return wrong
}

const FETCHED = (base: string) => [
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
].map((one) => page(one))

describe('parts of a secure page that are fetched in plain', () => {
  test('are told', async () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(20)
    expect(await found(PLANTED, 'found')).toEqual([])
  })

  test('are not told of what is fetched by HTTPS, nor of what a browser does not fetch', async () => {
    expect(CLEAN.length).toBeGreaterThanOrEqual(40)
    expect(await found(CLEAN, 'clear')).toEqual([])
  })

  test('are no matter on a page by plain HTTP, nor where browsers are told to ask by HTTPS', async () => {
    const html = FETCHED('http://x.cn').join('')
    expect(await on(page(html), 'http://www.thnet.gov.cn/')).toEqual({ outcome: 'clear' })
    const upgraded = '<meta http-equiv="Content-Security-Policy" content="upgrade-insecure-requests">'
    expect(await on(page(html, upgraded))).toEqual({ outcome: 'clear' })
  })

  test('are one problem for each address', async () => {
    const outcome = await on(
      page('<img src="http://x.cn/a.png"><script src="http://x.cn/a.js?v=1"></script>'),
    )
    expect(
      outcome.outcome === 'found' && outcome.problems.map(({ key, detail }) => [key, detail.active]),
    ).toEqual([
      ['x.cn/a.png', false],
      ['x.cn/a.js', true],
    ])
  })
})
