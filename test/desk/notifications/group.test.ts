import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fold,
  type GroupState,
  NO_GROUP,
  type Plan,
  plan,
  type Want,
} from '../../../server/desk/notifications/delivery/group.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../shared/desk/alerts/facts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { anAlert, EVERYTHING } from './alerts.ts'

/** A group and its alerts on a clock of their own. */
class Story {
  state: GroupState = NO_GROUP
  readonly alerts = new Map<number, Alert>()
  readonly incidents = new Set<number>()
  now = TUESDAY
  readonly want: Want
  constructor(want: Want = EVERYTHING) {
    this.want = want
  }

  happens(kind: AlertFactKind, alert: Alert): void {
    this.alerts.set(alert.id, alert)
    this.state = fold(this.state, this.want, [{ kind, alert, atMs: this.now }])
  }
  changes(kind: AlertFactKind, id: number, given: Partial<Alert>): void {
    this.happens(kind, { ...(this.alerts.get(id) as Alert), ...given })
  }
  look(): Plan {
    const planned = plan(this.state, this.want, this.alerts, this.incidents, this.now)
    this.state = planned.state
    return planned
  }
  /** Notices of the time that passes, looked for each second: when, and what they tell. */
  pass(ms: number): [afterMs: number, told: string[]][] {
    const notices: [number, string[]][] = []
    const end = this.now + ms
    const start = this.now
    for (; this.now <= end; this.now += SECOND) {
      const { items } = this.look()
      if (items.length > 0) notices.push([this.now - start, items.map(words)])
    }
    this.now = end
    return notices
  }
}

const words = (item: Plan['items'][number]) =>
  `${'alert' in item ? item.alert.id : 'rectificationId' in item ? `rectification ${item.rectificationId}` : `pause ${item.pauseId}`} ${item.change}`
const opens = (story: Story, id: number, given: Partial<Alert> = {}) =>
  story.happens('alert.opened', anAlert(id, { openedMs: story.now, ...given }))
const resolves = (story: Story, id: number) =>
  story.changes('alert.resolved', id, { status: 'resolved', resolvedAt: new Date(story.now).toISOString() })

describe('the three intervals', () => {
  test('a new group waits 30 s, so that what fails together is told together', () => {
    const story = new Story()
    opens(story, 1)
    expect(story.pass(20 * SECOND)).toEqual([])
    opens(story, 2)
    expect(story.pass(20 * SECOND)).toEqual([[10 * SECOND, ['1 opened', '2 opened']]])
  })

  test('a change of a group that was told of waits for the beat of five minutes', () => {
    const story = new Story()
    opens(story, 1)
    story.pass(MINUTE)
    opens(story, 2)
    expect(story.pass(10 * MINUTE)).toEqual([[4.5 * MINUTE, ['2 opened']]])
  })

  test('what goes on unchanged is told again after four hours', () => {
    const story = new Story()
    opens(story, 1)
    story.pass(MINUTE)
    expect(story.pass(4 * HOUR)).toEqual([[4 * HOUR - 30 * SECOND, ['1 firing']]])
  })

  test('the beat goes on from where it was when somebody looks late', () => {
    const story = new Story()
    opens(story, 1)
    story.pass(30 * SECOND)
    opens(story, 2)
    story.now += 7 * MINUTE
    expect(story.look().items.map(words)).toEqual(['2 opened'])
    expect(story.state.nextMs).toBe(TUESDAY + 30 * SECOND + 10 * MINUTE)
  })

  test('a group that is over is forgotten: the next alert begins a new one', () => {
    const story = new Story()
    opens(story, 1)
    story.pass(MINUTE)
    resolves(story, 1)
    expect(story.pass(5 * MINUTE)).toEqual([[4.5 * MINUTE, ['1 resolved']]])
    expect(story.state).toEqual(NO_GROUP)
    opens(story, 2)
    expect(story.pass(MINUTE)).toEqual([[30 * SECOND, ['2 opened']]])
  })
})

describe('what is told', () => {
  test('an alert that opened and was over between two looks is in the next notice', () => {
    const story = new Story()
    opens(story, 1)
    story.now += 10 * SECOND
    resolves(story, 1)
    expect(story.pass(MINUTE)).toEqual([[20 * SECOND, ['1 passed']]])
  })

  test('one that somebody took on before the notice is not told, until the acknowledgement runs out', () => {
    const story = new Story()
    opens(story, 1)
    story.changes('alert.acknowledged', 1, { status: 'acknowledged' })
    expect(story.pass(HOUR)).toEqual([])
    story.changes('alert.forgotten', 1, { status: 'open' })
    expect(story.pass(5 * MINUTE)).toHaveLength(1)
  })

  test('a silenced one is told when the silence ends, and then not as news of nobody', () => {
    const story = new Story()
    opens(story, 1, { silencedUntil: new Date(story.now + HOUR).toISOString() })
    expect(story.pass(HOUR - SECOND)).toEqual([])
    expect(story.pass(6 * MINUTE).flatMap(([, told]) => told)).toEqual(['1 opened'])
  })

  test('a rise of severity and a forgotten acknowledgement are changes; easing is none', () => {
    const story = new Story()
    opens(story, 1)
    story.pass(MINUTE)
    story.changes('alert.raised', 1, { severity: 'critical' })
    expect(story.pass(5 * MINUTE).flatMap(([, told]) => told)).toEqual(['1 raised'])
    story.changes('alert.eased', 1, { severity: 'minor' })
    expect(story.pass(HOUR)).toEqual([])
  })

  test('who wants only critical ones hears of an alert when it becomes critical, and of its end', () => {
    const story = new Story({ ...EVERYTHING, severities: ['critical'] })
    opens(story, 1, { severity: 'minor' })
    opens(story, 2, { severity: 'minor' })
    expect(story.pass(10 * MINUTE)).toEqual([])
    story.changes('alert.raised', 1, { severity: 'critical' })
    expect(story.pass(5 * MINUTE).flatMap(([, told]) => told)).toEqual(['1 opened'])
    resolves(story, 1)
    resolves(story, 2)
    expect(story.pass(5 * MINUTE).flatMap(([, told]) => told)).toEqual(['1 resolved'])
  })

  test('the members of an incident stand behind it, and alarm by themselves when they leave it', () => {
    const story = new Story()
    story.incidents.add(7)
    opens(story, 1, { incidentId: 7 })
    opens(story, 2, { incidentId: 7 })
    expect(story.pass(10 * MINUTE)).toEqual([])
    story.changes('alert.grouped', 1, { incidentId: null })
    expect(story.pass(10 * MINUTE).flatMap(([, told]) => told)).toEqual(['1 opened'])
    resolves(story, 2)
    expect(story.pass(10 * MINUTE)).toEqual([])
  })

  test('rectifications are told with the rest of their district', () => {
    const story = new Story()
    story.state = fold(story.state, story.want, [
      { atMs: story.now, rectificationId: 9, event: 'rectification.overdue' },
    ])
    opens(story, 1)
    expect(story.pass(MINUTE)).toEqual([[30 * SECOND, ['1 opened', 'rectification 9 rectification.overdue']]])
  })
})

describe('quiet hours', () => {
  const NIGHT: Want = { ...EVERYTHING, quiet: { from: '22:00', to: '07:00' } }
  const ELEVEN = Date.parse('2026-03-10T23:00:00+08:00')
  const SEVEN = Date.parse('2026-03-11T07:00:00+08:00')

  test('over midnight nothing is told, and at seven everything that still holds or happened', () => {
    const story = new Story(NIGHT)
    story.now = ELEVEN
    opens(story, 1)
    opens(story, 2)
    story.now += HOUR
    resolves(story, 2)
    expect(story.pass(SEVEN - story.now - SECOND)).toEqual([])
    expect(story.pass(2 * SECOND).flatMap(([, told]) => told.sort())).toEqual(['1 opened', '2 passed'])
  })

  test('critical ones break through where that was chosen', () => {
    const story = new Story({ ...NIGHT, breakThrough: true })
    story.now = ELEVEN
    opens(story, 1)
    opens(story, 2, { severity: 'critical' })
    expect(story.pass(MINUTE)).toEqual([[30 * SECOND, ['2 opened']]])
  })
})

/** A step of a made-up night: something happens to one of five alerts, or time passes and somebody looks. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      'open',
      'resolve',
      'acknowledge',
      'forget',
      'silence',
      'raise',
      'join',
      'leave',
      'look',
    ),
    id: fc.integer({ min: 1, max: 5 }),
    seconds: fc.integer({ min: 0, max: 900 }),
  }),
  { maxLength: 60 },
)

test('whatever happens in whatever order, an alert that opened and stays open is told, itself or as its incident', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (night, hasIncident) => {
      const story = new Story()
      if (hasIncident) story.incidents.add(7)
      const told = new Set<number>()
      const look = () => {
        for (const item of story.look().items) if ('alert' in item) told.add(item.alert.id)
      }
      for (const { what, id, seconds } of night) {
        story.now += seconds * SECOND
        happen(story, what, id, told)
        look()
      }
      // Long enough for every silence and interval.
      for (let n = 0; n < 30; n++) {
        story.now += 5 * MINUTE
        look()
      }
      for (const alert of story.alerts.values()) {
        const isBehind = hasIncident && alert.incidentId === 7
        if (alert.status === 'open' && !isBehind) expect(told).toContain(alert.id)
      }
    }),
  )
})

function happen(story: Story, what: string, id: number, told: Set<number>): void {
  const alert = story.alerts.get(id)
  const isLive = alert !== undefined && alert.status !== 'resolved'
  if (what === 'open' && !isLive) {
    told.delete(id)
    if (alert) story.changes('alert.reopened', id, { status: 'open', resolvedAt: null })
    else opens(story, id)
  }
  if (!isLive) return
  if (what === 'resolve') resolves(story, id)
  if (what === 'acknowledge') story.changes('alert.acknowledged', id, { status: 'acknowledged' })
  if (what === 'forget' && alert.status === 'acknowledged')
    story.changes('alert.forgotten', id, { status: 'open' })
  const until = new Date(story.now + HOUR).toISOString()
  if (what === 'silence') story.changes('alert.silenced', id, { silencedUntil: until })
  if (what === 'raise') story.changes('alert.raised', id, { severity: 'critical' })
  if (what === 'join') story.changes('alert.grouped', id, { incidentId: 7 })
  if (what === 'leave') story.changes('alert.grouped', id, { incidentId: null })
}
