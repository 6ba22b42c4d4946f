import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { believe, itemKey, seenItems } from '../../../server/monitor/findings/items.ts'
import { readWhole } from '../../../server/monitor/read/read.ts'
import { DAY } from '../../../shared/base/time.ts'
import { foundBy, personFindingHolds } from '../../../shared/monitor/findings/findings.ts'
import { agreementOf } from '../../support/rules-2015.ts'

const REF = '2026-03-10'
const read = (body: string) =>
  readWhole({
    bytes: Buffer.from(`<html><body>${body}</body></html>`),
    kind: 'home',
    ref: REF,
    url: 'http://a.cn/',
  })

describe('what an item is remembered by', () => {
  const key = (text: string, href?: string, date: string | null = null) => itemKey({ text, href, date })

  test('its link and title, wherever the site has moved to', () => {
    expect(key('关于开展检查的通知', '/a/1.html')).toBe(
      key('关于开展 检查的通知', 'https://www.a.cn/a/1.html#top'),
    )
    expect(key('关于开展检查的通知', '/a/1.html')).not.toBe(key('关于开展检查的通知', '/a/2.html'))
    expect(key('第3次全体会议召开', '/a/1.html')).not.toBe(key('第4次全体会议召开', '/a/1.html'))
  })

  test('not the tokens in its link, nor a date glued to its title', () => {
    expect(key('通知', '/a.asp?id=1&jsessionid=9A')).toBe(key('通知', '/a.asp?id=1&_=1710000000'))
    expect(key('通知', '/a.jsp;jsessionid=FF?id=1')).toBe(key('通知', '/a.jsp?id=1'))
    expect(key('通知', '/a.asp?id=1')).not.toBe(key('通知', '/a.asp?id=2'))
    expect(key('通知[2026-03-09]', '/a/1.html')).toBe(key('通知', '/a/1.html'))
  })

  test('without a link its date too, as titles come again', () => {
    expect(key('每周菜价', 'javascript:;', '2026-03-02')).not.toBe(
      key('每周菜价', 'javascript:;', '2026-03-09'),
    )
  })
})

test('counters, clocks and the weather are no items', () => {
  const page =
    read(`<a href="/c">您是本站第1234567位访客欢迎您</a><a href="/w">今天天气晴转多云气温12℃到20℃</a>
    <a href="/x">今天是2026年3月10日星期二欢迎</a><ul><li><a href="/a/1.html">全区安全生产工作会议召开</a><span>2026-03-09</span></li></ul>
    <a href="/a/2.html">全区没有日期的消息也是一条</a>`)
  expect(
    atOnce(seenItems(page.page, page.items, page.guessed)).map(({ title, date }) => [title, date]),
  ).toEqual([
    ['全区安全生产工作会议召开', '2026-03-09'],
    ['全区没有日期的消息也是一条', null],
  ])
})

test('an old item whose date was moved forward keeps the date it had', () => {
  const list = (day: string) =>
    `<ul><li><a href="/a/1.html">全区安全生产工作会议在我局召开</a><span>${day}</span></li><li><a href="/a/2.html">关于春节放假安排的通知要求</a><span>2026-02-10</span></li></ul>`
  const { finding, items } = read(list('2026-03-10'))
  const key = itemKey(items[0]!)
  const known = new Map([[key, '2026-01-05']])
  const believed = believe(finding, items, { known, rewritten: known }, REF)
  expect(believed).toMatchObject({
    newest: '2026-02-10',
    recent: 0,
    evidence: { date: '2026-02-10', text: '关于春节放假安排的通知要求' },
    rejected: [{ raw: '2026-03-10', why: 'rewritten' }],
  })
  expect(believe(finding, items, { known: new Map(), rewritten: new Map() }, REF)).toBe(finding)
})

describe('two signals', () => {
  const since = '2026-01-01'
  test.each([
    ['new items and a date of this week', '2026-03-09', { since, newDay: '2026-03-09' }, 'agree'],
    ['neither for weeks', '2026-02-01', { since, newDay: '2026-02-01' }, 'agree'],
    ['new items, and no dates', null, { since, newDay: '2026-03-09' }, 'new_without_date'],
    ['new items, and an old date', '2026-01-20', { since, newDay: '2026-03-09' }, 'new_without_date'],
    ['a new date, and nothing new', '2026-03-09', { since, newDay: '2026-02-20' }, 'date_without_new'],
    ['a new date, and never anything new', '2026-03-09', { since, newDay: null }, 'date_without_new'],
    ['remembered since yesterday', null, { since: '2026-03-09', newDay: null }, 'early'],
    ['nothing remembered', '2026-03-09', null, 'early'],
  ] as const)('%s: %s', (_, newest, news, expected) => {
    expect(agreementOf(newest, news, REF)).toBe(expected)
  })
})

describe('a person’s finding', () => {
  const now = Date.parse('2026-03-10T02:00:00Z')
  const said = { updatedOn: '2026-03-08', machineNewest: null, untilMs: now + DAY }
  const undated = { outcome: 'undated', newest: null, entrance: false } as const

  test('stands above the monitor’s, until it runs out', () => {
    expect(foundBy(undated, said, now)).toEqual({ outcome: 'dated', newest: '2026-03-08', entrance: false })
    expect(foundBy(undated, said, now + DAY)).toBe(undated)
    expect(foundBy(undated, null, now)).toBe(undated)
  })

  test('stands against an older date, and yields to a newer one', () => {
    expect(personFindingHolds(said, '2026-03-08', now)).toBe(true)
    expect(personFindingHolds(said, '2026-03-09', now)).toBe(false)
  })

  test('may say that a date is forged, and yields only to one newer than that', () => {
    const forged = { updatedOn: null, machineNewest: '2026-03-09', untilMs: now + DAY }
    expect(foundBy({ outcome: 'dated', newest: '2026-03-09', entrance: false }, forged, now)).toEqual(undated)
    expect(personFindingHolds(forged, '2026-03-10', now)).toBe(false)
  })
})
