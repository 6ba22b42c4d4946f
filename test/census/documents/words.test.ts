import { expect, it } from 'vitest'
import { inWords, waitsIn, wordOf } from '../../../server/census/documents/paper/codes.ts'
import { hotlineOn } from '../../../shared/census/letters/letters-rules.ts'
import zh from '../../../shared/locales/zh-CN/refusals/papers.json'
import { messageRulesOn } from '../../../shared/monitor/messages/messages-rules.ts'

const data = { places: {}, rules: {}, window: { from: '2026-03-01', to: '2026-03-10' } }
const keysOf = (family: string) =>
  Object.keys(zh).flatMap((key) => (key.startsWith(`papers.${family}.`) ? [key.split('.')[2] ?? ''] : []))

it('documents say for how long a letter may wait as the rules of their day have it', () => {
  const [hotline, site] = [hotlineOn('2026-03-10').unanswered.months, messageRulesOn('2026-03-10').months]
  expect(waitsIn(data)).toEqual({ hotlineMonths: hotline, siteMonths: site })
  expect(inWords(data, 'found', 'answers', 'zh')).toBe(`有来信超过 ${site} 个月未答复`)
  const waits = { hotlineMonths: 4, siteMonths: 6 }
  expect(wordOf('figure', 'lettersHotline', 'zh', waits)).toBe('百姓热线：超过 4 个月未答复（封）')
  expect(wordOf('figure', 'lettersOnSite', 'en', waits)).toContain('more than 6 months')
})

it('no figure and no answer of a document is left with a gap in its words', () => {
  for (const language of ['zh', 'en'] as const) {
    const said = [
      ...keysOf('figure').map((key) => wordOf('figure', key, language, waitsIn(data))),
      ...keysOf('answers').map((key) => inWords(data, key, 'answers', language)),
    ]
    expect(said.filter((one) => String(one).includes('{'))).toEqual([])
  }
})
