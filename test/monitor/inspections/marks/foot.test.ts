import { describe, expect, test } from 'vitest'
import { readImprint } from '../../../../server/monitor/imprints/read.ts'
import { MARK_JUDGES } from '../../../../server/monitor/inspections/marks/judge.ts'
import { page, REGISTER, RIGHT, said } from './foot.table.ts'

describe('what a home page says of itself', () => {
  test('is not held against a page of which part was not seen, nor against what the register has not', () => {
    const bare = page('<div></div>')
    for (const rule of ['mark-official', 'mark-report', 'mark-map', 'mark-code', 'mark-contact']) {
      expect(said(rule, bare, {}, 'script'), rule).toMatchObject({
        outcome: 'unmeasured',
        reason: 'markScript',
      })
      expect(said(rule, bare, {}, 'frames'), rule).toMatchObject({
        outcome: 'unmeasured',
        reason: 'markFrames',
      })
    }
    const filed = page(`<p>${RIGHT.icp}</p>`)
    expect(said('mark-icp', filed, { icp: null })).toEqual({ outcome: 'unmeasured', reason: 'markNeither' })
  })

  test('was read before marks were: they are not measured', () => {
    const { marks: _, ...old } = readImprint([page('')], { title: '', unseen: null })
    const seen = { url: REGISTER.url, registered: REGISTER.url, imprint: old, checks: [] }
    expect(MARK_JUDGES['mark-official']?.(seen, {})).toEqual({ outcome: 'unmeasured', reason: 'markUnread' })
    expect(MARK_JUDGES['mark-official']?.({ ...seen, imprint: null }, {})).toEqual({
      outcome: 'unmeasured',
      reason: 'markUnread',
    })
  })

  test('says what stands on the page and what in the register', () => {
    const outcome = said('mark-code', page('<p>网站标识码：4401060002</p>'))
    expect(outcome).toMatchObject({
      problems: [
        {
          key: 'differs',
          excerpt: '4401060002 ≠ 4401060001',
          detail: { kind: 'differs', register: '4401060001' },
        },
      ],
    })
  })

  test('is read whatever is in it', () => {
    for (const rubbish of ['<b>', '>', '><', '<a href=', 'unescape("', 'src=', '党政机关']) {
      expect(readImprint([rubbish.repeat(200_000)], { title: '', unseen: null }).marks).toEqual([])
    }
  })
})
