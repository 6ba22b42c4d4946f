import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { textLines } from '../../../server/monitor/evidence/difference.ts'
import { inertPage } from '../../../server/monitor/evidence/inert.ts'
import type { Evidence } from '../../../shared/monitor/freshness/freshness.ts'
import { identity, wide } from '../inspections/content/numbers.ts'

const TODAY = '2026-11-29'
const ID = identity()
const MOBILE = '13922223333'
const NAME = '李小丽'
const kept = (html: string, evidence: Evidence | null = null) => atOnce(inertPage(html, evidence, TODAY))
const lines = (html: string) => atOnce(textLines(html, TODAY))
const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`

/** What is left of a page without its markup. */
const read = (page: string) => page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, '')

describe('a kept page shows nobody', () => {
  const parts = [ID.slice(0, 6), ID.slice(6, 14), ID.slice(14)]
  const ways: Readonly<Record<string, string>> = {
    'in one text': `<p>${NAME}，身份证号：${ID}，已领取</p>`,
    'in several elements': `<p>${NAME} ${parts.map((part) => `<b>${part}</b>`).join('')}</p>`,
    'around a comment, a script and an empty picture': `<p>${NAME}${parts[0]}<!-- x -->${parts[1]}<script>1</script><img src="x.png">${parts[2]}</p>`,
    'by the numbers of its signs': `<p>${NAME} ${[...ID].map((sign) => `&#${sign.charCodeAt(0)};`).join('')}</p>`,
    'in full width': `<p>${NAME} ${wide(ID)}</p>`,
    'in a row of a table': `<table>${row('姓名', '身份证号', '电话')}${row(`<p>${NAME}</p>`, ID, MOBILE)}</table>`,
    'a digit to a cell': `<p>${NAME} ${MOBILE}</p><table>${row(...ID)}</table>`,
    'on two lines': `<p>${NAME} ${MOBILE}</p><div>${ID.slice(0, 10)}</div><div>${ID.slice(10)}</div>`,
    'in what can be chosen': `<select><option>${NAME} ${ID}</option></select><noscript>${NAME} ${MOBILE}</noscript>`,
  }
  for (const [way, html] of Object.entries(ways)) {
    it(`${way}, nor does what changed`, () => {
      const page = kept(`<h2>低保对象公示 2026-03-01</h2>${html}<p>值班电话 020-85551234</p>`)
      for (const text of [read(page), lines(html).join('\n')]) {
        const signs = text.normalize('NFKC').replace(/\s/g, '')
        for (const one of [ID, ID.slice(6, 14), MOBILE, NAME]) expect(signs).not.toContain(one)
      }
      expect(read(page)).toContain('***')
      expect(read(page)).toContain('李**')
      expect(read(page), 'what names nobody stays').toContain('低保对象公示 2026-03-01')
      expect(read(page)).toContain('值班电话 020-85551234')
    })
  }

  it('nor in what its elements, its pictures and its styles say besides', () => {
    const asked = `/dibao?name=${encodeURIComponent(NAME)}&amp;sfzh=${ID}`
    const page = kept(
      `<style>.a{color:red}
.b::after{content:"${NAME} ${ID}"}</style><p id="row-${ID}" class="a" title="${NAME} ${ID}">低保</p>
<a href="${asked}">详情</a><img src="x.png" alt="${NAME} ${ID}"><p style="color:blue;--of:'${ID}'">公示</p>`,
      { ...DATE, offset: 0, raw: `${NAME} ${ID}` },
    )
    for (const one of [ID, NAME, encodeURIComponent(NAME), ID.slice(6, 14)]) expect(page).not.toContain(one)
    expect(page).toContain('<p class="a" title="李** 440***')
    expect(page).toContain('sfzh=440***')
    expect(page).toContain('color:red')
  })

  it('and is otherwise as it was, proof and all', () => {
    const html = `<div class="list"><a href="/1.html" title="关于开展检查的通知">关于开展检查的通知</a> 2026-03-09</div><pre>a\n  b</pre>`
    const page = kept(html, { ...DATE, href: '/1.html', offset: html.indexOf(' 2026') })
    expect(page).toContain('class=" siteward-item">关于开展检查的通知')
    expect(page).toContain('<mark id="siteward-evidence"> 2026-03-09</mark>')
    expect(page).toContain('<pre>a\n  b</pre>')
  })

  const names = Array.from({ length: 1_000 }, (_, n) => `王${String.fromCharCode(0x4e00 + n)}`).join(' ')
  const hostile: Readonly<Record<string, string>> = {
    'of digits': '4401061990'.repeat(300_000),
    'of digits that stand apart': '1 3 8 0 0 1 3 8 0 0 0 4 4 0 1 '.repeat(60_000),
    'of telephones': '<p>138 0013 8000 张三 </p>'.repeat(40_000),
    'of names': `${ID} ${names}<br>`.repeat(600),
    'of blanks': '\n'.repeat(3_000_000),
    'of numbers of signs': '&#49;'.repeat(500_000),
    'of cells': `<td>${ID.slice(0, 3)}`.repeat(50_000),
  }
  for (const [what, rest] of Object.entries(hostile)) {
    it(`nor one that is made ${what}, which ends where nothing was looked through`, () => {
      const html = `<p>${NAME} ${ID}</p>${rest}<p>${NAME} ${ID}</p>`
      expect(kept(html)).toContain('<p>李** 440***')
      expect(kept(html)).not.toContain(ID)
      expect(lines(html)[0]).toMatch(/^李\*\* 440\*\*\*/)
    })
  }
})

const DATE: Evidence = {
  ...{ date: '2026-03-09', text: '关于开展检查的通知', where: 'list', raw: '2026-03-09' },
  ...{ form: 'ymd', why: 'item_date' },
}
