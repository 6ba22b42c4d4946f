import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ROLES } from '../../../shared/people/rights/rights-rules.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { complaintsOf, openAs, settle } from '../../browser/pages.ts'
import { until } from '../../support/until.ts'

/* Somebody sits before it for the first time: what is this, what do I do, what does this rule mean. */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const LAPTOP = { width: 1366, height: 768 }
const titleOf = (page: Page) => page.locator('main h1').innerText()

test('F1 opens the handbook of the own role from the list and from the wall; the top of the desk and the help lead there', async () => {
  const page = await openAs(browser, inject('product'), 'tianhe', LAPTOP)
  const complaints = complaintsOf(page)
  await page.goto('/alerts')
  await settle(page)
  await page.keyboard.press('F1')
  await page.waitForURL('**/handbook')
  await page.locator('.text h2').first().waitFor()
  expect(await titleOf(page)).toContain('区政务办')
  await page.goto('/wall')
  await settle(page)
  await page.keyboard.press('F1')
  await page.waitForURL('**/handbook')
  await page.goto('/')
  await settle(page)
  await page.keyboard.press('?')
  await page.locator('dialog[open]').getByText('F1').waitFor()
  await page.keyboard.press('F1')
  expect(new URL(page.url()).pathname, 'a dialog that is open keeps its keys').toBe('/')
  await page.keyboard.press('Escape')
  await page.locator('header a.handbook').click()
  await page.waitForURL('**/handbook')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('other handbooks are one press away, a chapter has an address, and a page that is named is a link', async () => {
  const page = await openAs(browser, inject('product'), 'unit', LAPTOP)
  await page.goto('/handbook')
  await page.locator('.text h2').first().waitFor()
  const mine = await titleOf(page)
  await page.getByRole('button', { name: '系统管理员' }).click()
  await page.waitForURL('**/handbook?of=admin')
  await page.waitForFunction((before) => document.querySelector('main h1')?.textContent !== before, mine)
  const last = page.locator('main nav a').last()
  const address = await last.getAttribute('href')
  await page.goto(`/handbook?of=admin${address}`)
  const chapter = page.locator('.text h2').last()
  await chapter.waitFor()
  await page.waitForFunction(() => scrollY > 0)
  const heights = await page
    .locator('.text img')
    .evaluateAll((all) => all.map((img) => img.getBoundingClientRect().height))
  expect(Math.min(...heights), 'pictures that are still to come have their room').toBeGreaterThan(150)
  await until(
    'the chapter is in sight',
    async () => ((await chapter.boundingBox())?.y ?? 9999) < LAPTOP.height,
  )
  await page.locator('.text a', { hasText: '总览' }).first().click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.context().close()
})

test.concurrent.each(['zh-CN', 'en'])(
  'on paper each handbook is two pages at most, without the desk around it: %s',
  async (locale) => {
    const page = await openAs(browser, inject('product'), 'viewer', LAPTOP, locale)
    for (const role of ROLES) {
      await page.goto(`/handbook?of=${role}&lang=${locale}`)
      await page.locator('.text h2').first().waitFor()
      await page
        .locator('.text img')
        .first()
        .evaluate((img: HTMLImageElement) => {
          img.loading = 'eager'
          return img.decode()
        })
      await settle(page)
      const pdf = (await page.pdf({ format: 'A4', margin: PAPER })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, role).toBeLessThanOrEqual(2)
    }
    await page.context().close()
  },
)
const PAPER = { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' }

test('the name of a rule says its wording, its limit and where it comes from, and leads to the whole text', async () => {
  const page = await openAs(browser, inject('product'), 'duty', LAPTOP)
  const { items } = await (await page.request.get('/api/sites?limit=1')).json()
  await page.goto(`/sites/${items[0].id}/sheet`)
  const name = page.getByRole('button', { name: /^V2 / })
  await name.click()
  const help = page.getByRole('dialog')
  await help.getByText('监测2周，首页栏目无信息更新的').waitFor()
  await help.getByText('即否决').waitFor()
  await page.keyboard.press('Escape')
  expect(await name.evaluate((button) => button === document.activeElement)).toBe(true)
  await name.press('Enter')
  await help.getByRole('link').click()
  await page.waitForURL('**/editions#V2')
  await page.locator('#V2').waitFor()
  await page.context().close()
})

test('an administrator of the demo is asked whether to look around, once for the installation, and keeps the first screen', async () => {
  const page = await openAs(browser, inject('product'), 'admin', LAPTOP)
  await page.request.post('/api/setup/demo', { data: { skipped: false } })
  await page.goto('/')
  await settle(page)
  const card = page.getByRole('region', { name: '这是演示' })
  await card.waitFor()
  expect((await card.boundingBox())?.height).toBeLessThan(100)
  const table = page.locator('main table').first()
  expect((await table.boundingBox())?.y, 'the districts are on the first screen').toBeLessThan(
    LAPTOP.height - 200,
  )
  await card.getByRole('button', { name: '先看看演示' }).click()
  await card.waitFor({ state: 'detached' })
  const duty = await openAs(browser, inject('product'), 'duty', LAPTOP)
  expect((await duty.request.get('/api/setup')).status()).toBe(403)
  await duty.goto('/')
  await settle(duty)
  expect(await duty.getByRole('region', { name: '这是演示' }).count()).toBe(0)
  await duty.context().close()
  await page.reload()
  await settle(page)
  expect(await card.count()).toBe(0)
  await page.request.post('/api/setup/demo', { data: { skipped: false } })
  await page.context().close()
})
