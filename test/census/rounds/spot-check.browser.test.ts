import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../browser/launch.ts'
import { openAs } from '../../browser/pages.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { buildCity, type TestCity } from '../../support/registers/city.ts'

/* A spot check as the office plays it: planned, its list published, drawn, looked at by people twice, and closed. */

const SITES = 8
let browser: Browser
let city: TestCity
let product: Product
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

const as = (username: string): Promise<Page> =>
  openAs(browser, product, username, { width: 1366, height: 768 }, 'zh-CN', PASSWORD)
/** Presses a button of the page, then the one of the dialog that it opens. */
async function take(page: Page, step: string, fill: (dialog: ReturnType<Page['locator']>) => Promise<void>) {
  await page.getByRole('main').getByRole('button', { name: step, exact: true }).click()
  const dialog = page.locator('dialog[open]')
  await fill(dialog)
  await dialog.getByRole('button', { name: step, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
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
    await take(page, '提交', async () => {})
    await page.getByRole('button', { name: '提交', exact: true }).waitFor({ state: 'detached' })
  }
}

test('by those who do it: half of the sites drawn, each looked at, some twice, a difference settled, the round closed', async () => {
  const duty = await as('duty')
  await duty.goto('/rounds')
  await duty.getByRole('button', { name: '计划轮次' }).click()
  const plan = duty.locator('dialog[open]')
  await plan.getByLabel('抽取比例（%）').fill('50')
  await plan.getByLabel('盲审复核比例（%）').fill('50')
  await plan.getByRole('button', { name: '计划', exact: true }).click()
  await duty.waitForURL(/\/rounds\/\d+$/)

  await take(duty, '启动', async () => {})
  await duty.getByText('名单哈希（SHA-256）').waitFor()
  await take(duty, '抽取', (dialog) => dialog.getByLabel('种子').fill('上证 3123.45'))
  await expect.poll(() => duty.locator('tr', { hasText: '抽中' }).count()).toBeGreaterThanOrEqual(SITES / 2)
  await take(duty, '指派检查人', async (dialog) => {
    for (const name of ['陈浩', '何静']) {
      await dialog.getByRole('combobox').fill(name)
      await duty.getByRole('option', { name }).click()
    }
  })

  // The two of them see different numbers of errors, so a third has to settle what was looked at twice.
  const [colleague, vendor] = [await as('colleague'), await as('vendor')]
  const looked = [await lookAtAll(colleague, 0), await lookAtAll(vendor, 3)]
  expect(looked[0]! + looked[1]!, 'four looks and two second ones').toBe(6)

  await duty.reload()
  await duty.getByText('两次检查一致 0/2').waitFor()
  await take(duty, '指派检查人', async (dialog) => {
    await dialog.getByRole('combobox').fill('吴刚')
    await duty.getByRole('option', { name: '吴刚' }).click()
  })
  expect(await lookAtAll(await as('admin'), 1), 'what the two saw differently').toBe(2)

  await duty.reload()
  await take(duty, '结束', async () => {})
  await duty.getByText('已结束').first().waitFor()
  await expect.poll(() => duty.getByRole('button', { name: '指派检查人' }).count()).toBe(0)
}, 180_000)
