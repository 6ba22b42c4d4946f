import { describe, expect, test } from 'vitest'
import { type Case, countCases, type Look } from '../../../server/monitor/quality/count.ts'
import {
  heldAgainst,
  isAboveLimit,
  limitsOfRule,
  type QualityCounts,
  type QualityMarks,
  rateOf,
} from '../../../shared/monitor/quality/quality-rules.ts'

const fault: Case = { rule: 'V2', what: 'stale', isFault: true, fromMs: 10_000, toMs: 20_000, isTimed: true }
const lookAlike: Case = { rule: 'V2', what: 'fresh', isFault: false, fromMs: 0, toMs: 30_000, isTimed: false }
const look = (atMs: number, outcome: Look['outcome']): Look => ({ atMs, outcome })
const NOTHING = {
  rule: 'V2',
  planted: 0,
  found: 0,
  clean: 0,
  wrong: 0,
  unmeasured: 0,
  medianS: null,
  slowestS: null,
}
const countOf = (one: Case, ...looks: Look[]) => countCases([{ one, looks }])

describe('what was said is held against what was so', () => {
  test('a fault that was found, and how soon', () => {
    const { counts, errors } = countOf(fault, look(12_000, 'clear'), look(17_000, 'found'))
    expect(counts).toEqual([{ ...NOTHING, planted: 1, found: 1, medianS: 7, slowestS: 7 }])
    expect(errors).toEqual([])
  })
  test('a fault of which nothing was told is missed', () => {
    const { counts, errors } = countOf(fault, look(5_000, 'clear'), look(12_000, 'clear'))
    expect(counts).toEqual([{ ...NOTHING, planted: 1, clean: 1 }])
    expect(errors).toEqual([{ one: fault, error: 'missed', fromMs: 10_000, toMs: 20_000 }])
  })
  test('what is told before a fault begins, or after it has ended, is wrong', () => {
    const { counts, errors } = countOf(
      fault,
      look(9_000, 'found'),
      look(12_000, 'found'),
      look(20_000, 'found'),
    )
    expect(counts).toMatchObject([{ planted: 1, found: 1, clean: 1, wrong: 1 }])
    expect(errors).toEqual([{ one: fault, error: 'wrong', fromMs: 9_000, toMs: 20_000 }])
  })
  test('what was not measured is neither right nor wrong', () => {
    expect(countOf(fault, look(12_000, 'unmeasured')).counts).toEqual([{ ...NOTHING, unmeasured: 1 }])
    expect(countOf(lookAlike, look(12_000, 'unmeasured')).counts).toEqual([{ ...NOTHING, unmeasured: 1 }])
    expect(countOf(fault).counts).toEqual([{ ...NOTHING, unmeasured: 1 }])
  })
  test('one look at a look-alike that tells of it is one too many', () => {
    expect(countOf(lookAlike, look(1, 'clear'), look(2, 'found')).counts).toEqual([
      { ...NOTHING, clean: 1, wrong: 1 },
    ])
    expect(countOf(lookAlike, look(1, 'clear')).counts).toEqual([{ ...NOTHING, clean: 1 }])
  })
})

describe('a rule that errs too often tells nobody', () => {
  const marks = { told: 0, refused: 0 }
  const limits = limitsOfRule('V2')
  const isAbove = (counts: QualityCounts, of: QualityMarks) =>
    isAboveLimit(limits, heldAgainst(limits, counts, of))
  test.each([
    [100, 4, false],
    [100, 5, true],
    [600, 19, true],
    [10, 1, false],
    [10, 3, true],
    [9, 9, false],
    [0, 0, false],
  ])('of %s look-alikes %s wrongly told of: %s', (clean, wrong, is) =>
    expect(isAbove({ ...NOTHING, clean, wrong }, marks)).toBe(is),
  )
  test.each([
    [20, 7, false],
    [20, 9, true],
    [10, 5, true],
    [9, 9, false],
  ])('of %s that people judged they refused %s: %s', (told, refused, is) =>
    expect(isAbove(NOTHING, { told, refused })).toBe(is),
  )
  test('what decides is named: what was planted, or what people refused', () => {
    const planted = { ...NOTHING, clean: 100, wrong: 5 }
    const by = (counts: QualityCounts, of: QualityMarks) => heldAgainst(limits, counts, of)?.by
    expect([by(planted, marks), by(planted, { told: 100, refused: 90 })]).toEqual(['wrong', 'refused'])
    expect(by(NOTHING, marks)).toBeUndefined()
  })
  test('few cases leave a wide interval', () => {
    const { share, low, high } = rateOf(0, 20)
    expect([share, low, Math.round((high ?? 0) * 100)]).toEqual([0, 0, 16])
    expect(rateOf(0, 0)).toEqual({ n: 0, of: 0, share: null, low: null, high: null })
  })
})
