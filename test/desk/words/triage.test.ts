import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Role } from '../../../shared/people/rights/rights.ts'
import { PERMISSIONS } from '../../../shared/people/rights/rights-rules.ts'
import { findEntries } from '../../../web/app/palette/find.ts'
import type { Entry, Section } from '../../../web/base/ui/entries.ts'
import { groupLines, isGroup, rowsOf } from '../../../web/base/ui/lists/worklist/lines.ts'
import { countHandlings } from '../../../web/desk/alerts/list/groups.ts'
import { isMine, type Me, matches, todayBegan } from '../../../web/desk/alerts/listed.ts'
import { mentionAt, mentionedIn, withMention } from '../../../web/desk/alerts/steps/mention.ts'
import { triage } from '../../../web/desk/alerts/triage.ts'
import { LISTS_WITH_VIEWS } from '../../../web/desk/views/lists.ts'
import { ALERT_VIEWS } from '../../../web/desk/views/of-alerts.ts'
import { RECTIFICATION_VIEWS } from '../../../web/desk/views/of-rectifications.ts'
import { SITE_VIEWS } from '../../../web/desk/views/of-sites.ts'
import { filtersOf, shows } from '../../../web/desk/views/views.ts'
import { alert } from '../../base/live/made.ts'

const NOW = Date.parse('2026-03-10T10:00:00+08:00')
const WANG: Me = { id: 7, role: 'workgroup', scope: { kind: 'city' }, unitIds: [] }

describe('triage', () => {
  it('is one order: untaken, shared by many, severe, important, and of equals the newest', () => {
    const levels = new Map([
      [1, 'street'],
      [2, 'city_department'],
    ])
    const weight = ({ siteId }: Alert) => (levels.get(siteId ?? 0) === 'city_department' ? 2 : 0)
    const order = [
      alert(11, { siteId: null, rule: 'PLATFORM', severity: 'major' }),
      alert(12, { siteId: 1, severity: 'critical', openedAt: '2026-03-10T01:00:00.000Z' }),
      alert(13, { siteId: 1, severity: 'critical', openedAt: '2026-03-09T00:00:00.000Z' }),
      alert(14, { siteId: 2, severity: 'major', openedAt: '2026-03-01T00:00:00.000Z' }),
      alert(15, { siteId: 1, severity: 'major', openedAt: '2026-03-10T01:00:00.000Z' }),
      alert(16, { siteId: null, rule: 'PLATFORM', severity: 'critical', status: 'acknowledged' }),
      alert(17, { siteId: 1, severity: 'critical', status: 'acknowledged' }),
    ]
    expect(triage(order.toReversed(), NOW, weight).map(({ id }) => id)).toEqual(order.map(({ id }) => id))
  })

  it('calls mine what is given to me or my unit, what I have taken on, and where I am called on', () => {
    expect(isMine(alert(1, { assignee: { id: 7, name: '王敏' } }), WANG)).toBe(true)
    expect(
      isMine(alert(1, { assignedUnit: { id: 3, name: '审计局' } }), { ...WANG, id: 9, unitIds: [2, 3] }),
    ).toBe(true)
    expect(isMine(alert(1, { assignedUnit: { id: 3, name: '审计局' } }), WANG)).toBe(false)
    expect(isMine(alert(1, { status: 'acknowledged', acknowledgedBy: { id: 7, name: '王敏' } }), WANG)).toBe(
      true,
    )
    expect(isMine(alert(1, { mentioned: [3, 7] }), WANG)).toBe(true)
    expect(isMine(alert(1), WANG)).toBe(false)
  })

  it('finds what was forgotten, and what recovered since midnight in Shanghai', () => {
    const forgotten = alert(1, { forgotten: { by: { id: 8, name: '陈浩' }, at: '2026-03-10T01:00:00.000Z' } })
    expect(matches(forgotten, { ...ALERT_VIEWS.none, status: 'forgotten' }, WANG, NOW)).toBe(true)
    expect(todayBegan(NOW)).toBe('2026-03-09T16:00:00.000Z')
    const resolved = (resolvedAt: string) => alert(1, { status: 'resolved', resolvedAt })
    const today = { ...ALERT_VIEWS.none, status: 'today' }
    expect(matches(resolved('2026-03-09T16:00:00.000Z'), today, WANG, NOW)).toBe(true)
    expect(matches(resolved('2026-03-09T15:59:59.000Z'), today, WANG, NOW)).toBe(false)
  })
})

describe('groups', () => {
  const alerts = [
    alert(1, { district: '440106' }),
    alert(2, { district: null }),
    alert(3, { district: '440104' }),
    alert(4, { district: '440106', status: 'acknowledged' }),
  ]
  const byDistrict = ({ district }: { district: string | null }) =>
    district ? { key: district, name: district } : null

  it('stand in the order of their most urgent alert, those of none last, with counts', () => {
    const lines = groupLines(alerts, byDistrict, '全市', new Set())
    expect(lines.map((line) => (isGroup(line) ? line.name : line.id))).toEqual([
      '440106',
      1,
      4,
      '440104',
      3,
      '全市',
      2,
    ])
    expect(countHandlings(rowsOf(lines[0]!), NOW)).toEqual({
      open: 1,
      acknowledged: 1,
      silenced: 0,
      resolved: 0,
    })
  })

  it('keep their alerts when they are closed, so that an action on the group reaches all of them', () => {
    const [head, next] = groupLines(alerts, byDistrict, '全市', new Set(['group 440106']))
    expect(head && rowsOf(head).map(({ id }) => id)).toEqual([1, 4])
    expect(next).toMatchObject({ name: '440104', isOpen: true })
  })
})

describe('mentions', () => {
  it('begin with an @, Chinese or Latin, that is not part of a mail address', () => {
    expect(mentionAt('请 @王', 4)).toEqual({ at: 2, typed: '王' })
    expect(mentionAt('请＠', 2)).toEqual({ at: 1, typed: '' })
    expect(mentionAt('a@b', 3)).toBeNull()
    expect(mentionAt('@王 敏', 4)).toBeNull()
  })

  it('are put in full where they were typed, and count while they are in the text', () => {
    expect(withMention('请 @王看看', { at: 2, typed: '王' }, '王敏')).toEqual({
      text: '请 @王敏 看看',
      caret: 6,
    })
    const chosen = [
      { id: 7, name: '王敏' },
      { id: 8, name: '陈浩' },
    ]
    expect(mentionedIn('请 @王敏 看看', chosen)).toEqual([7])
  })
})

describe('views', () => {
  it('show their filters, however the list is grouped', () => {
    const { none } = ALERT_VIEWS
    const open = { ...none, status: 'open' }
    expect(shows(ALERT_VIEWS, { ...open, group: 'district' }, { status: 'open' })).toBe(true)
    expect(shows(ALERT_VIEWS, { ...open, rule: 'V1' }, { status: 'open' })).toBe(false)
    expect(shows(ALERT_VIEWS, none, { group: 'platform' })).toBe(false)
  })

  it('of a list whose order is part of them are shown in that order only', () => {
    const { none } = SITE_VIEWS
    const lately = { state: 'wrong', sort: 'since' }
    expect(shows(SITE_VIEWS, { ...none, ...lately }, lately)).toBe(true)
    expect(shows(SITE_VIEWS, { ...none, ...lately, sort: 'name' }, lately)).toBe(false)
    expect(shows(SITE_VIEWS, { ...none, sort: 'name' }, {})).toBe(false)
  })

  it('that a list has from the start are told apart, and say only what it can be filtered by', () => {
    for (const { list, none, standing } of LISTS_WITH_VIEWS) {
      const said = standing.map(({ query }) => JSON.stringify(query))
      expect(new Set(said).size, list).toBe(standing.length)
      for (const { query } of standing)
        expect(Object.keys(none)).toEqual(expect.arrayContaining(Object.keys(query)))
    }
  })

  it('are those of a role: who asks for terms has other ones than who grants them', () => {
    const keysOf = (role: Role) =>
      RECTIFICATION_VIEWS.standing
        .filter(({ needs }) => !needs || PERMISSIONS[needs].includes(role))
        .map(({ key }) => key)
    expect(keysOf('workgroup')).toEqual(['open', 'found', 'circular', 'hotline'])
    expect(keysOf('unit')).toEqual(['open', 'found', 'checked'])
    expect(keysOf('viewer')).toEqual(['open', 'found'])
  })

  it('leave out what this version does not know', () => {
    expect(filtersOf(ALERT_VIEWS, { status: 'open', colour: 'red' })).toEqual({
      ...ALERT_VIEWS.none,
      status: 'open',
    })
  })
})

describe('palette', () => {
  const entry = (section: Section, name: string, more = ''): Entry => ({
    key: name,
    section,
    name,
    more,
    run: () => {},
  })
  const entries = [
    entry('views', '天河逾期', '整改'),
    entry('views', '今天的天河', '告警'),
    entry('pages', '告警', 'alerts'),
    entry('commands', '确认'),
  ]
  const found = (typed: string) => findEntries(entries, typed).map(({ name }) => name)

  it('lists what can be done and where one can go before anything is typed', () => {
    expect(found('')).toEqual(['确认', '天河逾期', '今天的天河', '告警'])
  })
  it('finds by name and by what stands beside it, what begins so first', () => {
    expect(found('天河')).toEqual(['天河逾期', '今天的天河'])
    expect(found('alerts')).toEqual(['告警'])
  })
  it('wants every word', () => {
    expect(found('天河 整改')).toEqual(['天河逾期'])
    expect(found('天河 海珠')).toEqual([])
  })
})
