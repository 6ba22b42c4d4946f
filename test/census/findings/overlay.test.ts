import { describe, expect, it } from 'vitest'
import { needsSecond, zeroNeedsTarget } from '../../../shared/census/findings/findings-rules.ts'
import { type Found, findingsFor, overlaid } from '../../../shared/census/findings/overlay.ts'
import type { Counted } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import type { Rule } from '../../../shared/register/rule-editions/editions.ts'

const edition = BUILT_IN['cn-2015']
const ruleOf = (id: string) => edition.rules.find((one) => one.id === id) as Rule
const found = (rule: string, count: number | null, target: string | null, serial = 1): Found => ({
  ...{ rule, count, target },
  number: `${ruleOf(rule).number}-${String(serial).padStart(3, '0')}`,
})
const byMachine = (count: number): Counted => ({ count, by: 'machine', proof: [] })
const laidOver = (rule: string, machines: Counted | undefined, targets: string[], all: Found[]) =>
  overlaid(ruleOf(rule), machines, targets, findingsFor(ruleOf(rule), edition.rules, all))?.count
const HERE = 'http://a.example/column/'

describe('an address that a person has judged', () => {
  it('counts as the newest of what was said of it', () => {
    const twice = [found('S4a', 1, HERE, 1), found('S4a', 0, HERE, 2)]
    expect(laidOver('S4a', byMachine(2), [HERE], twice)).toBe(1)
    expect(laidOver('S4a', byMachine(2), [HERE], twice.toReversed())).toBe(2)
  })

  it('as none is none for every rule that had counted it: a stale column, and the veto made of stale columns', () => {
    const none = [found('S4a', 0, HERE)]
    expect(laidOver('V3a', byMachine(5), [HERE], none)).toBe(4)
    expect(laidOver('V3a', byMachine(5), ['http://a.example/other/'], none)).toBe(5)
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

describe('a second person', () => {
  it('is needed for what fails a site by itself, takes away what was measured, or is a veto', () => {
    expect(needsSecond(ruleOf('V4'), 1, edition)).toBe(true)
    expect(needsSecond(ruleOf('V3c'), 0, edition)).toBe(true)
    expect(needsSecond(ruleOf('S4d'), 39, edition)).toBe(false)
    expect(needsSecond(ruleOf('S4d'), 40, edition)).toBe(true)
    expect(needsSecond(ruleOf('S6'), 0, edition)).toBe(false)
  })

  it('and what is counted by its address is taken away by its address', () => {
    expect(zeroNeedsTarget(ruleOf('S4a'))).toBe(true)
    expect(zeroNeedsTarget(ruleOf('S4d'))).toBe(false)
  })
})
