import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Browser, Locator, Page } from 'playwright-core'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

let browser: Browser
let page: Page
let complaints: string[]
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty')
  complaints = complaintsOf(page)
})
afterAll(() => browser?.close())

async function download(
  button: string,
  of = page,
  scope: Page | Locator = of,
): Promise<{ name: string; path: string }> {
  await scope.getByRole('button', { name: '导出', exact: true }).first().click()
  const [file] = await Promise.all([
    of.waitForEvent('download'),
    of.getByRole('button', { name: button }).click(),
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

describe('what an administrator keeps is taken along, too', () => {
  let admin: Page
  beforeAll(async () => {
    admin = await openAs(browser, inject('product'), 'admin')
  })
  const rowsOf = async (scope?: Locator): Promise<string[][]> =>
    parse(await readFile((await download('CSV', admin, scope)).path), { bom: true })
  const listed = async (path: string) =>
    (await (await admin.request.get(path)).json()) as { items: { id: number }[]; total: number }

  it('accounts, of the role that is chosen, and nothing that opens a door', async () => {
    await admin.goto('/users?role=district')
    await admin.getByRole('row').nth(1).waitFor()
    const [head, ...rows] = await rowsOf()
    const { total } = await listed('/api/accounts?role=district&limit=1')
    expect(rows).toHaveLength(total)
    expect(head).toEqual(expect.arrayContaining(['姓名', '用户名', '范围', '办公电话', '状态', '最近登录']))
    expect(rows.map((row) => row[head!.indexOf('用户名')])).toContain('tianhe')
    expect(head!.join()).not.toMatch(/密码摘要|令牌|hash/)
  })

  it('subscriptions, in the words of the page', async () => {
    await admin.goto('/notifications/subscriptions')
    await admin.getByRole('row').nth(1).waitFor()
    const [head, ...rows] = await rowsOf()
    expect(rows).toHaveLength((await admin.getByRole('row').count()) - 1)
    const cells = await admin.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
    expect(rows[0]![head!.indexOf('事件')]).toBe(cells[4]!.trim())
  })

  it('the inbox, to the last notice', async () => {
    await admin.goto('/notifications')
    await admin.getByRole('button', { name: '导出', exact: true }).waitFor()
    const [, ...rows] = await rowsOf()
    expect(rows).toHaveLength((await listed('/api/notifications/inbox?limit=1')).total)
  })

  it('who is shut out from signing in', async () => {
    for (let n = 0; n < 12; n++) {
      await admin.request.post('/api/session', { data: { username: 'nobody-here', password: `wrong-${n}` } })
    }
    await admin.goto('/users')
    const panel = admin.locator('section', { hasText: 'nobody-here' }).last()
    await panel.waitFor()
    const [head, ...rows] = await rowsOf(panel)
    expect(rows.map(([username]) => username)).toContain('nobody-here')
    expect(head).toHaveLength(4)
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
    '/notifications/subscriptions',
    '/notifications',
    '/users',
  ]
  const admin = await openAs(browser, inject('product'), 'admin')
  for (const address of lists) {
    await admin.goto(address)
    await admin.getByRole('button', { name: '导出', exact: true }).first().waitFor()
  }
})

it('what is published of the first night has how well was measured in it', async () => {
  const answer = await fetch(`${inject('product').origin}/public/data/latest/quality.json`)
  expect(answer.status).toBe(200)
  expect(JSON.stringify(await answer.json())).toMatch(/"rule":"\w+/)
})
