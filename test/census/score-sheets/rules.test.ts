import { describe, expect, it } from 'vitest'
import type { Measured, SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import { countedBy, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'

/* The sheet by the table's own words, its boundaries, and the two printed reports of 2015 that the rules are known by. */

const T2015 = BUILT_IN['cn-2015']
const T2019 = BUILT_IN['cn-2019']
const score = (measured: Measured, isPortal = false, edition: EditionBody = T2015) =>
  scoreSheet(edition, { counted: countedBy(measured, 'person'), isPortal })
const costs = ({ lines }: SheetResult) =>
  Object.fromEntries(lines.filter(({ points }) => points > 0).map(({ rule, points }) => [rule, points]))
/** Everything of an edition measured, and nothing wrong. */
const clean = (edition: EditionBody): Measured => ({
  ...Object.fromEntries(edition.rules.map(({ id }) => [id, 0])),
  ...{ V2: 10, S3: 10, S5b: 1, S6: 6, S7: 6 },
})

describe('the printed reports of August 2015', () => {
  it('A: no answers is a veto; 13 links, a news column, no survey and an attachment come to 10.3', () => {
    const result = score({ V5: 1, S2b: 13, S4a: 1, S6: 0, S9b: 1, S5b: 0 })
    expect(costs(result)).toEqual({ S2b: 1.3, S4a: 3, S6: 5, S9b: 1 })
    expect(result).toMatchObject({ outcome: 'vetoed', vetoes: ['V5'], points: 10.3, score: null })
    // 互动回应差 stands in the place of what a consultation column would cost.
    expect(result.lines.find(({ rule }) => rule === 'S5b')).toMatchObject({ replacedBy: 'V5', points: 0 })
  })

  it('B: 24 links, few items, 3 news columns and 3 of notices, no letters, no survey, a guide, 12 attachments: 52.4', () => {
    const result = score({ S2b: 24, S3: 7, S4a: 3, S4b: 3, S5b: 0, S6: 0, S8a: 1, S9b: 12 })
    expect(costs(result)).toEqual({
      ...{ S2b: 2.4, S3: 5, S4a: 9, S4b: 12, S5b: 5, S6: 5, S8a: 2, S9b: 12 },
    })
    expect(result).toMatchObject({ outcome: 'failed', points: 52.4, score: 47.6 })
    // Which the report passes over: by the table's words its six stale columns are a veto.
    expect(score({ V3a: 6 })).toMatchObject({ outcome: 'vetoed', vetoes: ['V3a'] })
  })
})

describe('boundaries of the table', () => {
  it.each([
    ['8 of 168 visits failed', { V1: (8 * 100) / 168, S1: (8 * 100) / 168 }, [], { S1: 20 }],
    ['9 of 168', { V1: (9 * 100) / 168, S1: (9 * 100) / 168 }, ['V1'], {}],
    ['5 of 100', { V1: 5, S1: 5 }, ['V1'], {}],
    ['nothing new at home', { V2: 0, S3: 0 }, ['V2'], {}],
    ['one item', { V2: 1, S3: 1 }, [], { S3: 5 }],
    ['nine items', { V2: 9, S3: 9 }, [], { S3: 5 }],
    ['ten items', { V2: 10, S3: 10 }, [], {}],
    ['four stale columns', { V3a: 4, S4a: 4 }, [], { S4a: 12 }],
    ['five stale columns', { V3a: 5, S4a: 5 }, ['V3a'], { S4a: 15 }],
    ['nine overdue', { V3b: 9 }, [], {}],
    ['ten overdue', { V3b: 10 }, ['V3b'], {}],
    ['four blank', { V3c: 4 }, [], {}],
    ['five blank', { V3c: 5 }, ['V3c'], {}],
    ['a serious error', { V4: 1 }, ['V4'], {}],
    ['no consultation column', { S5a: null }, [], { S5a: 5 }],
    ['one without letters', { S5a: 0, S5b: 0 }, [], { S5b: 5 }],
    ['no surveys column', { S6: null }, [], { S6: 5 }],
    ['no interviews column', { S7: null }, [], {}],
    ['no interview held', { S7: 0 }, [], { S7: 5 }],
    ['two classes missing', { S8a: 2 }, [], { S8a: 4 }],
    ['a link at home and ten elsewhere', { S2a: 1, S2b: 10 }, [], { S2a: 1, S2b: 1 }],
    ['a system down', { S10: 1 }, [], { S10: 3 }],
  ] as [string, Measured, string[], object][])('%s', (_name, measured, vetoes, points) => {
    const result = score(measured)
    expect([result.vetoes, costs(result)]).toEqual([vetoes, points])
  })

  it('surveys: two of a department and five of a portal are few, three and six are not', () => {
    const few = (n: number, isPortal: boolean) => costs(score({ S6: n, S7: n }, isPortal))
    expect([few(2, false), few(3, false)]).toEqual([{ S6: 3, S7: 3 }, {}])
    expect([few(5, true), few(6, true)]).toEqual([{ S6: 3, S7: 3 }, {}])
  })

  it('by the share rather than by whole per cents, where a set says so: 8 of 168 cost 23.81', () => {
    const rules = T2015.rules.map((rule) =>
      rule.effect.form === 'per' ? { ...rule, effect: { ...rule.effect, round: 'exact' as const } } : rule,
    )
    expect(costs(score({ S1: (8 * 100) / 168 }, false, { ...T2015, rules }))).toEqual({ S1: 23.81 })
  })

  it('exactly 60 points fail by the words of 2015 and pass by those of 2019', () => {
    const at60 = (edition: EditionBody) => score({ ...clean(edition), S2a: 40 }, false, edition)
    expect(at60(T2015)).toMatchObject({ points: 40, score: 60, outcome: 'failed' })
    expect(at60(T2019)).toMatchObject({ points: 40, score: 60, outcome: 'passed' })
    const below = { ...clean(T2015), S2a: 39, S2b: 9 }
    expect(score(below)).toMatchObject({ points: 39.9, outcome: 'passed' })
  })

  it('is never below nothing', () => {
    expect(score({ S2a: 250 })).toMatchObject({ points: 250, score: 0, outcome: 'failed' })
  })
})

describe('what was not measured', () => {
  it('costs nothing, is named, and is no pass', () => {
    const { V4: _v4, ...but } = clean(T2015)
    expect(score(but)).toMatchObject({ outcome: 'open', unmeasured: ['V4'], points: 0, score: 100 })
    expect(score(clean(T2015))).toMatchObject({ outcome: 'passed', unmeasured: [] })
    const nothing = score({})
    expect(nothing.unmeasured).toEqual(T2015.rules.map(({ id }) => id))
    expect(nothing.lines.every(({ by, points }) => by === null && points === 0)).toBe(true)
  })

  it('does not help a site that has failed already', () => {
    expect(score({ S2a: 40 }).outcome).toBe('failed')
    expect(score({ V1: 6 }).outcome).toBe('vetoed')
  })
})
