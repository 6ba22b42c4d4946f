import { hiddenLinksNew } from '../../../../server/monitor/inspections/content/site-rules.ts'
import type { Tools } from '../../../../server/monitor/inspections/rule.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { retrieved, SITE } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const page = (body: string, head = '') =>
  `<html><head><meta charset="utf-8"><title>天河区人民政府</title>${head}</head><body><div class="nav"><a href="/">首页</a></div><ul><li><a href="/1.html">天河区召开工作会议</a></li></ul>${body}<div class="footer">主办单位：天河区人民政府</div></body></html>`
const A = '<a href="http://www.qx778.com/">广告合作</a>'
const B = '<a href="http://www.kk990.net/">软文推广</a>'
const TWO = `${A}${B}`
const OLD = '<a href="http://www.old-friend.com/">老朋友</a>'

/** What the site led to before. */
const HOSTS = { 'people.com.cn': '2026-01-05', 'old-friend.com': '2026-02-01', 'thnet.gov.cn': '2026-01-05' }

/** Strangers that came hidden, without a bad word. */
const FAULTY: readonly string[] = [
  page(`<div style="position:absolute;left:-9999px">${TWO}</div>`),
  page(`<div style="position:absolute;left:-9999px">${A}</div>`),
  page(`<div style="position:fixed;top:-800px">${TWO}</div>`),
  page(`<div style="POSITION:ABSOLUTE;TOP:-1000PX">${A}</div>`),
  page(`<p style="text-indent:-9999px">${TWO}</p>`),
  page(`<span style="text-indent:-5000px;display:block">${A}</span>`),
  page(`<div style="margin-left:-9999px">${TWO}</div>`),
  page(`<div class="q9">${TWO}</div>`, '<style>.q9{position:absolute;left:-5000px}</style>'),
  page(`<div id="q9">${A}</div>`, '<style>#q9{text-indent:-9999px}</style>'),
  page(`<p style="display:none">${TWO}</p>`),
  page(`<div class="x7a" style="display:none">${TWO}</div>`),
  page(`<div class="x7a" style="visibility:hidden">${TWO}</div>`),
  page(`<div class="x7a" style="opacity:0">${TWO}</div>`),
  page(`<div class="x7a" style="height:0;overflow:hidden">${TWO}</div>`),
  page(`<div class="x7a" style="width:1px;height:1px;overflow:hidden">${TWO}</div>`),
  page(`<span class="x7a" style="font-size:0">${TWO}</span>`),
  page(`<div class="x7a" hidden>${TWO}</div>`),
  page(`<div class="x7a">${TWO}</div>`, '<style>.x7a{display:none}</style>'),
  page(`<marquee width="1" height="1">${TWO}</marquee>`),
  page(`<script>document.write('<div style="position:absolute;left:-999px">${TWO}</div>')</script>`),
  page(`<script>document.write('<p style="display:none">'+'${A}'+'${B}'+'</p>')</script>`),
  page(`<div style="background:#fff"><a style="color:#ffffff" href="http://www.qx778.com/">合作</a></div>`),
  page(`<div style="position:absolute;left:-9999px"><ul><li>${A}</li><li>${B}</li></ul></div>`),
]

/** Names of what honest pages open later, and hide until then. */
const OPENED = [
  ...['menu', 'sub-nav', 'dropdown-menu', 'pop', 'tab-pane', 'layer', 'dialog', 'modal fade', 'share-box'],
  ...['yqlj', 'friend-link', 'ewm', 'wx', 'mobile-menu', 'swiper-slide', 'banner', 'ad-float', 'more-list'],
  ...[
    'accordion',
    'sidebar',
    'mask',
    'tool',
    'kefu',
    'lang-switch',
    'wza',
    'panel-collapse',
    'fold',
    'expand',
  ],
  ...['toggle', 'zt', 'ztzl', 'xgwz', 'site-group', 'zqjg', 'department'],
]
/** Strangers that came and are no hidden links: seen, known from before, opened later, or beside the site's own. */
const SOUND: readonly string[] = [
  ...OPENED.map((name) => page(`<div class="${name}" style="display:none">${TWO}</div>`)),
  page(TWO),
  page(`<div class="footer">${TWO}</div>`),
  page(`<div style="position:absolute;left:-9999px">${OLD}</div>`),
  page('<div style="position:absolute;left:-9999px"><a href="http://www.people.com.cn/">人民网</a></div>'),
  page(`<div style="position:absolute;left:-9999px"><a href="/main.html">跳到正文</a>${A}</div>`),
  page('<div style="position:absolute;left:-9999px"><a href="http://www.gz.gov.cn/">市政府</a></div>'),
  page('<div style="position:absolute;left:-9999px"><a href="https://weibo.com/tianhe">微博</a></div>'),
  page('<div style="position:absolute;left:-9999px"><a href="https://v.douyin.com/x">抖音</a></div>'),
  page('<div style="position:absolute;left:-9999px"><a href="#top">返回顶部</a></div>'),
  page(`<div class="x7a" style="display:none">${A}</div>`),
  page(`<div class="x7a" style="display:none"><a href="/own.html">本站</a>${TWO}</div>`),
  page(`<div class="x7a" style="display:none">${OLD}${A}</div>`),
  page('<select><option value="http://www.qx778.com/">合作单位</option></select>'),
  page(`<noscript>${A}</noscript>`),
  page('<div class="x7a" style="display:none"><a href="http://sub.thnet.gov.cn/">子站</a></div>'),
  page('<div style="position:absolute;left:-10px">飘窗 <a href="http://www.qx778.com/">合作单位</a></div>'),
  page('<a class="icon" href="http://www.qx778.com/" style="text-indent:0"></a>'),
  page('<div class="x7a" style="display:none"><a href="http://www.school.edu.cn/">学校</a></div>'),
]

/** Hidden links that came to a home page that was known for days. */
export const HIDDEN_NEW = tableOf('hidden-links-new', FAULTY, SOUND, async (html) => {
  const days = { firstDay: '2026-01-05', lastDay: '2026-11-28', days: 90, robotsDay: null }
  const tools = {
    home: retrieved(html, { depth: 0, url: SITE.url }),
    limits: inspectionRule('hidden-links-new')?.limits ?? {},
    kept: { memory: async () => ({ ...days, hosts: HOSTS, homes: [] }), remember: async () => {} },
  } as unknown as Tools
  return (await hiddenLinksNew.measure(SITE, tools)).outcome
})
