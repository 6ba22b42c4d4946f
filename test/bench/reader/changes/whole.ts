import iconv from 'iconv-lite'
import { addDays } from '../../../../shared/base/time.ts'
import { atEnd, atTop, itemsOf, shownDates } from '../html.ts'
import { type Change, pick, type Source } from '../source.ts'

/* The page as a whole: its bytes, its years, the order of its items, its size. */

const encoded = (name: string, encoding: string, declared: string, mark = false): Change => ({
  name,
  apply: ({ html }) => {
    const text = html.replace(/(charset=["']?)[\w-]+/gi, `$1${declared}`)
    return { bytes: iconv.encode(text, encoding, { addBOM: mark }) }
  },
})

/** All years of dates and addresses move, today's too. */
const shifted = (by: number): Change => ({
  name: `all years ${by > 0 ? '+' : '−'}${Math.abs(by)}`,
  apply: ({ html, gold, ref, url }: Source) => {
    if (url !== undefined || gold === null || !shownDates(html).includes(gold)) return null
    if (/02-?29|2月29日|\b1\d{12}/.test(html) || /(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)/.test(html)) return null
    const move = (text: string) => String(Number(text) + by)
    const changed = html
      .replace(/(?<!\d)(?:19|20)\d{2}(?=[-/.年]\d)/g, move)
      .replace(/(?<!\d)20\d{2}(?=(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01]))?(?!\d))/g, move)
    const day = (text: string) => move(text.slice(0, 4)) + text.slice(4)
    return { html: changed, gold: day(gold), ref: day(ref) }
  },
})

const PINNED = ['', '<em>[置顶]</em>', '<img src="/top.gif" alt="置顶">']
const KEYS = [
  ['bt', 'rq', 'lj'],
  ['t', 'd', 'u'],
  ['infoName', 'addtime', 'linkto'],
  ['headline', 'inputDate', 'path'],
  ['text', 'sj', 'addr'],
  ['name', 'date', 'href'],
  ['title', 'createDate', 'url'],
  ['xxbt', 'fwrq', 'dz'],
] as const

export const WHOLE: readonly Change[] = [
  encoded('GBK, declared so', 'gbk', 'gb2312'),
  encoded('GBK that calls itself UTF-8', 'gbk', 'utf-8'),
  encoded('GB18030', 'gb18030', 'gb18030'),
  encoded('UTF-16, little end first', 'utf-16le', 'utf-16', true),
  encoded('UTF-16, big end first', 'utf-16be', 'utf-16', true),
  encoded('UTF-16 without a mark', 'utf-16le', 'utf-8'),
  shifted(-3),
  shifted(-1),
  shifted(1),
  shifted(2),
  {
    name: 'an old item pinned first',
    apply: ({ html, gold, kind }, random) => {
      const items = itemsOf(html)
      const [first] = items
      const last = items.at(-1)
      if (kind === 'article' || gold === null || !first || !last || first === last) return null
      if (!shownDates(html).includes(gold)) return null
      const pinned = last.whole.replace(/<a\b/i, `${pick(random, PINNED)}<a`)
      return { html: html.replace(first.whole, () => pinned + first.whole) }
    },
  },
  {
    name: 'the newest item last',
    apply: ({ html, gold, kind }) => {
      const items = itemsOf(html)
      const newest = items.find(({ day }) => day === gold)
      const last = items.at(-1)
      if (kind !== 'list' || !newest || !last || newest === last) return null
      return { html: html.replace(newest.whole, '').replace(last.whole, () => last.whole + newest.whole) }
    },
  },
  {
    name: 'a list in the data of a script, under unknown names',
    apply: ({ html, gold, kind }, random) => {
      const items = itemsOf(html)
      if (kind === 'article' || gold === null || items.length < 5) return null
      const newest = items
        .map(({ day }) => day)
        .sort()
        .at(-1)
      if (newest !== gold) return null
      const [title, date, link] = pick(random, KEYS)
      const data = items.map((item) => ({ [title]: item.title, [link]: item.href, [date]: item.day }))
      const script = `<script>var list=${JSON.stringify(data)};document.getElementById("list").innerHTML=list.map(function(o){return "<li>"+o.${title}+o.${date}+"</li>"}).join("")</script>`
      return {
        html: `<html><head><title>示例县人民政府</title></head><body><h2>工作动态</h2><ul id="list"></ul>${script}</body></html>`,
      }
    },
  },
  {
    name: 'more than four megabytes before the text',
    apply: ({ html }) => ({
      html: atTop(html, `<!--${'x'.repeat(4_200_000)}-->`),
      mayBeUnreadable: true,
    }),
  },
  {
    name: 'a notice of long ago at the end',
    apply: ({ html, ref }) => ({
      html: atEnd(html, `<p>本栏目自${addDays(ref, -1).slice(0, 4)}年起停止更新，历史信息请查阅档案。</p>`),
    }),
  },
]
