import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from './launch.ts'
import { complaintsOf, openAs } from './pages.ts'

let browser: Browser
let page: Page
let complaints: string[]
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty')
  complaints = complaintsOf(page)
})
afterAll(() => browser?.close())

async function download(button: string): Promise<{ name: string; path: string }> {
  await page.getByRole('button', { name: '导出', exact: true }).first().click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: file.suggestedFilename(), path: await file.path() }
}

async function totalOf(path: string): Promise<number> {
  const answer = (await (await page.request.get(path)).json()) as { total: number }
  return answer.total
}

describe('a list is taken along whole, as it stands on the page', () => {
  it.each([
    ['网站', '/sites', '/api/sites?limit=1', '网站标识码'],
    ['一个区的网站', '/sites?district=440106', '/api/sites?district=440106&limit=1', '网站标识码'],
    ['已恢复的告警', '/alerts?status=resolved', '/api/alerts?status=resolved&limit=1', '编号'],
    ['已办结的整改', '/rectifications?stage=closed', '/api/rectifications?stage=closed&limit=1', '编号'],
    ['未办结的整改', '/rectifications', '/api/rectifications?limit=1', '编号'],
  ])('%s', async (_, address, api, first) => {
    await page.goto(address)
    await page.getByRole('row').nth(2).waitFor()
    const csv = await download('CSV')
    expect(csv.name).toMatch(/^演示数据-.+-\d{4}-\d\d-\d\d\.csv$/)
    const rows: string[][] = parse(await readFile(csv.path), { bom: true })
    expect(rows[0]?.[0]).toBe(first)
    const total = await totalOf(api)
    // The monitor goes on meanwhile: an alert may have opened or closed between the two.
    expect(Math.abs(rows.length - 1 - total)).toBeLessThanOrEqual(2)
    expect(new Set(rows.slice(1).map(([id]) => id)).size, 'each once').toBe(rows.length - 1)

    const [sheet, about] = await readXlsxFile((await download('Excel')).path)
    expect(sheet!.data[0]).toEqual(rows[0])
    expect(Math.abs(sheet!.data.length - rows.length)).toBeLessThanOrEqual(2)
    expect(about!.sheet).toBe('说明')
    expect(about!.data).toContainEqual(['行数', String(sheet!.data.length - 1)])
    expect(complaints).toEqual([])
  })

  it('in a workbook numbers are numbers and instants are instants, of Shanghai', async () => {
    await page.goto('/rectifications?stage=closed')
    await page.getByRole('row').nth(2).waitFor()
    const [sheet] = await readXlsxFile((await download('Excel')).path)
    const [head, row] = sheet!.data
    const cell = (name: string) => row![head!.indexOf(name)]
    expect(cell('编号')).toBeTypeOf('number')
    const answer = await page.request.get(`/api/rectifications/${cell('编号')}`)
    const { raisedAt } = (await answer.json()) as { raisedAt: string }
    expect(
      Math.abs(new Date(cell('发起时间') as never).getTime() - 8 * 3_600_000 - Date.parse(raisedAt)),
    ).toBeLessThan(1000)
  })
})

it('every page that shows a list offers it', async () => {
  const lists = [
    '/',
    '/sites',
    '/alerts',
    '/rectifications',
    '/rectifications/offenders',
    '/audit',
    '/wall-links',
    '/notifications/deliveries',
  ]
  const admin = await openAs(browser, inject('product'), 'admin')
  for (const address of lists) {
    await admin.goto(address)
    await admin.getByRole('button', { name: '导出', exact: true }).first().waitFor()
  }
})
