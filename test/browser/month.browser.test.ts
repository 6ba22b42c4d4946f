import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD } from '../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { buildCity, type TestCity } from '../support/registers/city.ts'
import { REGISTER_HEADER } from '../support/registers/registers.ts'
import { patient } from '../support/run/patience.ts'
import { launchBrowser } from './launch.ts'
import { complaintsOf, openAs } from './pages.ts'

/*
 * A working group's month as the roles play it that do it: the register is loaded, a unit signs its weekly self-check, a
 * district its half-monthly report, all sites are measured in depth, a spot check is drawn, looked at by people twice, and
 * closed. Each test is the next step.
 */

/** Sites that are there, and what the file brings besides. */
const SITES = 5
const UNIT = '天河区石牌街道办事处'
const BROUGHT = ['b1', 'b2', 'b3']
let browser: Browser
let city: TestCity
let product: Product
const complaints: string[][] = []
beforeAll(async () => {
  browser = await launchBrowser()
  const dataDir = temporaryFolder()
  city = await buildCity({ databaseUrl: undefined, dataDir }, SITES)
  const brought = BROUGHT.map((label) => `${label}.localhost=127.0.0.1`).join(',')
  product = await startProduct({ dataDir, env: { ...city.env, HOSTS: `${city.env.HOSTS},${brought}` } })
  await product.ready()
})
afterAll(async () => {
  await browser?.close()
  await stopProducts()
  await city?.close()
})

const windows = new Map<string, Page>()
/** The window of a person, one for all that they do. */
async function as(username: string): Promise<Page> {
  const known = windows.get(username)
  if (known) return known
  const page = await openAs(browser, product, username, { width: 1366, height: 768 }, 'zh-CN', PASSWORD)
  complaints.push(complaintsOf(page))
  windows.set(username, page)
  return page
}
const dialogOf = (page: Page) => page.locator('dialog[open]')
/** Presses a button of the page, then the one of the dialog that it opens. */
async function take(page: Page, step: string, fill: (dialog: ReturnType<Page['locator']>) => Promise<void>) {
  await page.getByRole('main').getByRole('button', { name: step, exact: true }).click()
  const dialog = dialogOf(page)
  await fill(dialog)
  await dialog.getByRole('button', { name: step, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}
const nothing = async () => {}
/** Plans a round of a kind and opens it; its page is in sight then. */
async function opened(
  page: Page,
  kind: string,
  fill: (dialog: ReturnType<Page['locator']>) => Promise<void>,
) {
  await page.goto('/rounds')
  await page.getByRole('button', { name: '计划轮次' }).click()
  const plan = dialogOf(page)
  await plan.getByLabel('种类').selectOption({ label: kind })
  await fill(plan)
  await plan.getByRole('button', { name: '计划', exact: true }).click()
  await page.waitForURL(/\/rounds\/\d+$/)
  await take(page, '启动', nothing)
}
/** Opens what waits for somebody to be filled in. */
async function fillIn(page: Page, kind: string): Promise<void> {
  await page.goto('/rounds')
  await page.getByRole('link', { name: new RegExp(`^${kind}：`) }).click()
  await page.waitForURL(/\/submissions\/\d+$/)
}
async function accept(page: Page, whose: string): Promise<void> {
  await page.getByRole('link', { name: whose, exact: true }).click()
  await page.waitForURL(/\/submissions\/\d+$/)
  await take(page, '接收', nothing)
  await page.getByText('已接收', { exact: true }).first().waitFor()
}
/** Looks at all that waits for somebody: nothing found, but for `wrong` of the first rule that persons count. */
async function lookAtAll(page: Page, wrong: number): Promise<number> {
  for (let done = 0; ; done += 1) {
    // What is still to be looked at may come after the rounds: that it is not there yet does not say that nothing is.
    const [mine] = await Promise.all([page.waitForResponse(/\/api\/reviews\?/), page.goto('/rounds')])
    if ((await mine.json()).items.length === 0) return done
    await page.locator('a[href^="/reviews/"]').first().click()
    await page.getByRole('button', { name: '其余已查，没有问题' }).click()
    if (wrong > 0)
      await page.locator('tr', { hasText: 'S4d' }).locator('input[type=number]').fill(String(wrong))
    await take(page, '提交', nothing)
    await page.getByRole('button', { name: '提交', exact: true }).waitFor({ state: 'detached' })
  }
}

test('the administrator loads the register: what is there stays the same, three sites of a unit come in', async () => {
  const admin = await as('admin')
  await admin.goto('/imports')
  const same = city.rows.map(({ code, name, url }) => [code, name, url, '天河区', '天河区政务服务中心'])
  const more = BROUGHT.map((label, n) => [
    ...[`440106900${n + 1}`, `石牌街第${n + 1}网站`, city.sites.url(label), '天河区', UNIT],
  ])
  const file = [REGISTER_HEADER, ...[...same, ...more].map((row) => row.join(','))].join('\r\n')
  const chosen = { name: '名录.csv', mimeType: 'text/csv', buffer: Buffer.from(file) }
  await admin.locator('input[type=file]').setInputFiles(chosen)
  await admin.getByRole('button', { name: '载入', exact: true }).click()
  await admin.getByText(/已载入：新增 3，/).waitFor()
})

test('the unit says what is so of each of its sites, and signs its weekly self-check', async () => {
  await opened(await as('duty'), '每周自查', nothing)
  const owner = await as('owner')
  await fillIn(owner, '每周自查')
  const right = owner.getByRole('button', { name: '情况属实' })
  await right.first().waitFor()
  expect(await right.count()).toBe(BROUGHT.length)
  for (const one of await right.all()) await one.click()
  await owner.getByLabel('签字').fill('张磊')
  await owner.getByRole('button', { name: '签字报送' }).click()
  await owner.getByText('张磊 于', { exact: false }).waitFor()
})

test('the district hands in its half-monthly report, and the working group accepts both', async () => {
  const duty = await as('duty')
  await duty.reload()
  await accept(duty, UNIT)
  await opened(duty, '半月报告', nothing)
  const tianhe = await as('tianhe')
  await fillIn(tianhe, '半月报告')
  await tianhe.getByText('应报自查').waitFor()
  await tianhe.getByLabel('自查整改说明').fill('本区自查已完成，未发现单项否决。')
  await tianhe.getByLabel('本期访问量').fill('12000')
  await tianhe.getByLabel('签字').fill('李晓燕')
  await tianhe.getByRole('button', { name: '签字报送' }).click()
  await tianhe.getByText('李晓燕 于', { exact: false }).waitFor()
  await duty.reload()
  await accept(duty, '天河区')
})

test('all sites are measured in depth, each gets its result, and what pages say of themselves is held against the register', async () => {
  const duty = await as('duty')
  await opened(duty, '深度监测', nothing)
  const state = duty.getByRole('main').locator('header').getByText('复核中')
  await expect
    .poll(
      async () => {
        await duty.reload()
        await duty.getByRole('row').first().waitFor()
        return state.count()
      },
      { timeout: patient(30_000), interval: 1_000 },
    )
    .toBeGreaterThan(0)
  // Those that came in have been read by now, and their pages name no code.
  const unnamed = duty.getByText('网站标识码：台账', { exact: false })
  await expect.poll(() => unnamed.count()).toBe(BROUGHT.length)
  await take(duty, '结束', nothing)
  await duty.getByText('已结束').first().waitFor()
})

test('where the register is wrong and the page is right, the page is taken at its word, for a reason', async () => {
  const duty = await as('duty')
  await duty.goto('/differences?check=name')
  const take = duty.getByRole('button', { name: /标题中的网站名称以网页为准/ })
  await take.first().waitFor()
  const before = await take.count()
  await take.first().click()
  const form = dialogOf(duty)
  expect(await form.getByLabel('修改原因').inputValue()).toBe('与首页核对后按网页更正（标题中的网站名称）')
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await form.waitFor({ state: 'hidden' })
  await expect.poll(() => take.count()).toBe(before - 1)
})

test('a spot check is drawn by a seed that came after its list, looked at twice, blind, settled and closed', async () => {
  const duty = await as('duty')
  await opened(duty, '抽查', async (plan) => {
    await plan.getByLabel('抽取比例（%）').fill('50')
    await plan.getByLabel('盲审复核比例（%）').fill('50')
  })
  await duty.getByText('名单哈希（SHA-256）').waitFor()
  await take(duty, '抽取', (dialog) => dialog.getByLabel('种子').fill('上证 3123.45'))
  await expect.poll(() => duty.locator('tr', { hasText: '抽中' }).count()).toBeGreaterThanOrEqual(4)
  await take(duty, '指派检查人', async (dialog) => {
    for (const name of ['陈浩', '何静']) {
      await dialog.getByRole('combobox').fill(name)
      await duty.getByRole('option', { name }).click()
    }
  })
  // The two of them see different numbers of errors, so a third has to settle what was looked at twice.
  const [colleague, vendor] = [await as('colleague'), await as('vendor')]
  const looked = [await lookAtAll(colleague, 0), await lookAtAll(vendor, 60)]
  expect(looked[0]! + looked[1]!, 'four looks and two second ones').toBe(6)

  await duty.reload()
  await duty.getByText('两次检查一致 0/2').waitFor()
  await take(duty, '指派检查人', async (dialog) => {
    await dialog.getByRole('combobox').fill('吴刚')
    await duty.getByRole('option', { name: '吴刚' }).click()
  })
  expect(await lookAtAll(await as('admin'), 1), 'what the two saw differently').toBe(2)

  await duty.reload()
  await take(duty, '结束', nothing)
  await duty.getByText('已结束').first().waitFor()
  await expect.poll(() => duty.getByRole('button', { name: '指派检查人' }).count()).toBe(0)
})

test('nothing broke in any of the windows', () => {
  expect(complaints.flat()).toEqual([])
})
