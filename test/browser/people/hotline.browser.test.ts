import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDay, monthBefore, monthOf } from '../../../shared/base/time.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { buildCity, type TestCity } from '../../support/registers/city.ts'
import { status } from '../../support/registers/sites.ts'
import { patient } from '../../support/run/patience.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

/*
 * A month of the citizens' hotline as those play it who run it: letters come by a sheet, are given to departments, given back,
 * extended, answered, looked through and rated; one is about a site that is down; the month is published, and read by somebody
 * without a sign-in and without script. Each test is the next step.
 */

const UNIT = '天河区石牌街道办事处'
const WRONG = '天河区政务服务中心'
const SITES = 3
/** Letters that came then fall due in the month before this one, whatever holidays lie between. */
const month = monthBefore(monthOf(localDay(Date.now())))
const receivedOn = addDays(`${month}-01`, -3)
let browser: Browser
let city: TestCity
let product: Product
const complaints: string[][] = []
beforeAll(async () => {
  browser = await launchBrowser()
  const dataDir = temporaryFolder()
  city = await buildCity({ databaseUrl: undefined, dataDir }, SITES)
  product = await startProduct({ dataDir, env: city.env })
  await product.ready()
})
afterAll(async () => {
  await browser?.close()
  await stopProducts()
  await city?.close()
})

const windows = new Map<string, Page>()
async function as(username: string): Promise<Page> {
  const known = windows.get(username)
  if (known) return known
  const page = await openAs(browser, product, username, { width: 1366, height: 768 }, 'zh-CN', PASSWORD)
  complaints.push(complaintsOf(page))
  windows.set(username, page)
  return page
}
type Dialog = ReturnType<Page['locator']>
/** Opens a letter by its title and takes a step with it. */
async function take(
  username: string,
  title: string,
  step: string,
  fill: (dialog: Dialog, page: Page) => Promise<void>,
) {
  const page = await as(username)
  await page.goto('/letters?show=all')
  await page.getByRole('link', { name: title }).first().click()
  await page.getByRole('main').getByRole('button', { name: step, exact: true }).click()
  const dialog = page.locator('dialog[open]')
  await fill(dialog, page)
  await dialog.getByRole('button', { name: step, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}
/** Types the whole name, and takes the one that is offered. */
const choose = (name: string) => async (dialog: Dialog, page: Page) => {
  await dialog.locator('input[role=combobox]').fill(name)
  await page.getByRole('option', { name }).first().click()
}
const say = (label: string, text: string) => (dialog: Dialog) => dialog.getByLabel(label).fill(text)
const nothing = async () => {}
const [LAMP, SITE] = ['路灯连日不亮', '网站打不开']

test('letters come in by a sheet, as an office has it', async () => {
  const duty = await as('duty')
  await duty.goto('/letters')
  await duty.getByRole('button', { name: '批量导入' }).click()
  const rows = [
    ['类型', '收到日期', '标题', '内容', '姓名', '电话'],
    ['问题咨询', receivedOn, LAMP, '路灯不亮，请联系 13800138000', '陈先生', '13800138000'],
    ['问题咨询', receivedOn, SITE, '中心的网站打不开', '', ''],
  ]
  const buffer = Buffer.from(rows.map((row) => row.join(',')).join('\r\n'))
  const dialog = duty.locator('dialog[open]')
  await dialog.locator('input[type=file]').setInputFiles({ name: '来信.csv', mimeType: 'text/csv', buffer })
  await dialog.getByRole('button', { name: /^导入/ }).click()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await duty.getByRole('link', { name: LAMP }).waitFor()
})

test('the one about a site goes with it, which is down by then', async () => {
  city.sites.set('s1', status(503))
  const name = city.rows[0]?.name ?? ''
  await take('duty', SITE, '关联网站', async (dialog, page) => {
    await choose(name)(dialog, page)
    await dialog.locator('select').selectOption('dead')
  })
  await take('duty', SITE, '分办', choose(UNIT))
})

test('a letter that was given to the wrong department comes back, and is given to the right one', async () => {
  await take('duty', LAMP, '分办', choose(WRONG))
  await take('duty', LAMP, '转办', choose(UNIT))
  await take('owner', LAMP, '不属本单位', say('理由、意见', '路灯由本街道以外的单位管理'))
  await take('duty', LAMP, '分办', choose(UNIT))
})

test('its department asks for more time, which another gives', async () => {
  await take('owner', LAMP, '申请延期', say('理由、意见', '需要更换线缆'))
  await take('duty', LAMP, '批准延期', say('理由、意见', '同意'))
})

test('the department answers, another person approves, and the citizen says how satisfied they are', async () => {
  await take('owner', LAMP, '答复', (dialog) => dialog.locator('textarea').fill('已更换线缆，路灯恢复照明。'))
  await take('duty', LAMP, '审定答复', nothing)
  await take('duty', LAMP, '登记满意度', nothing)
  await take('duty', LAMP, '公开', nothing)
})

test('the answer about the site says when the monitor saw it mended', async () => {
  const duty = await as('duty')
  const down = async () =>
    (await (await duty.request.get(`/api/alerts?siteId=${city.rows[0]?.id}&rule=DOWN`)).json()).items[0]
  await expect.poll(down, { timeout: patient(40_000) }).toBeTruthy()
  const { id } = await down()
  city.sites.set('s1')
  const state = async () => (await (await duty.request.get(`/api/alerts/${id}`)).json()).status
  await expect.poll(state, { timeout: patient(40_000) }).toBe('resolved')
  await take('owner', SITE, '答复', async (dialog) => {
    expect(await dialog.locator('textarea').inputValue()).toMatch(/监测.*恢复/)
  })
  await take('duty', SITE, '审定答复', nothing)
})

test('the month is fixed and published', async () => {
  const duty = await as('duty')
  await duty.goto(`/letters/ranking?month=${month}`)
  await duty.getByRole('button', { name: /发布/ }).click()
  await duty.getByRole('link', { name: '公开页面' }).waitFor()
})

test('everybody reads it without a sign-in and without script, and the letter that is published', async () => {
  const context = await browser.newContext({
    baseURL: product.origin,
    javaScriptEnabled: false,
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  await page.goto(`/public/hotline?month=${month}`)
  await page.getByRole('link', { name: UNIT, exact: true }).waitFor()
  await page.getByRole('link', { name: '公开的来信与答复' }).click()
  await page.getByRole('link', { name: LAMP }).click()
  await page.getByText('已更换线缆，路灯恢复照明。').waitFor()
  expect(await page.content()).not.toMatch(/13800138000|陈先生/)
  await context.close()
})

test('nothing broke in any of the windows', () => {
  expect(complaints.flat()).toEqual([])
})
