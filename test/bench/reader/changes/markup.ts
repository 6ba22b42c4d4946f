import { aloneDates, itemsOf, mapDates, mapItems, shownDates } from '../html.ts'
import type { Change } from '../source.ts'

/* The same page to a person, in other markup: as front ends, old editors and careless hands write it. */

/** Every date that has an element to itself is marked up in another way. */
const alone = (name: string, write: (y: string, m: string, d: string) => string): Change => ({
  name,
  apply: ({ html, gold }) => {
    if (gold === null || !aloneDates(html).includes(gold)) return null
    const changed = mapDates(html, ({ day, isAlone }) => {
      const [y = '', m = '', d = ''] = day.split('-')
      return isAlone ? write(y, m, d) : null
    })
    return changed === null ? null : { html: changed }
  },
})

const PLAIN_VALUE = /\s([a-z]+)="([\w/.-]+)"(?=[\s>])/gi
/** Scripts, styles and comments are left as they are. */
const TAG =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<(\/?[a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi

export const MARKUP: readonly Change[] = [
  alone('text cut by empty comments', (y, m, d) => `${y}<!-- -->-<!-- -->${m}<!-- -->-<!-- -->${d}`),
  alone('marks without width in the date', (y, m, d) => `${y}-\u200b${m}-\u200b${d}`),
  alone('entities for marks and characters', (y, m, d) => `${y}&#24180;${m}&#26376;${d}&#26085;`),
  alone('dashes as entities', (y, m, d) => `${y}&ndash;${m}&ndash;${d}`),
  {
    name: 'tags in capitals, values without quotes',
    apply: ({ html }) => {
      const changed = html.replace(TAG, (whole, script, name?: string, rest = '') =>
        script || name === undefined
          ? whole
          : `<${name.toUpperCase()}${(rest as string).replace(PLAIN_VALUE, ' $1=$2')}>`,
      )
      return changed === html ? null : { html: changed }
    },
  },
  {
    name: 'links that are not closed',
    apply: ({ html, gold, kind }) => {
      if (kind !== 'list' || gold === null || !shownDates(html).includes(gold)) return null
      const changed = mapItems(
        html,
        ({ href, title, raw }) => `<li><a href=${href}>${title}<span>${raw}</span>`,
      )
      return changed === null ? null : { html: changed }
    },
  },
  {
    name: 'wrapped in tables, as before there were styles',
    apply: ({ html }) => {
      const [open, close] = ['<table width=100%><tr><td>'.repeat(6), '</td></tr></table>'.repeat(6)]
      const body = /<body\b[^>]*>([\s\S]*)<\/body>/i.exec(html)
      return body === null
        ? null
        : { html: html.replace(body[1] ?? '', () => open + (body[1] ?? '') + close) }
    },
  },
  {
    name: 'a list in the data of a script, with its quotes marked',
    apply: ({ html, gold, kind }) => {
      const items = kind === 'list' && gold !== null ? itemsOf(html) : []
      const newest = items
        .map(({ day }) => day)
        .sort()
        .at(-1)
      if (items.length < 5 || newest !== gold) return null
      const data = JSON.stringify(
        items.map(({ title, href, day }) => ({ title, more: { top: 0 }, url: href, publishTime: day })),
      )
      return {
        html: `<html><head><title>示例县人民政府</title></head><body><div id="app"></div><script>self.__next_f.push([1,${JSON.stringify(`5:{"list":${data}}`)}])</script></body></html>`,
      }
    },
  },
]
