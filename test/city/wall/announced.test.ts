import { expect, test } from 'vitest'
import { MAX_TEXT } from '../../../shared/desk/announcements/announcements-rules.ts'
import { turnsOf } from '../../../web/city/wall/announced/turns.ts'

const said = (text: string, label = '公告') => ({ text, label, by: '陈值班 · 至 11-28 18:00' })
const standing = (...texts: string[]) =>
  turnsOf(texts.map((text) => said(text))).turns.map((turn) => turn.said.map(({ text }) => text))
const SHORT = '本周五前完成三季度普查自查，逾期未报的单位将通报'
const LONG = '市级云平台今晚维护，期间的中断由平台统一处理。'.repeat(3)

test('two short ones stand one above the other, beside the ticker', () => {
  expect(standing(SHORT, SHORT)).toEqual([[SHORT, SHORT]])
  expect(turnsOf([said(SHORT), said(SHORT)]).isWhole).toBe(false)
})

test('what needs more than a line stands alone, and each has its turn', () => {
  expect(standing(LONG, SHORT, LONG, SHORT, SHORT, SHORT)).toEqual([
    [LONG],
    [SHORT],
    [LONG],
    [SHORT, SHORT],
    [SHORT],
  ])
})

test('what has no room beside the ticker has the whole foot, all the time', () => {
  const longest = '字'.repeat(MAX_TEXT)
  const { turns, isWhole } = turnsOf([said(longest), said(SHORT)])
  expect(isWhole).toBe(true)
  expect(turns[0]).toMatchObject({ isSigned: false, isTight: false })
  expect(turnsOf([said(LONG)]).isWhole).toBe(false)
})

test('who says it stands beside what leaves room for it', () => {
  expect(turnsOf([said(SHORT)]).turns[0]?.isSigned).toBe(true)
  expect(turnsOf([said(LONG)]).turns[0]?.isSigned).toBe(false)
})

test('an address as long as may be is broken where a line ends, and is whole so', () => {
  const address = `见 https://www.gz.gov.cn/${'x'.repeat(MAX_TEXT)}`.slice(0, MAX_TEXT)
  expect(turnsOf([said(address)]).turns[0]?.isTight).toBe(true)
})
