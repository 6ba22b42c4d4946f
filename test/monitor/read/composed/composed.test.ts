import { expect, test } from 'vitest'
import { readWhole } from '../../../../server/monitor/read/read.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { pick, randomOf } from '../../../bench/reader/source.ts'
import { BELOW, HEADINGS, LINES, STORIES } from './articles.ts'
import { ADDRESSES, BESIDE, FORMS, ROWS, TITLES, YEARLESS } from './parts.ts'

/* Pages put together by chance, the same at every run: what was put in is what is read. */

type Day = [y: number, m: number, d: number]
const of = (day: string) => day.split('-').map(Number) as Day
const from = <T>(random: () => number, parts: { readonly [name: string]: T }) => {
  const name = pick(random, Object.keys(parts))
  return [name, parts[name] as T] as const
}
const page = (body: string, title = '示例区人民政府门户网站') =>
  Buffer.from(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`,
  )

/** A list with what it holds; one without years is alive or its addresses tell them. */
function listOf(random: () => number, today: string, number: number) {
  const isYearless = random() < 0.25
  const [form, write] = from(random, isYearless ? YEARLESS : FORMS)
  const [row, [open, item, close]] = from(random, ROWS)
  const [address, href] = from(random, ADDRESSES)
  const isDead = random() < 0.5 && !(isYearless && address === 'number')
  let day = addDays(today, -Math.floor(random() * (isDead ? 1_200 : 12)))
  const items: { day: string; title: string }[] = []
  let html = `<div class="box"><h3><a href="/c${number}/">通知公告</a></h3>${open}`
  for (let n = 0; n < 4; n++) {
    const title = `${TITLES[(number * 5 + n + Math.floor(random() * 3)) % TITLES.length]}${number}${n}`
    items.push({ day, title })
    html += item(title, write(...of(day)), href(day, number * 100 + n))
    day = addDays(day, -1 - Math.floor(random() * 20))
  }
  return { html: `${html}${close}</div>`, items, name: `${form}, ${row}, ${address}` }
}

test('lists put together by chance: the newest day, and each item with its day', () => {
  const random = randomOf(20_240_315)
  for (let run = 0; run < 300; run++) {
    const today = addDays('2024-03-15', Math.floor(random() * 200))
    const lists = Array.from({ length: 1 + (run % 3) }, (_, number) => listOf(random, today, number))
    const [beside, more] = from(random, BESIDE)
    const body = lists.map(({ html }) => html).join('')
    const html = run % 2 === 0 ? more(today) + body : body + more(today)
    const { finding, items } = readWhole({
      bytes: page(html),
      kind: run % 3 === 0 ? 'list' : 'home',
      ref: today,
    })
    const put = lists.flatMap((list) => list.items)
    const name = `${run}: ${lists.map((list) => list.name).join(' + ')}, beside it ${beside}`
    expect(finding.newest, name).toBe(
      put
        .map(({ day }) => day)
        .sort()
        .at(-1),
    )
    for (const { day, title } of put) {
      const isFound = items.some(({ date, text }) => date === day && text.startsWith(title))
      expect(isFound, `${name}: ${day} ${title}`).toBe(true)
    }
  }
})

test('articles put together by chance: hardly any is missed, and none is taken for fresher than it is', () => {
  const random = randomOf(315)
  const missed: string[] = []
  for (let run = 0; run < 400; run++) {
    const today = addDays('2024-03-15', Math.floor(random() * 60))
    const day = addDays(today, -2 - Math.floor(random() * 900))
    const title = '关于进一步加强城市绿化管理工作的通知'
    const [heading, head] = from(random, HEADINGS)
    const [line, tell] = from(random, LINES)
    const [form, write] = from(random, {
      a: FORMS.dashes,
      b: FORMS.hour,
      c: FORMS.characters,
      d: FORMS.slashes,
    })
    const [below, more] = from(random, BELOW)
    const story = Array.from({ length: 3 }, () => pick(random, STORIES)).join('')
    const signed =
      random() < 0.4 ? `<p>示例区人民政府</p><p>${FORMS.characters?.(...of(addDays(day, -5)))}</p>` : ''
    const body = `<div class="nav"><a href="/">首页</a> &gt; <a href="/z/">政务公开</a></div>${head(title)}${tell(write?.(...of(day)) ?? '')}<div>${story}${signed}</div>${more(today)}`
    const { newest } = readWhole({
      bytes: page(body, run % 3 === 0 ? undefined : `${title}_示例区人民政府`),
      kind: 'article',
      ref: today,
    }).finding
    const name = `${run}: ${heading}, ${line}, ${form}, below it ${below}`
    expect(newest === null || newest <= day, `${name}: ${day} read ${newest}`).toBe(true)
    if (newest !== day) missed.push(`${name}: ${day} read ${newest}`)
  }
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(8)
})
