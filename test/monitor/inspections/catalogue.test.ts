import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { PAGE_RULES, SITE_RULES } from '../../../server/monitor/inspections/families.ts'
import { lookAtPage, tidy } from '../../../server/monitor/inspections/look.ts'
import type { Outcome, Problem, Retrieved } from '../../../server/monitor/inspections/rule.ts'
import { type BookWord, buildBook } from '../../../server/monitor/wrong-words/book.ts'
import { FAMILIES, INSPECTION_RULES, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { mannerOf, saidOf } from '../../../shared/monitor/inspections/inspections-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import { identity } from './content/numbers.ts'
import { retrieved, SITE } from './pages.ts'

const problem = (key: string): Problem => ({ key, url: 'http://x/', excerpt: '', outline: null, detail: {} })

const WRONG: BookWord = {
  ...{ id: 1, kind: 'other', wrong: '人名政府', right: '人民政府' },
  ...{ near: [], apart: [], refused: [] },
}

describe('the rules of the machine', () => {
  test('are each decided by code and said by data, once', () => {
    const ids = INSPECTION_RULES.map(({ id }) => id)
    expect(FAMILIES.flatMap(({ rules }) => rules).length, 'each name once').toBe(ids.length)
    expect([...PAGE_RULES, ...SITE_RULES].map(({ id }) => id).sort()).toEqual([...ids].sort())
    const ofSites = INSPECTION_RULES.filter(({ of }) => of === 'site').map(({ id }) => id)
    expect(SITE_RULES.map(({ id }) => id).sort()).toEqual(ofSites.sort())
  })

  test('name rules of the census that there are, and no reason twice', () => {
    const census = new Set(Object.values(BUILT_IN).flatMap(({ rules }) => rules.map(({ id }) => id)))
    for (const { id, census: of } of INSPECTION_RULES) for (const one of of) expect(census, id).toContain(one)
    const reasons = [MACHINE, ...FAMILIES].flatMap(({ reasons }) => Object.keys(reasons))
    expect(reasons.length).toBe(new Set(reasons).size)
  })

  test('say in a sentence what each of their problems is', () => {
    const silent = INSPECTION_RULES.filter(({ said }) => Object.keys(said).length === 0).map(({ id }) => id)
    expect(silent).toEqual([])
    const words = (zh: string) => ({ zh, en: zh })
    const rule = { saidBy: 'kind', said: { few: words('{n} of {least%} ({cause})'), '*': words('other') } }
    const zhOf = (detail: Parameters<typeof saidOf>[1]) => saidOf(rule, detail)?.zh
    expect(zhOf({ kind: 'few', n: 2, least: 0.5, cause: null })).toBe('2 of 50% (—)')
    expect(zhOf({ kind: 'constructor' })).toBe('other')
    expect(saidOf({ saidBy: 'kind', said: {} }, { kind: 'few' })).toBeNull()
  })

  test('propose only where they are wrong more often than they may be', () => {
    const rule = { manner: 'tells', errorLimit: 0.02 } as const
    expect([null, 0, 0.02, 0.021].map((rate) => mannerOf(rule, rate))).toEqual([
      ...['tells', 'tells', 'tells', 'proposes'],
    ])
  })
})

describe('a page that is looked at', () => {
  const known = (look: () => Outcome | Promise<Outcome>, of: 'page' | 'file' = 'page') => {
    const [data] = INSPECTION_RULES
    if (!data) throw new Error('there are no rules')
    return { rule: { id: 'one', look }, data: { ...data, id: 'one', of } }
  }

  test('is not measured by a rule that fails on it, which hinders no other', async () => {
    const { outcomes } = await lookAtPage(retrieved('<p>x</p>'), SITE, [
      known(() => {
        throw new Error('no')
      }),
      known(() => Promise.reject(new Error('no'))),
      known(() => ({ outcome: 'clear' })),
    ])
    expect(outcomes.map(([, outcome]) => outcome)).toEqual([
      { outcome: 'unmeasured', reason: 'failed' },
      { outcome: 'unmeasured', reason: 'failed' },
      { outcome: 'clear' },
    ])
  })

  test('is not clear where only its beginning was read, by rules for which the rest may matter', async () => {
    const rules = [
      known(() => ({ outcome: 'clear' })),
      known(() => ({ outcome: 'clear', regardless: true })),
      known(() => ({ outcome: 'found', problems: [problem('k')] })),
    ]
    const saidOf = async (html: string, change: Partial<Retrieved> = {}) => {
      const { outcomes } = await lookAtPage(retrieved(html, change), SITE, rules)
      return outcomes.map(([, one]) => (one.outcome === 'unmeasured' ? one.reason : one.outcome))
    }
    const inPart = ['pageTooLong', 'clear', 'found']
    expect(await saidOf('<p>x</p>')).toEqual(['clear', 'clear', 'found'])
    expect(await saidOf('<p>x</p>', { isCut: true }), 'more of it than was fetched').toEqual(inPart)
    expect(await saidOf('<i>x</i>'.repeat(61_000)), 'more tags than are read').toEqual(inPart)
    expect(await saidOf(`<p>${'通知'.repeat(260_000)}</p>`), 'more text than is read').toEqual(inPart)
    const blank = `<p>${'通知'.repeat(240_000)}</p>${'<p> </p>'.repeat(20_000)}`
    expect(await saidOf(blank), 'with nothing but blanks behind').toEqual(['clear', 'clear', 'found'])
    const file = await lookAtPage(retrieved('x', { kind: 'file', isCut: true }), SITE, [
      known(() => ({ outcome: 'clear' }), 'file'),
    ])
    expect(file.outcomes, 'a file says so itself').toEqual([['one', { outcome: 'clear' }]])
  })

  test('has no personal data, wrong words or hidden links that nobody would have seen at its end', async () => {
    const number = identity()
    const text = `<p>身份证号${number}，人名政府</p><div style="display:none"><a href="http://x.com/">真人视讯</a></div>`
    const tags = `<p>${'<b>检查通知</b>'.repeat(61_000)}</p>`
    const words = `<p>${'关于开展检查工作的通知。'.repeat(45_000)}</p>`
    const given = { wrongWords: atOnce(buildBook('1', [WRONG])) }
    const saidOf = async (html: string) => {
      const whole = `<html><head><title>天河区</title></head><body>${html}</body></html>`
      const { outcomes } = await lookAtPage(retrieved(whole), { ...SITE, given })
      const of = new Map(outcomes)
      return ['page-title', 'personal-data', 'wrong-words', 'hidden-links'].map((id) => of.get(id)?.outcome)
    }
    expect(await saidOf(text)).toEqual(['clear', 'found', 'found', 'found'])
    expect(await saidOf(text + tags)).toEqual(['clear', 'found', 'found', 'found'])
    expect(await saidOf(tags + text)).toEqual(['clear', 'unmeasured', 'unmeasured', 'unmeasured'])
    expect(await saidOf(words + text)).toEqual(['clear', 'unmeasured', 'unmeasured', 'found'])
    const comments = `<!--${'说明 '.repeat(110_000)}--><!-- 身份证号${number} -->`
    expect(await saidOf(`<p>关于开展检查工作的通知，请各单位于月底前报送自查情况。</p>${comments}`)).toEqual([
      ...['clear', 'unmeasured', 'clear', 'clear'],
    ])
  })

  test('is not measured where what came is no page; files are looked at by rules of files only', async () => {
    const rules = [
      known(() => ({ outcome: 'clear' })),
      known(() => ({ outcome: 'found', problems: [problem('k')] }), 'file'),
    ]
    const json = await lookAtPage(
      retrieved('{}', { headers: { 'content-type': 'application/json' } }),
      SITE,
      rules,
    )
    expect(json.outcomes).toEqual([['one', { outcome: 'unmeasured', reason: 'notHtml' }]])
    const file = await lookAtPage(retrieved('PK', { kind: 'file' }), SITE, rules)
    expect(file.outcomes.map(([, { outcome }]) => outcome)).toEqual(['found'])
  })

  test('has each problem once, in a length that is kept, and not more than are of use', () => {
    const many = Array.from({ length: 80 }, (_, n) => problem(`k${n % 60}`))
    const kept = tidy({ outcome: 'found', problems: many }, 50, SITE.today)
    expect(kept.outcome === 'found' && kept.problems.length).toBe(50)
    const long = tidy(
      { outcome: 'found', problems: [{ ...problem('x'.repeat(999)), excerpt: 'y\0'.repeat(999) }] },
      50,
      SITE.today,
    )
    expect(
      long.outcome === 'found' && [long.problems[0]?.key.length, long.problems[0]?.excerpt.length],
    ).toEqual([200, 150])
    expect(tidy({ outcome: 'found', problems: [] }, 50, SITE.today)).toEqual({ outcome: 'clear' })
  })

  test('has no number of a person in what is shown of it, and all others', () => {
    const shownOf = (excerpt: string) => {
      const kept = tidy({ outcome: 'found', problems: [{ ...problem('k'), excerpt }] }, 50, SITE.today)
      return kept.outcome === 'found' ? kept.problems[0]?.excerpt : undefined
    }
    const number = identity()
    expect(shownOf(`申请人：王小明，身份证号：${number}`)).toBe(
      `申请人：王**，身份证号：${number.slice(0, 3)}***${number.slice(-2)}`,
    )
    const filing = '粤ICP备12345678号-1 ≠ 粤ICP备87654321号；2026-02-28 08:30；4401060001'
    expect(shownOf(filing)).toBe(filing)
  })
})
