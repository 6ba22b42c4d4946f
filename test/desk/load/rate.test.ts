import { describe, expect, it } from 'vitest'
import { peopleOnDuty, rateOf, stepsOf } from '../../../server/desk/load/rate.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import {
  causeOfRule,
  causeOfSite,
  gradeOf,
  isShareOff,
  type RuleNoise,
  type SiteNoise,
  TEN_MINUTES,
} from '../../../shared/desk/load/load-rules.ts'

const DAY_OF_TENS = DAY / TEN_MINUTES
/** A span of a day from the first ten minutes of all. */
const people = (...turns: [userId: number, fromHour: number, toHour: number][]) =>
  peopleOnDuty(
    turns.map(([userId, from, to]) => ({ userId, startsMs: from * HOUR, endsMs: to * HOUR })),
    0,
    DAY_OF_TENS,
  )

describe('the load of a desk', () => {
  it('is alarms for each ten minutes and person: two who share it have half each', () => {
    const tens = [
      { ten: 0, alarms: 8 },
      { ten: 100, alarms: 8 },
    ]
    expect(rateOf(tens, people([1, 0, 24]), 0).rate).toBeCloseTo(16 / 144)
    expect(rateOf(tens, people([1, 0, 24], [2, 0, 24]), 0).rate).toBeCloseTo(8 / 144)
  })

  it('does not count somebody twice who has two desks', () => {
    expect([...people([1, 0, 1], [1, 0, 1])].slice(0, 7)).toEqual([1, 1, 1, 1, 1, 1, 0])
  })

  it('reckons one person where nobody was on duty, and says how long that was', () => {
    const found = rateOf([{ ten: 143, alarms: 11 }], people([1, 0, 23]), 0)
    expect(found).toMatchObject({ unstaffed: 6, peak: { alarms: 11, people: 1 }, inFlood: 1 })
  })

  it('has a flood where more than ten come in ten minutes, not at ten; minutes on end are one', () => {
    const tens = [
      { ten: 5, alarms: 10 },
      { ten: 7, alarms: 11 },
      { ten: 8, alarms: 30 },
      { ten: 20, alarms: 12 },
    ]
    const { inFlood, floods } = rateOf(tens, people([1, 0, 24]), 0)
    expect(inFlood).toBe(3)
    expect(floods).toEqual([
      { at: new Date(200 * MINUTE).toISOString(), until: new Date(210 * MINUTE).toISOString(), alarms: 12 },
      { at: new Date(70 * MINUTE).toISOString(), until: new Date(90 * MINUTE).toISOString(), alarms: 41 },
    ])
  })

  it('of a quiet night is nothing at all', () => {
    expect(rateOf([], people(), 0)).toMatchObject({ rate: 0, peak: null, inFlood: 0, floods: [] })
  })

  it('is drawn by the hour with its busiest ten minutes and its average', () => {
    const steps = stepsOf(
      [
        { ten: 0, alarms: 1 },
        { ten: 5, alarms: 5 },
        { ten: 6, alarms: 2 },
      ],
      60,
    )
    expect(steps).toEqual([
      { at: new Date(0).toISOString(), busiest: 5, average: 1 },
      { at: new Date(HOUR).toISOString(), busiest: 2, average: 0.33 },
    ])
  })

  it('is graded as EEMUA 191 does: one is borne, two are managed, more than ten are a flood', () => {
    expect([1, 1.1, 2, 2.1, 10, 10.1].map(gradeOf)).toEqual([
      'well',
      'busy',
      'busy',
      'heavy',
      'heavy',
      'flood',
    ])
  })

  it('has too many that are critical or major, and too few that are minor', () => {
    expect(isShareOff('critical', 9)).toBe(false)
    expect(isShareOff('critical', 30)).toBe(true)
    expect(isShareOff('major', 21)).toBe(true)
    expect(isShareOff('minor', 100)).toBe(false)
    expect(isShareOff('minor', 40)).toBe(true)
  })
})

describe('why something is noisy', () => {
  const now = 100 * DAY
  const noise = { alarms: 10, shared: 0, again: 0, short: 0, falsified: 0 }
  const cause = (given: Partial<SiteNoise>) =>
    causeOfSite({ ...noise, sameHour: 1, days: 1, liveSince: null, ...given }, now)
  const ofRule = (given: Partial<RuleNoise>) => causeOfRule({ ...noise, fromThree: 10, sites: 1, ...given })

  it('because the platform fails, whatever else it looks like', () => {
    expect(cause({ shared: 5, again: 9 })).toBe('shared')
    expect(ofRule({ shared: 5, again: 9 })).toBe('shared')
  })
  it('because somebody restarts it each night without saying so', () => {
    expect(cause({ sameHour: 6, days: 3, short: 9 })).toBe('planned')
    expect(cause({ sameHour: 9, days: 2, short: 0 }), 'one bad evening is no plan').toBe('plain')
  })
  it('because it comes and goes', () => {
    expect(cause({ again: 4 })).toBe('flapping')
    expect(cause({ short: 4 })).toBe('flapping')
    expect(cause({ again: 3 })).toBe('plain')
    expect(ofRule({ short: 4 })).toBe('flapping')
  })
  it('because the rule is wrong about it', () => expect(cause({ falsified: 3 })).toBe('false'))
  it('because nobody has mended it for a week', () => {
    expect(cause({ liveSince: now - 7 * DAY })).toBe('standing')
    expect(cause({ liveSince: now - 6 * DAY })).toBe('plain')
  })
  it('because three of its sites are', () => {
    expect(ofRule({ sites: 40, fromThree: 5 })).toBe('few')
    expect(ofRule({ sites: 40, fromThree: 4 })).toBe('plain')
  })
  it('is not said of two alarms', () => expect(cause({ alarms: 2, shared: 2 })).toBe('plain'))
})
