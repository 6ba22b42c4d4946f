import { describe, expect, test } from 'vitest'
import { leadsToReports, yearDue } from '../../../../server/monitor/inspections/marks/annual-report.ts'
import { words } from './annual-report.table.ts'

describe('the report of the work of a site', () => {
  test('has to be there from the day after 31 January on', () => {
    expect(
      ['2026-01-01', '2026-01-31', '2026-02-01', '2026-12-31'].map((day) => yearDue(day, '01-31')),
    ).toEqual([2024, 2024, 2025, 2025])
  })

  test('is looked for where a column is called so, then where it may stand', () => {
    const links = ['政府信息公开', '首页', '网站年度报表', '信息公开年报'].map((text) => ({
      text,
      url: text,
    }))
    expect(leadsToReports(links, words).map(({ text }) => text)).toEqual([
      '网站年度报表',
      '政府信息公开',
      '信息公开年报',
    ])
  })
})
