import { afterEach, expect, it } from 'vitest'
import { readPage } from '../../../../server/monitor/read/read.ts'
import { rulesInForce } from '../../../../server/monitor/verdicts/in-force.ts'
import { readBy } from '../../../../server/monitor/verdicts/recent.ts'

afterEach(() => readBy(rulesInForce))

const item = (href: string, day: string) =>
  `<li><a href="${href}">关于做好今年重点工作安排的通知</a><span>${day}</span></li>`
const OF_LAST_YEAR = Array.from({ length: 8 }, (_, n) =>
  item(`/a/t2023010${n + 1}_${n}.html`, `01-0${n + 1}`),
)
const LATELY = [5, 4, 3].map((day) => item(`/b/${day}.html`, `03-0${day}`))
const PAGE = Buffer.from(
  `<body><ul>${OF_LAST_YEAR.join('')}</ul><div><ul>${LATELY.join('')}</ul></div></body>`,
)
const newest = () => readPage({ bytes: PAGE, kind: 'home', ref: '2024-03-20' }).newest

it('takes a list of days without a year for a living one within the window of the rules that it was told', () => {
  readBy(() => ({ v2VetoDays: 30 }))
  expect(newest()).toBe('2024-03-05')
  readBy(() => ({ v2VetoDays: 14 }))
  expect(newest()).toBe('2023-01-08')
})
