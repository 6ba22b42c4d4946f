import { describe, expect, it } from 'vitest'
import {
  isChange,
  isDownByMiss,
  judge,
  type Observation,
  type Standing,
  wantsRecheck,
} from '../../../server/monitor/verdicts/judge.ts'
import { DAY, HOUR, SECOND } from '../../../shared/base/time.ts'

const start = Date.parse('2015-12-01T04:00:00Z')
const well: Standing = {
  state: 'healthy',
  stateSinceMs: start - DAY,
  availability: 'up',
  cause: null,
  sinceMs: start - DAY,
  failStreak: 0,
  okStreak: 9,
  v1: 'ok',
  share: 0,
  v2: 'ok',
  v3: 'ok',
  newest: '2015-11-30',
}

/** Lets a site be visited time after time and returns its standing after each visit. */
function story(from: Standing, ...visits: Partial<Observation>[]): Standing[] {
  let standing = from
  return visits.map((visit, index) => {
    standing = judge(standing, {
      atMs: start + index * 5 * SECOND,
      outcome: 'ok',
      cause: null,
      lineInDoubt: false,
      reachedElsewhere: false,
      missedElsewhere: false,
      v1: null,
      v2: standing.v2,
      v3: null,
      newest: standing.newest,
      ...visit,
    })
    return standing
  })
}
const miss: Partial<Observation> = { outcome: 'failed', cause: 'timeout' }
const good: Partial<Observation> = { outcome: 'ok' }
const wall: Partial<Observation> = { outcome: 'blocked', cause: 'blocked_firewall' }
const ours: Partial<Observation> = { outcome: 'unmeasured', cause: 'monitor_error' }
const behindWall: Standing = {
  ...well,
  availability: 'blocked',
  state: 'unknown',
  cause: 'blocked_firewall',
  failStreak: 50,
  okStreak: 0,
}
const out: Standing = {
  ...well,
  availability: 'down',
  state: 'down',
  cause: 'timeout',
  failStreak: 90,
  okStreak: 0,
  sinceMs: start - HOUR,
}
const availabilities = (steps: Standing[]) => steps.map((step) => step.availability)

describe('from visits to a standing', () => {
  it('suspects at the first miss, is sure at the third, and remembers when it began', () => {
    const steps = story(well, miss, miss, miss)
    expect(availabilities(steps)).toEqual(['suspect', 'suspect', 'down'])
    expect(steps.map((step) => step.state)).toEqual(['warning', 'warning', 'down'])
    expect(steps[2]?.sinceMs).toBe(start)
    expect(steps[2]?.cause).toBe('timeout')
  })

  it('does not call a site down that other places reach, and goes by its usual turns meanwhile', () => {
    const apart = { ...miss, reachedElsewhere: true }
    const steps = story(well, miss, miss, apart, apart, miss, apart, good)
    expect(availabilities(steps)).toEqual([
      'suspect',
      'suspect',
      'suspect',
      'suspect',
      'down',
      'suspect',
      'up',
    ])
    expect(steps.slice(2, 6).map(({ cause }) => cause)).toEqual([
      'reached_elsewhere',
      'reached_elsewhere',
      'timeout',
      'reached_elsewhere',
    ])
    expect(steps[5]?.sinceMs, 'since its first miss').toBe(start)
    expect(steps.slice(0, 4).map(wantsRecheck)).toEqual([true, true, false, false])
  })

  it('calls a site down that the home place reaches and others do not, after re-checks as for any miss', () => {
    const apart = { ...good, missedElsewhere: true }
    const steps = story(well, apart, apart, apart, good, good)
    expect(availabilities(steps)).toEqual(['suspect', 'suspect', 'down', 'down', 'up'])
    expect(steps.slice(0, 4).map(({ cause }) => cause)).toEqual(Array(4).fill('missed_elsewhere'))
    expect(steps.slice(0, 4).map(wantsRecheck)).toEqual([true, true, false, true])
  })

  it('forgets a single miss at the next good visit', () => {
    const [, after] = story(well, miss, good)
    expect(after).toMatchObject({ availability: 'up', state: 'healthy', cause: null })
  })

  it('calls a site up again after two good visits, not one', () => {
    const steps = story(well, miss, miss, miss, good, miss, good, good)
    expect(availabilities(steps).slice(3)).toEqual(['down', 'down', 'down', 'up'])
  })

  it('keeps the cause of an outage while the recovery is being confirmed', () => {
    const steps = story(well, miss, miss, miss, good)
    expect(steps[3]).toMatchObject({ availability: 'down', cause: 'timeout' })
  })

  it('takes a firewall for what it is: nothing is known of the site, and it is not down', () => {
    const steps = story(well, wall, wall, wall, wall)
    expect(availabilities(steps)).toEqual(['up', 'blocked', 'blocked', 'blocked'])
    expect(steps[3]?.state).toBe('unknown')
  })

  it.each<[what: string, from: Standing, visits: Partial<Observation>[], to: Standing['availability'][]]>([
    [
      'up, is suspected by one miss after it',
      well,
      [wall, miss, miss, miss],
      ['up', 'suspect', 'suspect', 'down'],
    ],
    [
      'blocked for long, takes three misses to go down',
      behindWall,
      [miss, miss, miss, miss],
      ['suspect', 'suspect', 'down', 'down'],
    ],
    [
      'blocked for long, is blocked again after a miss as soon as the firewall has answered twice',
      behindWall,
      [miss, wall, wall, wall],
      ['suspect', 'suspect', 'blocked', 'blocked'],
    ],
    [
      'blocked for long, goes down by three misses with no good visit between, whatever the firewall answers once',
      behindWall,
      [miss, wall, miss, wall, miss],
      ['suspect', 'suspect', 'suspect', 'suspect', 'down'],
    ],
    ['blocked for long, comes up at once', behindWall, [good, miss], ['up', 'suspect']],
    ['down, stays so at one answer of it', out, [wall, miss, wall, miss], ['down', 'down', 'down', 'down']],
    ['down, is blocked by two in a row', out, [wall, wall, miss], ['down', 'blocked', 'suspect']],
    [
      'down, is not blocked by two with a good visit between',
      out,
      [wall, good, wall, wall],
      ['down', 'down', 'down', 'blocked'],
    ],
    [
      'not measured, is blocked by two in a row, and the monitor’s own faults are none',
      well,
      [ours, wall, ours, wall, wall],
      ['unknown', 'unknown', 'unknown', 'unknown', 'blocked'],
    ],
  ])('a site behind a firewall that is %s', (_, from, visits, to) => {
    expect(availabilities(story(from, ...visits))).toEqual(to)
  })

  it('keeps since when a site is down and what it is missed for through an answer of a firewall', () => {
    const steps = story(out, wall, miss, wall)
    expect(steps.map(({ sinceMs }) => sinceMs)).toEqual(Array(3).fill(out.sinceMs))
    expect(steps.map(({ cause }) => cause)).toEqual([out.cause, 'timeout', 'timeout'])
  })

  it('still says what other places say of a site once a firewall has answered here', () => {
    const elsewhere = { ...out, cause: 'missed_elsewhere' }
    const [refused, contradicted] = story(elsewhere, wall, { ...good, missedElsewhere: true })
    expect([refused?.availability, refused?.cause]).toEqual(['down', 'missed_elsewhere'])
    expect([contradicted?.availability, contradicted?.cause]).toEqual(['down', 'missed_elsewhere'])
  })

  it('takes two good visits to call a site up, whatever a firewall answered before', () => {
    expect(availabilities(story(out, wall, good, good))).toEqual(['down', 'down', 'up'])
  })

  it('looks again soon at a site that is blocked and was then missed, until it is sure, and no longer', () => {
    const over = (...visits: Partial<Observation>[]) => story(behindWall, ...visits).map(wantsRecheck)
    expect(over(miss, miss, miss)).toEqual([true, true, false])
    expect(over(miss, wall, wall)).toEqual([true, true, false])
    expect(over(miss, wall, miss, wall, miss), 'both in turn').toEqual([true, true, true, true, false])
  })

  it('counts the answers of a firewall anew where they begin, by which the site is left alone for longer', () => {
    const streaks = (from: Standing, ...visits: Partial<Observation>[]) =>
      story(from, ...visits).map(({ failStreak }) => failStreak)
    expect(streaks(out, wall, wall, wall)).toEqual([90, 2, 3])
    expect(streaks(behindWall, wall, miss, wall, wall)).toEqual([51, 1, 1, 2])
  })

  it('takes three misses to call a site down of which nothing was known, whatever failed before', () => {
    const steps = story(well, miss, miss, ours, ours, miss, miss, miss)
    expect(availabilities(steps)).toEqual([
      'suspect',
      'suspect',
      'unknown',
      'unknown',
      'suspect',
      'suspect',
      'down',
    ])
  })

  it('asks other places only when the next miss would have the site called down', () => {
    expect(story(behindWall, miss, wall, miss).map(isDownByMiss)).toEqual([false, false, true])
    expect([well, behindWall, out].map(isDownByMiss)).toEqual([false, false, true])
  })

  it('blames nobody while the line is in doubt, and believes a good visit all the same', () => {
    const doubt = { ...miss, lineInDoubt: true }
    expect(availabilities(story(well, doubt, doubt, doubt, doubt))).toEqual(['up', 'up', 'up', 'up'])
    const [after] = story({ ...well, availability: 'suspect', failStreak: 1 }, { ...good, lineInDoubt: true })
    expect(after?.availability).toBe('up')
  })

  it('holds nothing against a site that the monitor itself could not visit', () => {
    const steps = story(well, { outcome: 'unmeasured', cause: 'refused_address' })
    expect(steps[0]).toMatchObject({ availability: 'unknown', state: 'unknown', cause: 'refused_address' })
  })

  it('is dead after a day of outage although nothing else changed', () => {
    const down: Standing = {
      ...well,
      availability: 'down',
      state: 'down',
      sinceMs: start - DAY + 1,
      failStreak: 9,
    }
    const [before, after] = story(down, miss, miss)
    expect([before?.state, after?.state]).toEqual(['down', 'dead'])
    expect(after?.stateSinceMs).toBe(start + 5 * SECOND)
  })

  it('wants to look again soon after a miss and after a first sign of recovery', () => {
    const [suspect, , down, recovering] = story(well, miss, miss, miss, good)
    expect([suspect, down, recovering, well].map((s) => s && wantsRecheck(s))).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('is worth a fact when something is new, and only then', () => {
    const [again] = story(well, good)
    const [suspect] = story(well, miss)
    const [fresher] = story(well, { ...good, newest: '2015-12-01' })
    expect([again, suspect, fresher].map((step) => step && isChange(well, step))).toEqual([false, true, true])
  })
})
