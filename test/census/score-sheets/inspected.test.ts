import { expect, test } from 'vitest'
import { countsInspected, type Inspected } from '../../../server/census/score-sheets/inspected.ts'

const found = (rule: string, ...problems: Partial<Inspected['problems'][number]>[]): Inspected => ({
  ...{ rule, outcome: 'found', hasGuides: true, isRefused: false },
  problems: problems.map((one) => ({ url: 'http://x/', kind: null, count: null, missing: null, ...one })),
})
const clear = (rule: string, hasGuides = true): Inspected => ({
  rule,
  outcome: 'clear',
  ...{ hasGuides, isRefused: false },
  problems: [],
})
const counts = (seen: readonly Inspected[], isPortal = false) =>
  Object.fromEntries(
    Object.entries(countsInspected(seen, isPortal)).map(([rule, { count }]) => [rule, count]),
  )

test('what was counted of surveys, interviews and guides is the sheet’s', () => {
  const seen = [
    found('page-surveys', { kind: 'few', count: 2 }),
    found('page-interviews', { kind: 'none', count: 0 }),
    found('page-guide', { missing: 'basis,hours' }, { missing: 'hours' }),
  ]
  expect(counts(seen)).toEqual({ S6: 2, S7: 0, S8a: 2 })
})

test('of each guide it is told what it lacks: a person may say of one page that it lacks nothing', () => {
  const guide = (url: string, missing: string) => ({ url, missing })
  const seen = found('page-guide', guide('http://x/1', 'basis,hours'), guide('http://x/2', 'hours'))
  expect(countsInspected([seen], false)).toMatchObject({
    S8a: {
      count: 2,
      classes: [
        { target: 'http://x/1', missing: ['basis', 'hours'] },
        { target: 'http://x/2', missing: ['hours'] },
      ],
    },
  })
})

test('as many as have to be are counted where there are enough, more on a portal', () => {
  expect(counts([clear('page-surveys'), clear('page-guide')])).toEqual({ S6: 3, S8a: 0 })
  expect(counts([clear('page-surveys')], true)).toEqual({ S6: 6 })
})

test('what is not sure stays with people: a column that is nowhere seen or did not open, interviews that may not be held, guides that nobody saw', () => {
  expect(
    counts([
      found('page-surveys', { kind: 'absent', count: 0 }),
      clear('page-interviews'),
      clear('page-guide', false),
    ]),
  ).toEqual({})
  expect(
    counts([{ ...clear('page-surveys'), isRefused: true }]),
    'there is a column: how full is open',
  ).toEqual({})
  const broken = { kind: 'broken', count: 0 }
  expect(counts([found('page-surveys', broken), found('page-interviews', broken)])).toEqual({})
  expect(counts([])).toEqual({})
})
