import { expect, test } from 'vitest'
import { betterLoad, isSlow, toKeep } from '../../../server/monitor/page-checks/take.ts'
import { covered } from '../../../server/monitor/persons/mask.ts'
import { faultsOf, timesOf } from '../../../server/monitor/rendering/browser/check.ts'
import {
  type AccessFault,
  type LoadTimes,
  openedMs,
  type PageCheck,
} from '../../../shared/monitor/page-checks/page-checks-rules.ts'

const said = (change: object = {}) => ({
  ...{ rule: 'image-alt', impact: 'critical', places: 1, first: [{ selector: 'img', html: '<img>' }] },
  ...change,
})
const faults = (...all: unknown[]) => faultsOf(JSON.stringify(all))

test('what a page says is believed in its shape only, with words that are not its own', () => {
  expect(faults(said())).toMatchObject([
    { rule: 'image-alt', level: 'A', zh: '图像必须有替代文本', en: 'Images must have alternative text' },
  ])
  expect(
    faults(said({ rule: '<script>' }), said(), said()),
    'unknown ones and those said twice',
  ).toHaveLength(1)
  expect(faults(said({ impact: '致命' }))).toMatchObject([{ impact: null }])
  const long = said({ first: [{ selector: 'img', html: `<img\0 alt="\ud800${'x'.repeat(9_000)}">` }] })
  const [kept] = faults(long)?.[0]?.first ?? []
  expect([kept?.html.length, kept?.html.isWellFormed(), kept?.html.includes('\0')]).toEqual([
    299,
    true,
    false,
  ])
  for (const wrong of [
    ...[undefined, null, 7, '', '{', '{}', '[1]', 'x'.repeat(500_000)],
    ...[
      said({ places: 0 }),
      said({ places: 1e9 }),
      said({ first: Array(9).fill({ selector: null, html: '' }) }),
    ].map((one) => JSON.stringify([one])),
    JSON.stringify([said({ first: [{ selector: 'x'.repeat(301), html: '' }] })]),
    JSON.stringify(Array(101).fill(said())),
  ])
    expect(faultsOf(wrong), String(wrong).slice(0, 40)).toBeNull()
})

test('times are numbers that can be, and a page is open when its text stands and is seen', () => {
  expect(timesOf('{"readyMs":812.4,"paintMs":0,"loadMs":9e99}')).toEqual({
    ...{ readyMs: 812, paintMs: null, loadMs: null },
  })
  expect(timesOf('{"readyMs":"fast"}')).toBeNull()
  expect([800, 1_900, null].map((paintMs) => openedMs({ readyMs: 1_200, paintMs, loadMs: null }))).toEqual([
    ...[1_200, 1_900, 1_200],
  ])
  expect(openedMs({ readyMs: null, paintMs: 5, loadMs: 5 })).toBeNull()
})

const load = (readyMs: number): LoadTimes => ({ readyMs, paintMs: null, loadMs: null })
const check = (readyMs: number, access: PageCheck['access'] = []): PageCheck => ({
  axe: '4',
  load: load(readyMs),
  access,
})

test('a home page that took longer than three seconds is opened once more, and the better time counts', () => {
  expect([3_000, 3_001].map((ms) => isSlow('home', check(ms)))).toEqual([false, true])
  expect(isSlow('list', check(9_000))).toBe(false)
  expect(betterLoad(load(4_000), load(900))).toEqual(load(900))
  expect(betterLoad(load(4_000), null)).toEqual(load(4_000))
})

test('numbers of persons in what is kept are covered, and name no place', () => {
  const fault: AccessFault = {
    ...{ rule: 'label', level: 'A', impact: null, places: 1, zh: '', en: '' },
    first: [
      { selector: 'a[href$="13800138000"]', html: '<a href="tel:13800138000"> 13800138000</a>' },
      { selector: 'a', html: '<a>' },
    ],
  }
  const { access } = toKeep(check(1, [fault]), (text) => covered(text, []))
  expect(JSON.stringify(access)).not.toContain('138001')
  expect(access).toMatchObject([{ first: [{ selector: null }, { selector: 'a' }] }])
})
