import { mapDates, mapItems, mapTexts, shownDates } from '../html.ts'
import type { Change, Source } from '../source.ts'

/* Where the dates stand and what stands around them. */

/** Each item of a list is written in another way. */
const items = (
  name: string,
  write: (item: { link: string; title: string; href: string; raw: string }) => string,
): Change => ({
  name,
  apply: ({ html, gold, kind }) => {
    if (kind === 'article' || gold === null || !shownDates(html).includes(gold)) return null
    const changed = mapItems(html, write)
    return changed === null ? null : { html: changed }
  },
})

const LABEL = /(?:发布|更新|发表|信息|上传|录入)?(?:时间|日期|日间)\s*[:：]\s*$/

const HEADING = /<(h1|h2)\b([^>]*)>([\s\S]*?)<\/\1>/i

/** The date of an article with its label goes to another place; `put` gets the page without it. */
const moved = (name: string, put: (html: string, raw: string) => string | null): Change => ({
  name,
  apply: ({ html, gold, kind }) => {
    if (kind !== 'article' || gold === null) return null
    let raw: string | null = null
    const cut = mapDates(html, (date) => {
      if (raw !== null || date.day !== gold) return null
      raw = date.raw
      return '\u0001'
    })
    if (cut === null || raw === null) return null
    const [before = '', after = ''] = cut.split('\u0001')
    const bare = before.replace(LABEL, '') + after.replace(/^ ?\d{1,2}:\d{2}(?::\d{2})?/, '')
    // Another date that a person could take for the article's would stand first.
    const changed = shownDates(bare).includes(gold) ? null : put(bare, raw)
    return changed === null ? null : { html: changed }
  },
})

const belowHeading = (more: (raw: string, title: string) => string) => (html: string, raw: string) => {
  const heading = HEADING.exec(html)
  if (heading === null) return null
  const title = (heading[3] ?? '').replace(/<[^>]*>/g, '').trim()
  // What is a heading of the site is none of the article.
  const isOwn = (/<title>([\s\S]*?)<\/title>/i.exec(html)?.[1] ?? '').includes(title)
  return title.length < 6 || !isOwn ? null : html.replace(heading[0], () => heading[0] + more(raw, title))
}

const SHARE =
  '<div class="bdsharebuttonbox"><a href="#" class="bds_qzone" title="分享到QQ空间"></a><a href="#" class="bds_tsina" title="分享到新浪微博"></a><a href="#" class="bds_weixin" title="分享到微信朋友圈"></a></div>'

/** The first date of an article stays where it is, with something beside it. */
const beside = (name: string, write: (raw: string) => string): Change => ({
  name,
  apply: ({ html, gold, kind }) => {
    if (kind !== 'article' || gold === null) return null
    let isDone = false
    const changed = mapDates(html, ({ day, raw }) => {
      if (isDone || day !== gold) return null
      isDone = true
      return write(raw)
    })
    return changed === null ? null : { html: changed }
  },
})

export const STRUCTURE: readonly Change[] = [
  items('date before the title', ({ link, raw }) => `<li><span>${raw}</span>${link}</li>`),
  items('date after the title', ({ link, raw }) => `<li>${link}<span>${raw}</span></li>`),
  items('date in brackets after the title', ({ link, raw }) => `<li>${link} [${raw}]</li>`),
  items('date on a line of its own', ({ link, raw }) => `<li>${link}<br>${raw}</li>`),
  items('date in a cell', ({ link, raw }) => `<table><tr><td>${link}</td><td>${raw}</td></tr></table>`),
  items(
    'date in a cell before',
    ({ link, raw }) => `<table><tr><td>${raw}</td><td>${link}</td></tr></table>`,
  ),
  items('date in a definition list', ({ link, raw }) => `<dl><dt>${link}</dt><dd>${raw}</dd></dl>`),
  items(
    'date in a card',
    ({ title, href, raw }) =>
      `<div class="card"><a href="${href}"><img src="/p.jpg" alt="${title}"></a><h4><a href="${href}">${title}</a></h4><p>各单位要认真贯彻落实会议精神，切实抓好各项工作。</p><span>${raw}</span></div>`,
  ),
  items(
    'date within the link',
    ({ title, href, raw }) => `<li><a href="${href}"><p>${title}</p><span>${raw}</span></a></li>`,
  ),
  items(
    'titles without an address',
    ({ title, raw }) => `<li><a class="t">${title}</a><span>${raw}</span></li>`,
  ),
  items(
    'titles opened by script',
    ({ title, raw }) =>
      `<li><a href="javascript:void(0)" onclick="show(1)">${title}</a><span>${raw}</span></li>`,
  ),
  items(
    'title twice, as a picture and as words',
    ({ title, href, raw }) =>
      `<li><a href="${href}" title="${title}"><img src="/a.jpg"></a><a href="${href}" title="${title}">${title}</a><span>${raw}</span></li>`,
  ),
  items('a labelled date', ({ link, raw }) => `<li>${link}<span>发布时间：${raw}</span></li>`),
  items(
    'a date and readers',
    ({ link, raw }) => `<li>${link}<p><span>${raw}</span><span>阅读：128</span></p></li>`,
  ),
  {
    name: 'no labels',
    apply: ({ html, gold }) => {
      if (gold === null) return null
      const changed = mapTexts(html, (text) =>
        text.replace(/(?:发布|更新|发表|信息|上传|录入)?(?:时间|日期|日间)\s*[:：]\s*(?=\d|$)/g, ''),
      )
      return changed === html ? null : { html: changed }
    },
  },
  {
    name: 'heading in h3',
    apply: ({ html, kind, gold }: Source) => {
      if (kind !== 'article' || gold === null || !HEADING.test(html)) return null
      return { html: html.replace(/<(\/?)h[12]\b/gi, '<$1h3') }
    },
  },
  moved(
    'below the heading',
    belowHeading((raw) => `<p>${raw}</p>`),
  ),
  moved(
    'below the heading with a label',
    belowHeading((raw) => `<div><span>来源：本站</span><span>发布时间：${raw}</span></div>`),
  ),
  moved(
    'below the heading, title in a link besides',
    belowHeading((raw, title) => `<p>${raw}</p><a href="/self.html" title="${title}">${title}</a>`),
  ),
  moved(
    'below the heading with a source',
    belowHeading((raw) => `<p>${raw}　来源：县政府办公室　浏览次数：12</p>`),
  ),
  {
    name: 'before the heading',
    apply: (source, random) =>
      moved('', (html, raw) => {
        const heading = HEADING.exec(html)
        return heading === null
          ? null
          : html.replace(heading[0], () => `<p>发布时间：${raw}</p>${heading[0]}`)
      }).apply(source, random),
  },
  beside('share buttons beside the date', (raw) => `${raw}${SHARE}`),
  beside(
    'type sizes beside the date',
    (raw) =>
      `${raw} 【字体：<a href="javascript:;" title="大号字体">大</a> <a href="javascript:;" title="中号字体">中</a> <a href="javascript:;" title="小号字体">小</a>】`,
  ),
]
