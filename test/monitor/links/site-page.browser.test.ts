import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../../browser/launch.ts'
import { complaintsOf, openAs } from '../../browser/pages.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A site that links to a subject that is gone, by its own home page. */
async function siteWithDeadLinks(page: Awaited<ReturnType<typeof openAs>>): Promise<number> {
  const answer = await page.request.get('/api/sites?limit=1000&state=healthy')
  const { items } = (await answer.json()) as { items: { id: number }[] }
  return until(
    'a site with dead links has been kept',
    async () => {
      for (const { id } of items.slice(0, 120)) {
        const kept = (await (await page.request.get(`/api/sites/${id}/evidence`)).json()) as { id: number }[]
        if (!kept[0]) continue
        const html = await (await page.request.get(`/api/evidence/${kept[0].id}/page`)).text()
        if (html.includes('/zt/closed-1.html')) return id
      }
      return null
    },
    90_000,
  )
}

test('a duty officer has a site scanned, stops it, resumes it, and opens the page that its verdict rests on', {
  timeout: patient(300_000),
}, async () => {
  const page = await openAs(browser, inject('product'), 'duty', { width: 1600, height: 1200 })
  const complaints = complaintsOf(page)
  const id = await siteWithDeadLinks(page)
  await page.goto(`/sites/${id}`)
  await page.getByRole('tab', { name: '链接' }).click()
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: '链接检查' }) })
  await panel.getByRole('button', { name: '设置' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/层次/).fill('1')
  await dialog.getByLabel(/页面上限/).fill('3')
  await dialog.getByLabel(/间隔/).fill('100')
  await dialog.getByRole('button', { name: '开始检查' }).click()
  await panel.getByText('检查中').waitFor()
  await panel.getByRole('button', { name: '停止' }).click()
  await panel.getByText('已停止').waitFor()
  await panel.getByRole('button', { name: '继续' }).click()
  // To the end it takes minutes, as a dead link is looked at again a minute later: see worker.db.test.ts.
  await panel.getByText(/已访问 [1-9]\d* 个链接/).waitFor({ timeout: patient(60_000) })
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/site.png`, fullPage: true })

  await page.getByRole('tab', { name: '更新' }).click()
  await page.getByRole('link', { name: '查看当时的页面' }).first().click()
  const mark = page.frameLocator('iframe').locator('#siteward-evidence')
  await mark.waitFor()
  expect(await mark.innerText()).toMatch(/\d/)
  await page
    .getByText(/首页最新信息是 \d{4}-\d{2}-\d{2}/)
    .first()
    .waitFor()
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/evidence.png`, fullPage: true })
  expect(complaints).toEqual([])
})
