import { describe, expect, it } from 'vitest'
import { BUILT_IN_CALENDAR } from '../../../server/register/workdays/calendar.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { startOfDay } from '../../../shared/base/time.ts'
import type { Locale } from '../../../shared/base/words/locales.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { ALERT_FACTS } from '../../../shared/desk/alerts/facts.ts'
import { RECTIFICATION_FACTS } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import enUnits from '../../../shared/locales/en/units.json'
import zhUnits from '../../../shared/locales/zh-CN/units.json'
import { workdaysBetween } from '../../../shared/register/workdays/workdays.ts'
import { factWords } from '../../../web/base/facts/fact-words.ts'
import { fromField, toField } from '../../../web/base/ui/controls/wall-clock.ts'
import { byUrgency, dueWords } from '../../../web/desk/rectifications/due.ts'
import { stageLine } from '../../../web/desk/rectifications/stage-line.ts'
import { type ReasonFacts, reasonOf } from '../../../web/monitor/standing/reason.ts'
import { changesOfState, stateBand } from '../../../web/monitor/standing/state-band.ts'
import { webAddress } from '../../../web/register/sites/web-address.ts'
import { flatten, wordsOf } from '../../support/words.ts'

const TODAY = '2015-09-08'
const NOW = startOfDay(TODAY)

const reasonsIn = (locale: Locale) =>
  flatten(wordsOf(locale, 'sites')).flatMap(([key]) => /^sites\.reason\.(\w+)$/.exec(key)?.[1] ?? [])

describe('why a site is in its state', () => {
  const healthy: ReasonFacts = {
    state: 'healthy',
    availability: 'up',
    cause: null,
    since: '2015-09-01T00:00:00.000Z',
    v1: 'ok',
    share: 0.4,
    v2: 'ok',
    v3: 'ok',
    newest: '2015-09-07',
  }
  const cases: [what: string, changes: Partial<ReasonFacts>, key: string][] = [
    ['is well', {}, 'healthy'],
    ['has failed 6 % of the week and is up', { state: 'dead', v1: 'violated', share: 6 }, 'veto'],
    [
      'has failed 6 % of the week and is down',
      { state: 'dead', v1: 'violated', availability: 'down' },
      'vetoDown',
    ],
    ['is down for a day', { state: 'dead', availability: 'down', v1: 'warning' }, 'dead'],
    ['is down', { state: 'down', availability: 'down' }, 'down'],
    [
      'has had nothing new for 20 days',
      { state: 'dormant', v2: 'violated', newest: '2015-08-19' },
      'dormant',
    ],
    ['shows no dates', { state: 'dormant', v2: 'violated', newest: null }, 'undated'],
    ['has just failed once', { state: 'warning', availability: 'suspect', v2: 'warning' }, 'suspect'],
    ['is at 4 %', { state: 'warning', v1: 'warning', v2: 'warning' }, 'share'],
    ['is 12 days old', { state: 'warning', v2: 'warning' }, 'due'],
    ['has five blank columns', { state: 'warning', v3: 'violated' }, 'columns'],
    ['has three of them', { state: 'warning', v3: 'warning' }, 'columnsSoon'],
    ['answers with a captcha', { state: 'unknown', availability: 'blocked' }, 'blocked'],
    ['was not measured', { state: 'unknown', availability: 'unknown' }, 'unmeasured'],
    ['cannot be read', { state: 'unknown', v2: 'insufficient' }, 'unreadable'],
    ['has filed downtime', { state: 'paused', availability: 'paused', v1: 'violated' }, 'paused'],
  ]
  it.each(cases)('says so of one that %s', (_, changes, key) => {
    expect(reasonOf({ ...healthy, ...changes }, TODAY).key).toBe(key)
  })

  it('has a sentence for each of these reasons, and no sentence without a reason', () => {
    const said = reasonsIn('zh-CN')
    expect(new Set(cases.map(([, , key]) => key))).toEqual(
      new Set([...said].filter((key) => key !== 'reachable')),
    )
    const noDate = reasonOf({ ...healthy, newest: null }, TODAY).key
    expect([noDate, said.includes(noDate)]).toEqual(['reachable', true])
    expect(reasonsIn('en')).toEqual(said)
  })

  it('counts the days since the newest item by the calendar', () => {
    expect(reasonOf({ ...healthy, newest: '2015-08-25' }, TODAY).days).toBe(14)
  })
})

describe('due day of a rectification', () => {
  const rectification = {
    stage: 'accepted',
    dueOn: '2015-09-10',
    rules: ['V1'],
    atRiskOn: '2015-09-09',
    pause: null,
    submittedAt: null,
  } as const
  const say = (given: Partial<Parameters<typeof dueWords>[0]>) =>
    dueWords({ ...rectification, ...given }, NOW, (from, to) => workdaysBetween(BUILT_IN_CALENDAR, from, to))

  it('says how many days are left, and how many it is late', () => {
    expect(say({})).toMatchObject({ key: 'dueIn', n: 2, tone: 'plain' })
    expect(say({ dueOn: TODAY }).key).toBe('dueToday')
    // 3 and 4 September were a holiday, and Sunday the 6th was worked for it.
    expect(say({ dueOn: '2015-08-31' })).toMatchObject({ key: 'late', n: 5, tone: 'late' })
    expect(say({ dueOn: '2015-09-02' })).toMatchObject({ key: 'late', n: 3 })
    expect(dueWords(rectification, NOW, () => null).key, 'no calendar yet').toBe('known')
  })

  it('warns once four fifths are used, and not while the clock stands still', () => {
    expect(say({ atRiskOn: TODAY }).tone).toBe('risk')
    const pause = { since: TODAY, until: '2015-09-09', workdays: 1, reason: '', by: { id: 1, name: '王敏' } }
    expect(say({ atRiskOn: TODAY, pause })).toMatchObject({ key: 'paused', day: '2015-09-09', tone: 'plain' })
    expect(say({ atRiskOn: TODAY, pause: { ...pause, until: '2015-09-07' } }).tone).toBe('risk')
  })

  it('does not press a unit that waits for the monitor', () => {
    expect(say({ stage: 'verifying', dueOn: '2015-08-31' }).key).toBe('waits')
    expect(say({ stage: 'submitted', rules: ['OTHER'] }).key, 'what it cannot see').toBe('waitsForPerson')
  })

  it('judges a closed one by the day it was submitted, in Shanghai', () => {
    const closed = { ...rectification, stage: 'closed', submittedAt: '2015-09-10T15:59:00.000Z' } as const
    expect(say(closed).key).toBe('inTime')
    expect(say({ ...closed, submittedAt: '2015-09-10T16:00:00.000Z' }).key).toBe('lateSubmitted')
  })

  it('sorts what is due first to the top', () => {
    const rectifications = ['2015-09-20', '2015-08-01', '2015-09-09'].map(
      (dueOn, id) => ({ id, dueOn, closedAt: null }) as Rectification,
    )
    expect(rectifications.sort(byUrgency).map((one) => one.id)).toEqual([1, 2, 0])
  })
})

describe('stages in a line', () => {
  it('marks what is done, where it is and what is ahead', () => {
    expect(stageLine({ stage: 'accepted' }).map(({ place }) => place)).toEqual([
      'done',
      'done',
      'now',
      'ahead',
      'ahead',
      'ahead',
    ])
    expect(stageLine({ stage: 'closed' }).every(({ place }) => place === 'done')).toBe(true)
  })

  it('puts a returned rectification where its work has to be done again', () => {
    expect(stageLine({ stage: 'returned' })[2]).toEqual({ stage: 'returned', place: 'now' })
  })
})

describe('band of states', () => {
  const window = { from: 0, to: 1000 }
  const change = (at: number, state: 'healthy' | 'down') => ({
    at: new Date(at).toISOString(),
    state,
    availability: 'up' as const,
    cause: null,
  })
  const now = { state: 'healthy', since: -5000 } as const

  it('shows one state all along where nothing changed', () => {
    expect(stateBand([], window, now)).toEqual([{ state: 'healthy', from: 0, to: 1000, left: 0, width: 100 }])
  })

  it('leaves blank what was before the first known change', () => {
    const band = stateBand([change(900, 'healthy'), change(500, 'down')], window, now)
    expect(band.map(({ state, left, width }) => [state, left, width])).toEqual([
      ['down', 50, 40],
      ['healthy', 90, 10],
    ])
  })

  it('counts no change where the state stayed, whatever else changed', () => {
    const changes = [change(-9, 'down'), change(5, 'down'), change(9, 'healthy'), change(12, 'healthy')]
    expect(changesOfState(changes)).toEqual([changes[0], changes[2]])
  })

  it('begins with the state that the site was in when the window opens', () => {
    expect(stateBand([change(-100, 'down'), change(250, 'healthy')], window, now)[0]).toMatchObject({
      state: 'down',
      left: 0,
      width: 25,
    })
  })
})

describe('facts as sentences', () => {
  const base = { seq: 1, at: '2015-09-08T00:00:00.000Z', siteId: 1, district: '440106', actor: null }
  const after = {
    state: 'down',
    stateSince: base.at,
    availability: 'down',
    cause: 'timeout',
    since: base.at,
    v1: 'ok',
    share: 1,
    v2: 'ok',
    v3: 'ok',
    newest: null,
    flapping: false,
  } as const

  it('tells a change of state with its cause, and what is less than that by itself', () => {
    const fact: Fact = {
      ...base,
      kind: 'site.changed',
      data: { before: { state: 'healthy', availability: 'up' }, after },
    }
    expect(factWords(fact)).toMatchObject({
      key: 'site.state',
      words: { before: 'state.healthy', after: 'state.down' },
      cause: 'timeout',
    })
    const same: Fact = { ...fact, data: { ...fact.data, before: { state: 'down', availability: 'suspect' } } }
    expect(factWords(same).key).toBe('site.detail')
  })

  it('says of a part of a shared failure that it is grouped, or that it stands by itself', () => {
    const key = (alone: Pick<Alert, 'alone'>) => {
      const alert = { incidentId: 7, rule: 'DOWN', assignee: null, ...alone } as Alert
      return factWords({ ...base, kind: 'alert.grouped', actor: null, data: { alert, text: null } }).key
    }
    expect([key({}), key({ alone: true })]).toEqual(['alert.grouped', 'alert.alone'])
  })

  it('says who carried an alert up, and that nobody took it on only where the clock did', () => {
    const alert = { escalation: { level: 'unit', at: base.at }, assignee: null } as Alert
    const key = (actor: Person | null, text: string | null) =>
      factWords({ ...base, kind: 'alert.escalated', actor, data: { alert, text } }).key
    const li = { id: 2, name: '李晓燕' }
    expect([key(null, '张磊'), key(null, null)]).toEqual(['alert.escalated', 'alert.escalatedToNoOne'])
    expect([key(li, '张磊'), key(li, null)]).toEqual(['alert.carried', 'alert.carriedToNoOne'])
  })

  it("gives the monitor's reason for closing a rectification, and a person's own words", () => {
    const rectification = { dueOn: '2015-09-20', assignee: null } as Rectification
    const closed = {
      ...base,
      kind: 'rectification.closed',
      data: { rectification, text: 'good_visits' },
    } as const
    expect(factWords(closed)).toMatchObject({ text: null, result: 'good_visits' })
    const returned = {
      ...closed,
      kind: 'rectification.returned',
      actor: { id: 7, name: '何静' },
      data: { rectification, text: '仍有错链' },
    } as const
    expect(factWords(returned)).toMatchObject({ text: '仍有错链', result: null })
  })
})

describe('fields of time', () => {
  it('mean Shanghai wherever the browser stands', () => {
    const at = Date.parse('2015-09-08T01:30:00.000Z')
    expect(toField(at)).toBe('2015-09-08T09:30')
    expect(fromField('2015-09-08T09:30')).toBe(at)
    expect(fromField('')).toBe(null)
    expect(fromField('2015-13-40T09:30')).toBe(null)
  })
})

describe('links of monitored pages', () => {
  it('lead to the web or nowhere', () => {
    expect(webAddress('./t2015.html', 'http://www.tianhe.gov.cn/xw/')).toBe(
      'http://www.tianhe.gov.cn/xw/t2015.html',
    )
    expect(webAddress('javascript:alert(1)', 'http://www.tianhe.gov.cn/')).toBeUndefined()
    expect(webAddress('http://[', 'http://www.tianhe.gov.cn/')).toBeUndefined()
    expect(webAddress(undefined, 'http://www.tianhe.gov.cn/')).toBeUndefined()
  })
})

describe('what somebody did last is said by itself, beside the name and the age', () => {
  const OF_THE_MONITOR = [
    ...['alert.opened', 'alert.raised', 'alert.eased', 'alert.reopened', 'alert.grouped', 'alert.forgotten'],
    ...['rectification.verifying', 'rectification.relapsed', 'rectification.atRisk', 'rectification.overdue'],
  ]
  const kinds = [...ALERT_FACTS, ...RECTIFICATION_FACTS].filter((kind) => !OF_THE_MONITOR.includes(kind))
  it.each(kinds)('%s', (kind) => {
    const [noun = '', verb = ''] = kind.split('.')
    for (const words of [zhUnits, enUnits]) {
      const did: Record<string, Record<string, string>> = words.units.did
      expect(did[noun]?.[verb]).toMatch(/^[^{}]+$/)
    }
  })
})
