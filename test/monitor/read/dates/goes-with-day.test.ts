import { expect, it } from 'vitest'
import { atOnce } from '../../../../server/base/slices.ts'
import { goesWithDay, readWhole } from '../../../../server/monitor/read/read.ts'

const REF = '2026-03-10'
const item = (date: string, n: number, href = `/news/${n}.html`) =>
  `<li><a href="${href}">关于召开第${n}次工作会议的通知</a><span>${date}</span></li>`
function goes(...dates: (string | [string, string])[]): boolean {
  const items = dates.map((date, n) => (typeof date === 'string' ? item(date, n) : item(date[0], n, date[1])))
  const bytes = Buffer.from(`<html><body><ul>${items.join('')}</ul></body></html>`)
  return atOnce(goesWithDay(readWhole({ bytes, kind: 'home', ref: REF, url: 'http://a.gov.cn/' }), REF))
}

it('what a page shows stays what it is where its dates are whole, or their years stand in the addresses', () => {
  expect(goes('2026-03-09', '2026-03-02', '2025-12-30')).toBe(false)
  expect(goes(['03-09', '/t20260309_1.html'], ['03-02', '/t20260302_2.html'])).toBe(false)
})

it.each([
  ['is still to come', ['2026-03-12', '2026-03-02', '2026-03-01']],
  ['has no year', ['03-09', '03-02', '03-01']],
  ['is so many days ago', ['3天前', '5天前', '2026-03-01']],
])('it goes with the day where a date %s', (_, dates) => {
  expect(goes(...dates)).toBe(true)
})
