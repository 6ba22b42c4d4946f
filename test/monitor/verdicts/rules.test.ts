import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { judgeV1, judgeV2 } from '../../support/rules-2015.ts'

const week = (visits: number) => Array.from({ length: 7 }, () => visits)

describe('V1 站点无法访问', () => {
  it.each([
    ['8 of 168 visits failed (4.76 %): warned, no veto', 168, 8, 'warning', 4.76],
    ['9 of 168 visits failed (5.36 %): veto', 168, 9, 'violated', 5.36],
    ['exactly 5 of 100: the line is part of the veto', 140, 7, 'violated', 5],
    ['exactly 3 %: the early warning begins', 200, 6, 'warning', 3],
    ['just below 3 %: nothing to say', 1000, 29, 'ok', 2.9],
    ['no failed visit at all', 168, 0, 'ok', 0],
    ['every visit failed', 168, 168, 'violated', 100],
  ] as const)('%s', (_name, total, failed, verdict, share) => {
    expect(judgeV1({ total, failed, perDay: week(24) })).toEqual({ verdict, share })
  })

  it('does not pass a site of which one day has 19 visits', () => {
    const perDay = [24, 24, 24, 19, 24, 24, 24]
    expect(judgeV1({ total: 163, failed: 0, perDay }).verdict).toBe('insufficient')
  })

  it('judges a site whose every day has exactly 20 visits', () => {
    expect(judgeV1({ total: 140, failed: 0, perDay: week(20) }).verdict).toBe('ok')
  })

  it('says nothing of a site that is watched since yesterday, however bad it looks', () => {
    expect(judgeV1({ total: 24, failed: 24, perDay: [24] })).toEqual({ verdict: 'insufficient', share: 100 })
  })

  it('has no share to show for a site that was never visited', () => {
    expect(judgeV1({ total: 0, failed: 0, perDay: [] })).toEqual({ verdict: 'insufficient', share: null })
  })
})

describe('V2 网站不更新', () => {
  const dated = (newest: string): Pick<Finding, 'outcome' | 'newest' | 'entrance'> => ({
    outcome: 'dated',
    newest,
    entrance: false,
  })

  it.each([
    ['an item of today', '2015-12-01', 'ok'],
    ['nothing for nine days', '2015-11-22', 'ok'],
    ['nothing for ten days: the early warning', '2015-11-21', 'warning'],
    ['an item dated 14 days ago still lies in the window', '2015-11-17', 'warning'],
    ['nothing for 15 days: veto', '2015-11-16', 'violated'],
    ['nothing for years', '2013-01-04', 'violated'],
  ] as const)('%s', (_name, newest, verdict) => {
    expect(judgeV2(dated(newest), '2015-12-01')).toBe(verdict)
  })

  it('counts a page without dates as not updated', () => {
    expect(judgeV2({ outcome: 'undated', newest: null, entrance: false }, '2015-12-01')).toBe('violated')
  })

  it('does not judge an entrance, whose columns would have to be read', () => {
    expect(judgeV2({ outcome: 'undated', newest: null, entrance: true }, '2015-12-01')).toBe('insufficient')
  })

  it('does not judge what could not be read, or was never seen', () => {
    expect(judgeV2({ outcome: 'unreadable', newest: null, entrance: false }, '2015-12-01')).toBe(
      'insufficient',
    )
    expect(judgeV2(null, '2015-12-01')).toBe('insufficient')
  })
})
