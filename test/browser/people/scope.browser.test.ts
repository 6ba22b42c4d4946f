import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Site } from '../../../shared/register/sites/sites.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

test('the district office of Tianhe sees its 65 sites and nobody else’s', async () => {
  const product = inject('product')
  const page = await openAs(browser, product, 'tianhe')
  const complaints = complaintsOf(page)
  await page.goto('/sites')
  await page.getByRole('row').filter({ hasText: '天河区' }).first().waitFor()
  const answer = await page.request.get('/api/sites?limit=1000')
  const { items, total } = (await answer.json()) as { items: Site[]; total: number }
  expect(total).toBe(65)
  expect(new Set(items.map((site) => site.district))).toEqual(new Set(['440106']))
  const rows = (await page.locator('tbody tr').allTextContents()).filter(Boolean)
  expect(rows.length).toBeGreaterThan(10)
  for (const row of rows) expect(row).toContain('天河区')
  expect(complaints).toEqual([])
})

test('an address of a site of Haizhu looks to Tianhe like one that does not exist', async () => {
  const product = inject('product')
  const duty = await openAs(browser, product, 'duty')
  const answer = await duty.request.get('/api/sites?district=440105&limit=1')
  const { items } = (await answer.json()) as { items: Site[] }
  const tianhe = await openAs(browser, product, 'tianhe')
  expect((await tianhe.request.get(`/api/sites/${items[0]!.id}`)).status()).toBe(404)
  await tianhe.goto(`/sites/${items[0]!.id}`)
  await tianhe
    .getByText(/没有这个网站|不在您的管理范围/)
    .first()
    .waitFor()
  expect(await tianhe.locator('main').textContent()).not.toContain(items[0]!.name)
})

test('who only looks on is offered nothing to press', async () => {
  const page = await openAs(browser, inject('product'), 'viewer')
  await page.goto('/alerts')
  await page.getByRole('heading', { name: '告警', level: 1 }).waitFor()
  for (const name of ['确认', '交办', '静默', '解除']) {
    expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
  }
  expect(await page.getByRole('link', { name: '演示故障' }).count()).toBe(0)
  expect(await page.getByRole('link', { name: '操作记录' }).count()).toBe(0)
  for (const path of ['/users', '/calendar', '/wall-links', '/audit', '/aside', '/fleet']) {
    await page.goto(path)
    await page.getByText('您的账号无权打开').waitFor()
    expect(await page.getByRole('main').getByRole('button').count(), path).toBe(0)
  }
})
