import { beforeAll, describe, expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import { type Alert, foldIncidents, SEVERITIES, wantedSeverity } from '../../../shared/desk/alerts/alerts.ts'
import { ALERT_FACTS } from '../../../shared/desk/alerts/facts.ts'
import { weighed } from '../../../shared/desk/alerts/importance.ts'
import { alertSubject } from '../../../shared/desk/alerts/subject-rules.ts'
import { PAUSE_FACTS } from '../../../shared/desk/pauses/facts.ts'
import { RECTIFICATION_FACTS } from '../../../shared/desk/rectifications/facts.ts'
import { limitsOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { CAUSES } from '../../../shared/monitor/visit/probes.ts'
import { DEFAULT_SETTINGS, installationOf } from '../../../shared/people/settings/settings.ts'
import { LEVELS } from '../../../shared/register/sites/sites.ts'
import { SITE_STATES } from '../../../shared/register/sites/states.ts'
import type { Phrase } from '../../../web/base/i18n.ts'
import {
  alertLines,
  alertMark,
  type SitesOfAlerts,
  sortAlerts,
} from '../../../web/city/wall/alerts/alert-lines.ts'
import { factPhrase } from '../../../web/city/wall/alerts/fact-words.ts'
import { alertWords } from '../../../web/desk/alerts/words.ts'
import { followInstallation } from '../../../web/people/settings/installation.ts'
import { alert, changed, raised, site } from '../../base/live/made.ts'
import { RULES_2015 } from '../../support/rules-2015.ts'
import { wordsOf } from '../../support/words.ts'

const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  messages: Object.fromEntries(LOCALES.map((one) => [one, wordsOf(one, 'common', 'wall')])),
})
beforeAll(() =>
  followInstallation(installationOf(DEFAULT_SETTINGS, DEFAULT_SETTINGS.edition, limitsOf(RULES_2015))),
)
const NO_SITES: SitesOfAlerts = new Map()
const say = ({ key, values }: Phrase) => i18n.global.t(key, values ?? {})
const sayAlert = (given: Partial<Alert>, share: number | null = null) =>
  alertWords(alert(1, given), { today: '2026-03-10', share }, say)

describe('an alert says what was seen, with the figure and its limit', () => {
  test.each([
    [{ rule: 'V1', severity: 'critical', evidence: { share: 6.1 } }, '7 日打不开 6.1%（限 5%）'],
    [{ rule: 'V1', severity: 'minor', evidence: { share: 3.72 } }, '7 日打不开 3.7%（警戒 3%）'],
    [
      { rule: 'V2', severity: 'critical', evidence: { newest: '2026-02-23', days: 15 } },
      '15 天未更新（限 14 天）',
    ],
    [
      { rule: 'V2', severity: 'minor', evidence: { newest: '2026-02-27', days: 10 } },
      '11 天未更新（限 14 天）',
    ],
    [{ rule: 'V2', severity: 'critical', evidence: { newest: null } }, '首页无发布日期，视为不更新'],
    [{ rule: 'DOWN', evidence: { cause: 'timeout' } }, '超时 15 秒'],
    [{ rule: 'DOWN', evidence: { cause: 'http_5xx', status: 502 } }, '服务器错误 502'],
    [{ rule: 'DOWN', evidence: {} }, '打不开'],
    [{ rule: 'LINE', severity: 'critical', evidence: { sites: 214 } }, '214 个网站同时失败，暂不判定'],
    [{ rule: 'STALL', severity: 'critical', evidence: { sites: 9 } }, '9 个网站未按时监测'],
    [
      { rule: 'BEHIND', severity: 'major', evidence: { behindS: 200, capacity: 140, wanted: 280 } },
      '监测落后 3 分钟：每秒可访问 140 次，需要 280 次',
    ],
    [
      { rule: 'V3', severity: 'critical', evidence: { columns: { a: 6, b: 7, c: 0 } } },
      '6 个动态、通知类栏目未更新（限 5 个）',
    ],
    [
      { rule: 'V3', severity: 'minor', evidence: { columns: { a: 0, b: 0, c: 3 } } },
      '3 个空白栏目（限 5 个）',
    ],
    [
      {
        rule: 'LINKS',
        severity: 'major',
        evidence: { broken: { S2a: 3, S2b: 2, S9b: 2, S10: 0, points: 5.2, some: [] } },
      },
      '首页 3 个、其他 4 个链接打不开，扣 5.2 分',
    ],
    [{ rule: 'CERT', severity: 'major', evidence: { days: 6, within: 7 } }, '证书 6 天后到期'],
    [{ rule: 'CERT', severity: 'critical', evidence: { days: -3, within: 1 } }, '证书已过期 3 天'],
    [{ rule: 'PLATFORM', evidence: { sites: 12, down: 12 } }, '12 个网站同时打不开'],
    [{ rule: 'PLATFORM', evidence: { sites: 12, down: 3 } }, '12 个网站同时打不开，剩 3 个'],
    [
      { rule: 'LINE', severity: 'critical', evidence: { sites: 2, asked: 3, answered: 0 } },
      '参照目标 0/3 有应答，暂不判定',
    ],
  ] satisfies [Partial<Alert>, string][])('%j', (given, sentence) => {
    expect(sayAlert(given)).toBe(sentence)
  })
})

test('an alert for failed visits tells the share of now while it is live, and that of its time afterwards', () => {
  const found = { rule: 'V1', severity: 'critical', evidence: { share: 5 } } as const
  expect(sayAlert(found, 7.25)).toBe('7 日打不开 7.3%（限 5%）')
  expect(sayAlert({ ...found, status: 'resolved' }, 0.4)).toBe('7 日打不开 5%（限 5%）')
})

test('an alert on a page that nobody could render says so, in both languages; one on a rendered page says nothing more', () => {
  const { locale } = i18n.global
  const found = (rendered: 'drawn' | 'no_renderer') =>
    sayAlert({ rule: 'V2', severity: 'critical', evidence: { newest: '2026-02-23', rendered } })
  expect(found('no_renderer')).toBe('15 天未更新（限 14 天）；页面未能渲染，仅据网页源码判断')
  expect(found('drawn')).toBe('15 天未更新（限 14 天）')
  locale.value = 'en'
  expect(found('no_renderer')).toMatch(/; judged by the source alone, the page could not be rendered$/)
  locale.value = 'zh-CN'
})

test('every cause, state and told fact has words in both languages', () => {
  const keys = [
    ...CAUSES.map((cause) => `cause.${cause}`),
    ...SITE_STATES.map((state) => `state.${state}`),
    ...[...ALERT_FACTS, ...RECTIFICATION_FACTS, ...PAUSE_FACTS].flatMap((kind) => {
      const phrase = factPhrase({ ...raised(1, 1), kind } as Parameters<typeof factPhrase>[0])
      return phrase ? [phrase.key] : []
    }),
  ]
  const missing = LOCALES.flatMap((locale) => keys.filter((key) => !i18n.global.te(key, locale)))
  expect(missing).toEqual([])
})

test('the list begins with what nobody has taken on: the monitor, then the worst, then who waits longest', () => {
  const alerts = [
    alert(1, { rule: 'DOWN' }),
    alert(2, { rule: 'V1', severity: 'critical', status: 'acknowledged' }),
    alert(3, { rule: 'V2', severity: 'minor' }),
    alert(4, { rule: 'V2', severity: 'critical' }),
    alert(5, { rule: 'V1', severity: 'critical' }),
    alert(6, { rule: 'V1', severity: 'critical', openedAt: '2026-03-01T00:00:00.000Z' }),
    alert(7, { rule: 'LINE', severity: 'critical', siteId: null }),
  ]
  expect(sortAlerts(alerts, 0, NO_SITES).map((one) => one.id)).toEqual([7, 6, 5, 1, 4, 3, 2])
  expect(alertMark(alert(1, { rule: 'V1', severity: 'minor' }), 'warning')).toBe('warning')
})

test('of equally bad ones the portals come first, and a shared failure counts for its gravest member', () => {
  const sites = new Map([
    [1, site(1, { state: 'down' })],
    [2, site(2, { state: 'down', level: 'district_portal' })],
    [3, site(3, { state: 'down', level: 'city_portal' })],
  ])
  const alerts = [
    alert(1, { siteId: 1 }),
    alert(2, { siteId: 2 }),
    alert(3, { siteId: 3, incidentId: 7 }),
    alert(4, { siteId: null, rule: 'PLATFORM', incidentId: 6 }),
    alert(5, { siteId: null, rule: 'PLATFORM', incidentId: 7 }),
  ]
  expect(sortAlerts(foldIncidents(alerts), 0, sites, alerts).map((one) => one.id)).toEqual([5, 4, 2, 1])
})

test.each(SITE_STATES)(
  'an outage looks dead on the wall if its site is, however grave it counts: %s',
  (state) => {
    for (const severity of SEVERITIES) {
      const mark = alertMark(alert(1, { rule: 'DOWN', severity }), state)
      expect(mark).toBe(state === 'dead' ? 'dead' : 'down')
    }
  },
)

test('no warning of a verdict looks like its violation, whatever the level of the site', () => {
  for (const rule of ['V1', 'V2', 'V3'] as const) {
    for (const level of LEVELS) {
      const facts = { state: 'warning', down: false, v1: 'warning', v2: 'warning', v3: 'warning' } as const
      const severity = weighed(wantedSeverity(rule, facts) ?? 'minor', level)
      expect(alertMark(alert(1, { rule, severity }), 'warning'), `${rule} ${level}`).toBe('warning')
    }
  }
})

test('a site with two rules broken takes one line, and says that there is more', () => {
  const lines = alertLines(
    [
      alert(1, { siteId: 1, rule: 'DOWN' }),
      alert(2, { siteId: 1, rule: 'V1', severity: 'critical' }),
      alert(3, { siteId: 2 }),
      alert(4, { siteId: null, rule: 'LINE' }),
      alert(5, { siteId: null, rule: 'STALL' }),
    ],
    0,
    NO_SITES,
  )
  expect(lines.map(({ alert, more }) => [alert.id, more])).toEqual([
    [4, 0],
    [5, 0],
    [2, 1],
    [3, 0],
  ])
})

test('sites that fail together take one line, named after what they share; without it they speak for themselves', () => {
  const evidence = { kind: 'platform', key: '天河区政府网站集群', sites: 2, down: 2 } as const
  const members = [alert(1, { siteId: 1, incidentId: 7 }), alert(2, { siteId: 2, incidentId: 7 })]
  const shared = alert(3, { siteId: null, siteName: null, rule: 'PLATFORM', incidentId: 7, evidence })
  const other = alert(4, { siteId: 3 })
  expect(foldIncidents([...members, shared, other]).map(({ id }) => id)).toEqual([3, 4])
  expect(alertSubject(shared)).toBe('天河区政府网站集群')
  expect(foldIncidents([...members, other]), 'a district is not told of the city’s').toHaveLength(3)
})

test('a source is named by its platform, whatever a rule knows the problem by; a page of its template is named along', () => {
  const nameOf = (key: string) =>
    alertSubject(
      alert(3, { siteId: null, siteName: null, rule: 'PLATFORM', evidence: { kind: 'source', key } }),
    )
  expect(nameOf('天河集约化平台 · missing')).toBe('天河集约化平台')
  expect(nameOf('天河集约化平台 · 2026-03-02 公告 · 附件 · 一')).toBe('天河集约化平台')
  expect(nameOf('天河集约化平台 · /a · b')).toBe('天河集约化平台 · /a · b')
  expect(nameOf('ads.example')).toBe('ads.example')
})

test('the ticker tells a change of state once, and not each step of the monitor', () => {
  expect(say(factPhrase(changed(1, 1, 'healthy'))!)).toBe('恢复正常')
  expect(say(factPhrase(changed(1, 1, 'dormant'))!)).toBe('不更新')
  const suspected = changed(1, 1, 'warning')
  if (suspected.kind === 'site.changed') suspected.data.before = { state: 'warning', availability: 'up' }
  expect(factPhrase(suspected)).toBeNull()
})
