import { describe, expect, test } from 'vitest'
import {
  annualReport,
  leadsToReports,
  yearDue,
} from '../../../../server/monitor/inspections/marks/annual-report.ts'
import type { Tools } from '../../../../server/monitor/inspections/rule.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Visit } from '../../../../server/monitor/visit/visit.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { SITE } from '../pages.ts'
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

/** What is said of a site with these columns, each as it came when it was asked for. */
function measured(...columns: readonly Visit[]) {
  const links = columns.map((_, n) => ({ text: '网站年度报表', url: `${SITE.url}${n}/` }))
  const tools = {
    limits: inspectionRule('mark-annual-report')?.limits ?? {},
    isSpent: false,
    signal: new AbortController().signal,
    pages: [{ url: SITE.url, title: SITE.name }],
    visit: async ({ url }: { url: string }) => columns[links.findIndex((link) => link.url === url)],
    kept: { links: async () => ({ links, isCut: false }) },
  } as unknown as Tools
  return annualReport.measure(SITE, tools)
}
const failed = (cause: Cause, change: Partial<Visit['result']> = {}): Visit => {
  const visit = failedVisit(cause)
  return { ...visit, result: { ...visit.result, ...change } }
}
const came = (title: string): Visit => ({
  ...failed('timeout', { outcome: 'ok', cause: null, status: 200 }),
  body: Buffer.from(`<a href="/1.html">${title}</a>`),
  headers: { 'content-type': 'text/html; charset=utf-8' },
})
const OLD = came('2024年政府网站工作年度报表')
const MISSING = { outcome: 'found', problems: [{ key: '2025' }] }

describe('a report behind a column', () => {
  test('is missing where the site itself says that there is none, be it with an error', async () => {
    expect(await measured(OLD)).toMatchObject(MISSING)
    expect(await measured(failed('http_4xx', { status: 404 }), OLD)).toMatchObject(MISSING)
    expect(await measured(failed('http_5xx', { status: 500 }))).toMatchObject(MISSING)
  })

  test('is not said to be missing where a column could not be seen this once', async () => {
    const notOpened = { outcome: 'unmeasured', reason: 'notOpened' }
    for (const cause of ['timeout', 'reset', 'refused', 'dns_failed', 'monitor_error'] as const) {
      expect(await measured(failed(cause)), cause).toEqual(notOpened)
      expect(await measured(OLD, failed(cause), OLD), cause).toEqual(notOpened)
    }
    for (const status of [403, 429]) expect(await measured(failed('http_4xx', { status }))).toEqual(notOpened)
    const blocked = failed('timeout', { outcome: 'blocked', cause: null, status: 403 })
    expect(await measured(blocked, OLD)).toEqual({ outcome: 'unmeasured', reason: 'blocked' })
  })

  test('is there where another column has it, whatever could not be seen', async () => {
    expect(await measured(failed('timeout'), came('2025年政府网站工作年度报表'))).toEqual({
      outcome: 'clear',
    })
  })
})
