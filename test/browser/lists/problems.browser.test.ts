import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

/* What machines have found, as somebody says a word on it without the mouse, and as the owner of sites sees it. */

let browser: Browser
let page: Page
let complaints: string[]
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty')
  complaints = complaintsOf(page)
  await until('the demo has its problems', async () => (await countOf('waiting')) > 10, 60_000)
})
afterAll(() => browser?.close())

async function countOf(list: string): Promise<number> {
  const answer = await page.request.get(`/api/inspections/problems?state=${list}&limit=1`)
  return ((await answer.json()) as { total: number }).total
}
const rows = () => page.locator('tr[data-row]:not(.group)')

test('a heap of one source is confirmed at once, and the keys go on with the next', async () => {
  await page.goto('/inspections')
  await rows().first().waitFor()
  const before = await countOf('waiting')
  for (const key of ['j', 'j', 'a']) await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  const n = Number(/\d+/.exec(await dialog.getByRole('heading').innerText())?.[0])
  await dialog.getByRole('button', { name: '确认', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await countOf('waiting')).toBe(before - n)
  await page.locator('tr.cursor').waitFor()
})

test('one by one: opened it says why and what to do, and is dismissed for a reason', async () => {
  await page.goto('/inspections?show=list')
  await rows().first().waitFor()
  const before = await countOf('refused')
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key)
  for (const term of ['影响', '怎么改', '位置', '截图', '依据'])
    await page.locator('tr.cursor dt', { hasText: term }).waitFor()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('button', { name: '排除', exact: true }).isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('外部系统的页面')
  await dialog.getByRole('button', { name: '排除', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await countOf('refused')).toBe(before + 1)
  expect(complaints).toEqual([])
})

test('the owner of sites finds what is to be mended, and no list of what nobody has looked at', async () => {
  const own = await openAs(browser, inject('product'), 'unit')
  await own.goto('/inspections')
  const lists = own.getByRole('group', { name: '状态' })
  await lists.waitFor()
  expect((await lists.getByRole('button').allInnerTexts()).map((text) => text.replace(/\d+/, ''))).toEqual([
    '待整改',
    '已消失',
  ])
  await own.goto('/inspections/sheet')
  await own.getByRole('heading', { name: '网站检查发现问题清单' }).waitFor()
  await own.context().close()
})
