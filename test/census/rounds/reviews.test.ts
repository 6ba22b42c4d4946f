import { describe, expect, it } from 'vitest'
import { assignSeats, type OpenSeat, settled } from '../../../server/census/rounds/reviews/rules.ts'
import type { Seat } from '../../../shared/census/rounds/reviews/reviews-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'

const city = (id: number) => ({ id, scope: { kind: 'city' } as Scope })
const district = (id: number, code: string) => ({ id, scope: { kind: 'district', district: code } as Scope })
const seat = (siteId: number, which: Seat = 'first', code = '440106', taken: number[] = []): OpenSeat => ({
  ...{ siteId, code: `${code}${siteId}`, seat: which, district: code, unitId: 900 + siteId, taken },
  now: { district: code, unitId: 900 + siteId },
})
const given = (result: ReturnType<typeof assignSeats>) =>
  result.assigned.map(({ seat: { siteId, seat }, reviewerId }) => [siteId, seat, reviewerId])

describe('looks are given out', () => {
  it('evenly', () => {
    const { assigned } = assignSeats(
      [1, 2, 3, 4].map((id) => seat(id)),
      [city(1), city(2)],
    )
    expect(assigned.map(({ reviewerId }) => reviewerId)).toEqual([1, 2, 1, 2])
  })
  it('to nobody who answers for the site: districts look at others', () => {
    const result = assignSeats(
      [seat(1), seat(2, 'first', '440105')],
      [district(1, '440106'), district(2, '440105')],
    )
    expect(given(result)).toEqual([
      [1, 'first', 2],
      [2, 'first', 1],
    ])
    expect(assignSeats([seat(1)], [district(1, '440106')]).left).toHaveLength(1)
  })
  it('nor to the owner of the unit', () => {
    const owner = { id: 1, scope: { kind: 'unit', unitId: 901 } as Scope }
    expect(assignSeats([seat(1)], [owner]).left).toHaveLength(1)
  })
  it('and never two at a site to one person, whoever had the first before', () => {
    expect(given(assignSeats([seat(1), seat(1, 'second')], [city(1), city(2)]))).toEqual([
      [1, 'first', 1],
      [1, 'second', 2],
    ])
    expect(assignSeats([seat(1, 'third', '440106', [1, 2])], [city(1), city(2)]).left).toHaveLength(1)
  })
})

describe('what stands for a site', () => {
  const passed = { outcome: 'passed', points: 3 }
  const failed = { outcome: 'failed', points: 44 }
  it.each([
    ['nothing, while nobody has looked', {}, false, null],
    ['what the first found, where nobody looks again', { first: passed }, false, passed],
    ['nothing yet, where somebody does', { first: passed }, true, null],
    ['nothing yet, with the second alone', { second: passed }, true, null],
    [
      'the first, where the second came to the same',
      { first: passed, second: { ...passed, points: 9 } },
      true,
      passed,
    ],
    ['nothing yet, where they differ', { first: passed, second: failed }, true, null],
    ['what the third says', { first: passed, second: failed, third: failed }, true, failed],
  ])('%s', (_, looks, isTwice, expected) => expect(settled(looks, isTwice)).toEqual(expected))
})
