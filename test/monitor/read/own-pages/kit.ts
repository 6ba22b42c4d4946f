/*
 * Pages of our own, written for the purpose: one for each mechanism and trap of Chinese government pages, in the manner
 * of six families of content systems. No site, title or date in them is real. What a person reads as the newest publish
 * date stands beside each; `null`: none is there. They stand in where the labelled pages of real sites are not at hand.
 */

export type Family = 'trs' | 'siteserver' | 'jcms' | 'gkmlpt' | 'asp' | 'dede'

export interface OwnPage {
  /** The mechanism or trap. */
  readonly name: string
  readonly kind: 'home' | 'list' | 'article'
  /** The newest publish date as a person reads it; null: none is shown. */
  readonly gold: string | null
  /** Why it is no publish date, or was not seen, where that matters. */
  readonly reason?: string
  readonly url?: string
  /** Taken for today, where it is another day than `OWN_REF`. */
  readonly ref?: string
  html(charset: string): string
}

/** Taken for today. */
export const OWN_REF = '2021-01-10'

export const TITLES = [
  '关于开展冬季消防安全检查的通知',
  '本街道召开年度工作总结会议',
  '关于公布便民服务事项的公告',
  '社区志愿者走访慰问老人',
]
export type Item = readonly [href: string, date: string, title?: string]

export const title = (item: Item, index: number) => item[2] ?? TITLES[index % TITLES.length] ?? ''
export const rows = (items: readonly Item[], row: (href: string, text: string, date: string) => string) =>
  items.map((item, index) => row(item[0], title(item, index), item[1])).join('\n')

/** How each family writes a list of items. */
export const LISTS: { readonly [family in Family]: (items: readonly Item[]) => string } = {
  trs: (items) =>
    `<ul class="list_01">${rows(items, (h, t, d) => `<li><a href="${h}" title="${t}" target="_blank">${t}</a><span>${d}</span></li>`)}</ul>`,
  siteserver: (items) =>
    `<div class="newslist">${rows(items, (h, t, d) => `<dl><dd class="t"><a href="${h}">${t}</a></dd><dd class="d">[${d}]</dd></dl>`)}</div>`,
  jcms: (items) =>
    `<table width="100%">${rows(items, (h, t, d) => `<tr><td><img src="/d.gif"><a class="bt_link" href="${h}">${t}</a></td><td align="right" class="bt_time">${d}</td></tr>`)}</table>`,
  gkmlpt: (items) =>
    `<ul class="news_list">${rows(items, (h, t, d) => `<li><a href="${h}"><span class="time">${d}</span><p>${t}</p></a></li>`)}</ul>`,
  asp: (items) =>
    `<TABLE border=0>${rows(items, (h, t, d) => `<TR><TD height=24>·<A href="${h}" target=_blank>${t}</A>&nbsp;<FONT color=#999999>(${d})</FONT></TD></TR>`)}</TABLE>`,
  dede: (items) =>
    `<ul class="d1">${rows(items, (h, t, d) => `<li><span class="date">${d}</span><a href="${h}">${t}</a></li>`)}</ul>`,
}

const MENU = ['首页', '政务公开', '办事服务', '互动交流', '走进街道']
  .map((name) => `<li><a href="/${name}/">${name}</a></li>`)
  .join('')

/** A whole page of some family around `body`. */
export function page(body: string, { head = '', heading = '示例街道办事处' } = {}): OwnPage['html'] {
  return (
    charset,
  ) => `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">
<title>${heading}</title>${head}</head><body><div class="nav"><ul>${MENU}</ul></div>
${body}
<div class="foot"><p>版权所有 © 2002-2021 示例街道办事处 粤ICP备05083647号 网站标识码4401000000 电话：020-21010910</p></div></body></html>`
}

export const days = (...dates: string[]): Item[] => dates.map((date, i) => [`/zwgk/${i}.html`, date])
export const listed = (
  name: string,
  family: Family,
  items: readonly Item[],
  gold: string | null,
  more = '',
): OwnPage => ({
  name,
  kind: 'list',
  gold,
  html: page(`<h3>通知公告</h3>${LISTS[family](items)}${more}`),
})
export const home = (name: string, body: string, gold: string | null, reason?: string): OwnPage => ({
  name,
  kind: 'home',
  gold,
  html: page(body),
  ...(reason === undefined ? {} : { reason }),
})
export const article = (
  name: string,
  body: string,
  gold: string | null,
  { head = '', url }: { head?: string; url?: string } = {},
): OwnPage => ({
  name,
  kind: 'article',
  gold,
  html: page(body, { head, heading: TITLES[0] ?? '' }),
  ...(url === undefined ? {} : { url }),
})
export const H1 = `<h1>${TITLES[0]}</h1>`
export const P =
  '<p>各社区居委会：请按照要求做好检查工作，发现隐患及时报告，并于每周五前汇总情况。</p>'.repeat(3)
