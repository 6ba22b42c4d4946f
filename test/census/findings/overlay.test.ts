import { describe, expect, it } from 'vitest'
import { needsSecond, zeroNeedsTarget } from '../../../shared/census/findings/findings-rules.ts'
import { type Found, findingsFor, overlaid } from '../../../shared/census/findings/overlay.ts'
import type { Counted } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { Rule } from '../../../shared/register/rule-editions/editions.ts'

const edition = BUILT_IN['cn-2015']
const ruleOf = (id: string) => edition.rules.find((one) => one.id === id) as Rule
const found = (rule: string, count: number | null, target: string | null, serial = 1): Found => ({
  ...{ rule, count, target, confirmed: count === 0 },
  number: `${ruleOf(rule).number}-${String(serial).padStart(3, '0')}`,
})
/** The same, once a second person has confirmed it. */
const byTwo = (...given: Parameters<typeof found>): Found => ({ ...found(...given), confirmed: true })
const byMachine = (count: number): Counted => ({ count, by: 'machine', proof: [] })
const laidOver = (rule: string, machines: Counted | undefined, targets: string[], all: Found[]) =>
  overlaid(ruleOf(rule), machines, targets, findingsFor(ruleOf(rule), edition.rules, all))?.count
const HERE = 'http://a.example/column/'
const THERE = 'http://a.example/other/'

describe('an address that a person has judged', () => {
  it('counts as the newest of what was said of it', () => {
    const twice = [found('S4a', 1, HERE, 1), found('S4a', 0, HERE, 2)]
    expect(laidOver('S4a', byMachine(2), [HERE], twice)).toBe(1)
    expect(laidOver('S4a', byMachine(2), [HERE], twice.toReversed())).toBe(2)
  })

  it('as none is none for every rule that had counted it: a stale column, and the veto made of stale columns', () => {
    const none = [found('S4a', 0, HERE)]
    expect(laidOver('V3a', byMachine(5), [HERE], none)).toBe(4)
    expect(laidOver('V3a', byMachine(5), [THERE], none)).toBe(5)
  })

  it('as a dead attachment is no dead link besides', () => {
    const one = [found('S9b', 1, HERE)]
    expect(laidOver('S2b', byMachine(3), [HERE], one)).toBe(2)
    expect(laidOver('S9b', undefined, [], one)).toBe(1)
  })

  it('stands back only where it is judged: another rule counts on what it saw', () => {
    expect(laidOver('S4b', byMachine(2), [HERE], [found('S4a', 1, HERE)])).toBe(2)
  })
})

describe('letters without an answer', () => {
  const some = [1, 2, 3, 4, 5].map((n) => `http://a.example/letter/${n}`)

  it('are none where persons find none on the whole site, those of the hotline and those without an address too', () => {
    expect(laidOver('V5', byMachine(7), some, [found('V5', 0, null)])).toBe(0)
    expect(laidOver('V5', byMachine(7), some, [found('V5', 0, null, 1), found('V5', 2, HERE, 2)])).toBe(2)
  })

  it('are one fewer where persons find that one has its answer, and one more for each that they find besides', () => {
    expect(laidOver('V5', byMachine(7), some, [found('V5', 0, some[0] ?? null)])).toBe(6)
    expect(laidOver('V5', byMachine(7), some, [found('V5', 1, null)])).toBe(8)
  })

  it('are their number in all where a rule asks for that, and the newest stands', () => {
    expect(laidOver('S5b', byMachine(7), [], [found('S5b', 0, null, 1), found('S5b', 4, null, 2)])).toBe(4)
  })
})

describe('a class that guides lack', () => {
  /** As the monitor counts guides: what the pages lack, each class once. */
  const lacking = (pages: Readonly<Record<string, readonly string[]>>): Counted => ({
    by: 'machine',
    count: new Set(Object.values(pages).flat()).size,
    proof: Object.keys(pages),
    classes: Object.entries(pages).map(([target, missing]) => ({ target, missing })),
  })
  const classes = (pages: Readonly<Record<string, readonly string[]>>, ...all: Found[]) =>
    laidOver('S8a', lacking(pages), Object.keys(pages), all)
  const THREE = ['place', 'hours', 'phone']
  const EIGHT = ['name', 'basis', 'conditions', 'papers', 'procedure', ...THREE]

  it('counts once, whether the monitor has seen it, a person or both', () => {
    expect(classes({ [HERE]: THREE }, found('S8a', 3, HERE))).toBe(3)
    expect(classes({ [HERE]: EIGHT }, found('S8a', 8, null))).toBe(8)
    expect(classes({ [HERE]: EIGHT, [THERE]: THREE }, found('S8a', 8, HERE))).toBe(8)
  })

  it('counts once, on however many pages persons find it', () => {
    expect(laidOver('S8a', undefined, [], [found('S8a', 1, HERE, 1), found('S8a', 1, THERE, 2)])).toBe(1)
  })

  it('goes with a page that lacks nothing, unless another page lacks it too', () => {
    expect(classes({ [HERE]: THREE }, found('S8a', 0, HERE))).toBe(0)
    expect(classes({ [HERE]: THREE, [THERE]: ['hours'] }, found('S8a', 0, HERE))).toBe(1)
    const three = { [HERE]: ['hours'], [THERE]: ['hours'], 'http://a.example/third/': ['hours'] }
    expect(classes(three, found('S8a', 0, HERE))).toBe(1)
  })

  it('is one of as many as two persons said of the whole site last', () => {
    expect(classes({ [HERE]: EIGHT }, byTwo('S8a', 3, null))).toBe(3)
    expect(classes({ [HERE]: THREE }, byTwo('S8a', 3, null, 1), byTwo('S8a', 5, null, 2))).toBe(5)
    expect(classes({ [HERE]: THREE }, found('S8a', 0, null))).toBe(0)
    expect(classes({}, found('S8a', 4, HERE, 1), byTwo('S8a', 2, null, 2))).toBe(2)
  })

  it('is taken away by two persons, not by one who says that there are fewer', () => {
    expect(classes({ [HERE]: EIGHT }, found('S8a', 1, null))).toBe(8)
    expect(classes({ [HERE]: EIGHT }, found('S8a', 1, HERE))).toBe(8)
    expect(classes({ [HERE]: EIGHT }, byTwo('S8a', 1, HERE))).toBe(1)
    expect(classes({ [HERE]: THREE }, byTwo('S8a', 5, null, 1), found('S8a', 1, null, 2))).toBe(5)
  })

  it('that two have taken away does not come back when one finds another', () => {
    expect(classes({ [HERE]: EIGHT }, found('S8a', 0, HERE, 1), found('S8a', 1, HERE, 2))).toBe(1)
    expect(classes({ [HERE]: EIGHT }, found('S8a', 0, null, 1), found('S8a', 1, null, 2))).toBe(1)
  })

  it('is not forgotten over a page that lacks fewer, and a page that lacks more has been found since', () => {
    expect(classes({ [THERE]: THREE }, found('S8a', 1, HERE))).toBe(3)
    expect(classes({}, found('S8a', 2, null, 1), found('S8a', 3, HERE, 2))).toBe(3)
  })

  it('is one of eight: no more are counted, whatever a person says', () => {
    expect(classes({ [HERE]: THREE }, found('S8a', 15, null))).toBe(8)
  })

  it('stays where something else on the page is in order', () => {
    expect(classes({ [HERE]: THREE }, found('S8b', 0, HERE))).toBe(3)
  })
})

describe('a second person', () => {
  it('is needed for what fails a site by itself, takes away what was measured, or is a veto', () => {
    expect(needsSecond(ruleOf('V4'), 1, edition)).toBe(true)
    expect(needsSecond(ruleOf('V3c'), 0, edition)).toBe(true)
    expect(needsSecond(ruleOf('S4d'), 39, edition)).toBe(false)
    expect(needsSecond(ruleOf('S4d'), 40, edition)).toBe(true)
    expect(needsSecond(ruleOf('S6'), 0, edition)).toBe(false)
    expect(needsSecond(ruleOf('V5'), 0, edition)).toBe(true)
    expect(needsSecond(ruleOf('S8a'), 0, edition)).toBe(true)
    expect(needsSecond(ruleOf('S8a'), 8, edition)).toBe(false)
  })

  it('and what is counted by its address is taken away by its address', () => {
    expect(zeroNeedsTarget(ruleOf('S4a'))).toBe(true)
    expect(zeroNeedsTarget(ruleOf('S4d'))).toBe(false)
    expect(zeroNeedsTarget(ruleOf('V5'))).toBe(false)
    expect(zeroNeedsTarget(ruleOf('S8a'))).toBe(false)
  })
})
