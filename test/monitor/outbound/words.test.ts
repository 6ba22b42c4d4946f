import { expect, test } from 'vitest'
import { titleOf } from '../../../server/demo/cast/titles.ts'
import { COLUMNS } from '../../../server/demo/fleet/publishing.ts'
import { concealedIn, tellsConcealed } from '../../../server/monitor/outbound/words/concealed.ts'
import { badWords } from '../../../server/monitor/outbound/words/words.ts'
import { decodePage } from '../../../server/monitor/read/page/decode.ts'
import { labelledPages } from '../inspections/pages.ts'
import { judged } from './judge.table.ts'
import { OFFICE_LINES } from './office-lines.ts'

const strong = (line: string) => badWords(line).flatMap(({ word, weight }) => (weight === 3 ? [word] : []))
const told = (lines: Iterable<string>) =>
  [...lines].flatMap((line) => strong(line).map((word) => `${word}: ${line}`))

test('no line that an office writes has a word that is enough, nor makes a host that is called so a hijacked one', () => {
  expect(OFFICE_LINES.length).toBeGreaterThan(300)
  expect(told(OFFICE_LINES)).toEqual([])
  expect(OFFICE_LINES.filter((title) => judged({ title }) !== 'fine')).toEqual([])
  expect(OFFICE_LINES.filter((line) => tellsConcealed(concealedIn(line)))).toEqual([])
  expect(strong(OFFICE_LINES.join('\n')), 'nor across lines').toEqual([])
})

/** Domains that are not their offices' any more, and a page into which the same links were put. */
const TAKEN_OVER = /^(?:lgedu_net|gzdzhrss_com|fjmjzz_com|gxpopss_cn|pmodlh_ac_cn)\//

test('nor has any title of the demo', () => {
  const titles = COLUMNS.flatMap((column) =>
    Array.from({ length: 400 }, (_, id) =>
      titleOf({ id, column, day: 20_000 + id, minute: 600 }, '天河区教育局', id),
    ),
  )
  expect(told(new Set(titles))).toEqual([])
})

test('nor has any line of real pages', () => {
  const lines = new Set<string>()
  for (const { file, bytes } of labelledPages()) {
    if (TAKEN_OVER.test(file)) continue
    const { text } = decodePage(bytes, 'text/html')
    const shown = text.replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<[^<>]*>/gi, '\n')
    for (const line of shown.split('\n')) {
      const said = line.trim()
      if (said.length > 3 && said.length < 80) lines.add(said)
    }
  }
  expect(told(lines)).toEqual([])
})
