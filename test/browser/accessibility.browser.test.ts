import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { complaintsOf, openAs, PAGES, settle } from './pages.ts'

let browser: Browser
let page: Page
let complaints: string[]
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty')
  complaints = complaintsOf(page)
})
afterAll(() => browser?.close())

/** What keeps people out, as "rule: how many, first element". */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} ×, ${nodes[0]?.html.slice(0, 160)}`)
}

describe('nothing serious keeps anybody out', () => {
  test.each(PAGES)('$name', async (target) => {
    await page.goto(await target.path(page))
    await settle(page)
    expect(await violations()).toEqual([])
  })

  test('in the light theme as in the dark one', async () => {
    await page.goto('/')
    await settle(page)
    await page.getByRole('button', { name: /^(深色|浅色)$/ }).click()
    await settle(page)
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: /^(深色|浅色)$/ }).click()
  })

  test('and no page complained', () => {
    expect(complaints).toEqual([])
  })
})
