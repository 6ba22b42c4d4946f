import { expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import words from '../../../shared/locales/zh-CN/freshness.json' with { type: 'json' }
import { ALL_FAMILY_PAGES } from './families/all.ts'
import { type FamilyPage, TODAY } from './families/kit.ts'

/* Pages in the manner of many content systems: what a person reads on them is what is read. */

const answer = ({ html, kind, ref = TODAY, url }: FamilyPage, day = ref) =>
  readPage({ bytes: Buffer.from(html), kind, ref: day, ...(url === undefined ? {} : { url }) })

test.each(ALL_FAMILY_PAGES.map((page) => [`${page.kind}: ${page.name}`, page] as const))('%s', (_, page) => {
  expect(answer(page).newest).toBe(page.gold)
})

test('no answer is later than its reference day, however early that is', () => {
  for (const page of ALL_FAMILY_PAGES) {
    const { newest } = answer(page, '2023-12-12')
    expect(newest === null || newest <= '2023-12-12', page.name).toBe(true)
  }
})

test('whatever is said of a date that is believed, or is not, has words', () => {
  const said = new Set<string>()
  for (const page of ALL_FAMILY_PAGES) {
    const { evidence, rejected } = answer(page)
    if (evidence) said.add(`where ${evidence.where}`).add(`why ${evidence.why}`)
    for (const { why } of rejected) said.add(`doubt ${why}`)
  }
  const known = Object.entries(words.freshness).flatMap(([kind, codes]) =>
    Object.keys(codes).map((code) => `${kind} ${code}`),
  )
  expect([...said].filter((one) => !known.includes(one))).toEqual([])
})

test('every page has a name of its own', () => {
  const names = ALL_FAMILY_PAGES.map(({ kind, name }) => `${kind}: ${name}`)
  expect(new Set(names).size).toBe(names.length)
})
