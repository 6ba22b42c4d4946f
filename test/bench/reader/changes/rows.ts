import { addDays } from '../../../../shared/base/time.ts'
import { aloneDates, itemsOf, type ListItem, mapDates, mapItems, shownDates } from '../html.ts'
import type { Change, Random } from '../source.ts'

/* Rows of lists as content systems write them, with other days in them than that of publishing. */

const TABLE = ['标题', '成文日期', '发布日期', '施行日期']
const cells = (name: string, texts: readonly string[]) =>
  `<tr>${texts.map((text) => `<${name}>${text}</${name}>`).join('')}</tr>`

/** Each item of a list is written in another way; what is as new as today is told by `ref`. */
const rows = (name: string, write: (item: ListItem, ref: string) => string): Change => ({
  name,
  apply: ({ html, gold, kind, ref }) => {
    if (kind === 'article' || gold === null || !shownDates(html).includes(gold)) return null
    const changed = mapItems(html, (item) => write(item, ref))
    return changed === null ? null : { html: changed }
  },
})

/** A row without zeros before its figures. */
const unpadded = (name: string, write: (m: number, d: number) => string): Change => ({
  name,
  apply: ({ html, gold, kind }, random) => {
    const items = kind === 'list' && gold !== null ? itemsOf(html) : []
    if (gold === null || !falls(items) || aloneDates(html).length !== items.length) return null
    const changed = mapDates(html, ({ day, isAlone }) =>
      isAlone ? write(Number(day.slice(5, 7)), Number(day.slice(8))) : null,
    )
    return changed === null || items[0]?.day !== gold ? null : { html: changed, ref: soonAfter(gold, random) }
  },
})

const soonAfter = (day: string, random: Random) => addDays(day, Math.floor(random() * 25))

/** Newest first, from the first to the last. */
function falls(items: readonly ListItem[]): boolean {
  return items.length > 2 && items.every(({ day }, i) => i === 0 || day <= (items[i - 1]?.day ?? day))
}

/** Months and days below the head of their year, read long after. */
const UNDER_YEARS: Change = {
  name: 'months and days under the heads of their years',
  apply: ({ html, gold, kind }, random) => {
    const items = kind === 'list' && gold !== null ? itemsOf(html) : []
    // Between two lists nobody knows where a year ends.
    if (gold === null || !falls(items) || items[0]?.day !== gold) return null
    if (aloneDates(html).length !== items.length || /20\d{2}年?\s*</.test(html)) return null
    let year = ''
    const changed = mapItems(html, ({ link, day }) => {
      const head = day.slice(0, 4) === year ? '' : `</ul><h4>${day.slice(0, 4)}年</h4><ul>`
      year = day.slice(0, 4)
      return `${head}<li>${link.replace(/href=["']?[^"'\s>]+["']?/i, 'href="show.asp?id=1"')}<span>${day.slice(5)}</span></li>`
    })
    return changed === null ? null : { html: changed, ref: addDays(gold, Math.floor(random() * 700)) }
  },
}

export const ROWS: readonly Change[] = [
  rows(
    'a table: written, published and in force',
    ({ link, raw, day }, ref) =>
      `<table>${cells('th', TABLE)}${cells('td', [link, addDays(day, -9), raw, addDays(ref, -1)])}</table>`,
  ),
  rows(
    'created, published and changed',
    ({ link, raw, day }, ref) =>
      `<li>${link}<p>创建时间：${addDays(day, -3)}　发布时间：${raw}　更新时间：${ref}</p></li>`,
  ),
  rows(
    'a day and a period of publicity',
    ({ link, raw }, ref) => `<li>${link}<i>${raw}</i><em>公示期：${addDays(ref, -6)}至${ref}</em></li>`,
  ),
  rows('an office glued before the day', ({ link, raw }) => `<li>${link}<span>县教育局${raw}</span></li>`),
  rows(
    'short titles among longer ones',
    ({ link, raw, title, day }) =>
      `<p>·${Number(day.slice(8)) % 2 === 0 ? link.replace(title, '任免通知') : link} ${raw}</p>`,
  ),
  rows('a mark glued behind the day', ({ link, raw }) => `<li>${link}<span>${raw}<b>new!</b></span></li>`),
  rows(
    'an English label',
    ({ link, raw }) => `<li><h4>${link}</h4><p>Published on ${raw} | Views: 2024</p></li>`,
  ),
  unpadded('month and day without zeros', (m, d) => `${m}-${d}`),
  unpadded('month and day without zeros, with a slash', (m, d) => `${m}/${d}`),
  UNDER_YEARS,
]
