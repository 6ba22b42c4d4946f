import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import { type EditionBody, editionBody } from '../../../shared/register/rule-editions/editions.ts'
import { editionFaults } from '../../../shared/register/rule-editions/editions-rules.ts'

const T2015 = BUILT_IN['cn-2015']
const withRule = (id: string, more: object): EditionBody => ({
  ...T2015,
  rules: T2015.rules.map((rule) => (rule.id === id ? { ...rule, ...more } : rule)),
})
const reasons = (edition: EditionBody) =>
  editionFaults(edition).map(({ path, reason }) => `${path} ${reason}`)

describe('the editions that come with the product', () => {
  it.each(Object.entries(BUILT_IN))('%s is whole and does not contradict itself', (code, edition) => {
    expect(edition.code).toBe(code)
    expect(editionFaults(edition)).toEqual([])
    for (const { id, wording } of edition.rules) expect(wording.zh.length, id).toBeGreaterThan(5)
  })

  it('the table of 2015 has all its vetoes and deductions', () => {
    const ids = 'V1 V2 V3a V3b V3c V4 V5 S1 S2a S2b S3 S4a S4b S4c S4d S5a S5b S6 S7 S8a S8b S9a S9b S10'
    expect(T2015.rules.map(({ id }) => id)).toEqual(ids.split(' '))
  })

  it('what is not confirmed by a published text is marked, which is none of 2015', () => {
    const marked = (edition: EditionBody) => edition.rules.filter(({ confirmed }) => confirmed === false)
    expect(marked(T2015)).toEqual([])
    expect(marked(BUILT_IN['cn-2019']).map(({ id }) => id)).toContain('V6')
  })
})

describe('a set that contradicts itself is told where', () => {
  it.each([
    ['a rule twice', { ...T2015, rules: [...T2015.rules, T2015.rules[0]] }, 'rules.24 twice'],
    ['a section that is none', withRule('S1', { section: 'nowhere' }), 'rules.7.section noSection'],
    ['a veto without a limit', withRule('V4', { effect: { form: 'veto' } }), 'rules.5.effect noLimit'],
    [
      'a tier that another takes',
      withRule('S3', {
        effect: {
          form: 'tiers',
          tiers: [
            { if: { below: 10 }, points: 5 },
            { if: { from: 2, below: 5 }, points: 3 },
          ],
        },
      }),
      'rules.10.effect.tiers.1 neverReached',
    ],
    [
      'a replaced rule that is none',
      { ...T2015, precedence: [{ rule: 'V1', replaces: ['S99'] }] },
      'precedence.0 noRule',
    ],
    [
      'a deduction that replaces',
      { ...T2015, precedence: [{ rule: 'S1', replaces: ['S3'] }] },
      'precedence.0 noLimit',
    ],
    [
      'a warning beyond its veto',
      { ...T2015, warnings: { ...T2015.warnings, V3c: 6 } },
      'warnings.V3c warningBeyondVeto',
    ],
    [
      'a sum that nobody reaches',
      { ...T2015, outcome: { ...T2015.outcome, fails: { atLeast: 101 } } },
      'outcome failsBeyondStart',
    ],
  ] as [string, EditionBody, string][])('%s', (_name, edition, fault) => {
    expect(reasons(edition)).toContain(fault)
  })

  it('and what is no edition at all by its schema', () => {
    const broken = { ...T2015, outcome: { ...T2015.outcome, fails: { atLeast: -1 } } }
    expect(editionBody.safeParse(broken).error?.issues[0]?.path).toEqual(['outcome', 'fails', 'atLeast'])
  })
})
