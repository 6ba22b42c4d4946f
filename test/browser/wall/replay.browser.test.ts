import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { HOUR } from '../../../shared/base/time.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import type { Beginning, Beginnings } from '../../../shared/city/replay.ts'
import type { SiteHistory } from '../../../shared/monitor/standing/standing.ts'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

/* Somebody is sent the link of a moment: the one before a site of the demo's past went down. */

let browser: Browser
let page: Page
let outage: Beginning
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty', { width: 1920, height: 1080 })
  complaints = complaintsOf(page)
  const [from, to] = [12, 6].map((hours) => new Date(Date.now() - hours * HOUR).toISOString())
  const answer = await page.request.get(`/api/city/beginnings?from=${from}&to=${to}`)
  const { items } = (await answer.json()) as Beginnings
  // One that went down from well: a site long gone has an alert like it, and another colour before and after.
  for (const one of items) {
    if (one.rule !== 'DOWN' || one.siteId === null) continue
    const history = await page.request.get(
      `/api/sites/${one.siteId}/history?from=${msBefore(one.at)}&to=${one.at}`,
    )
    const { changes } = (await history.json()) as SiteHistory
    if (changes.map(({ state }) => state === 'down').join() !== 'false,true') continue
    outage = one
    break
  }
  if (!outage) throw new Error('the past of the demo has no outage')
})
afterAll(() => browser?.close())

const shown = () => new URL(page.url()).searchParams.get('at')
const showsInstant = (at: string) => until(`the address is that of ${at}`, () => shown() === at)
const tile = (state: string) => page.locator(`[data-site="${outage.siteId}"].${state}`)
const change = () => page.locator('.changes li.here', { hasText: outage.subject ?? '' })
const msBefore = (at: string) => new Date(Date.parse(at) - 1).toISOString()

test('a shared link shows its instant, and says that it is not now', async () => {
  await page.goto(`/replay?at=${msBefore(outage.at)}`)
  await page.getByText('不是实时画面').waitFor()
  await page.getByRole('heading', { name: '回放' }).waitFor()
  await page.locator('[data-site]').first().waitFor()
  await showsInstant(msBefore(outage.at))
  expect(await page.locator('[data-site]').count()).toBe(640)
  expect(await tile('down').count()).toBe(0)
  expect(await change().count()).toBe(0)
})

test('one step on, the site is down on its tile and in the list of changes; one back, it is not', async () => {
  await page.keyboard.press('ArrowRight')
  await tile('down').waitFor()
  await showsInstant(outage.at)
  await change().filter({ hasText: '打不开' }).first().waitFor()
  await page.keyboard.press('ArrowLeft')
  await tile('down').waitFor({ state: 'detached' })
  await until('an earlier instant is shown', () => Date.parse(shown() ?? '') < Date.parse(outage.at))
})

test('the space bar plays past the outage and stops', async () => {
  await page.getByRole('button', { name: '600×', exact: true }).click()
  // The space bar is the button's as long as that has the focus.
  await page.getByText('不是实时画面').click()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: '暂停' }).waitFor()
  await tile('down').waitFor()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: '播放' }).waitFor()
  await until('the address is where it stopped', () => Date.parse(shown() ?? '') >= Date.parse(outage.at))
  expect(complaints).toEqual([])
})

test('the wall of a district leads to its own past, one steps through that, and from there up to the whole and back to now', async () => {
  await page.goto(`/wall/440106?at=${outage.at}`)
  await page.waitForURL(/\/replay\/440106\?/)
  await page.locator('[data-site]').first().waitFor()
  const own = await page.locator('[data-site]').count()
  expect(own).toBeLessThan(640)
  await page.locator('header .area', { hasText: '天河区' }).waitFor()
  const facts = await page.request.get(`/api/city/at?at=${outage.at}&under=440106`)
  const { recent, sites } = (await facts.json()) as Snapshot
  expect(sites).toHaveLength(own)
  const last = recent.map(({ at }) => at).findLast((at) => at < outage.at) ?? ''
  await page.keyboard.press('ArrowLeft')
  await showsInstant(last)
  expect(await page.locator('[data-site]').count()).toBe(own)
  expect(await page.getByRole('link', { name: '回到实时' }).getAttribute('href')).toBe('/wall/440106')
  await page.locator('header').getByRole('link', { name: '广州市' }).click()
  await until('all of the city is shown', async () => (await page.locator('[data-site]').count()) === 640)
  expect(new URL(page.url()).pathname).toBe('/replay')
  await showsInstant(last)
  expect(complaints).toEqual([])
})

test('whoever is signed out is shown nothing more, not even the past; a server that says nothing forgets nobody', async () => {
  await page.goto(`/replay?at=${outage.at}`)
  await page.locator('[data-site]').first().waitFor()
  let isSilent = true
  let asked = 0
  await page.route('**/api/session', (route) => {
    if (route.request().method() !== 'GET' || !isSilent) return route.continue()
    asked += 1
    return route.abort()
  })
  await page.request.delete('/api/session')
  await until('who we are is asked, and asked again', () => asked >= 2)
  expect(await page.locator('[data-site]').count()).toBe(640)
  isSilent = false
  await page.waitForURL(/\/sign-in\?next=/, { timeout: patient(60_000) })
  expect(new URL(page.url()).searchParams.get('next')).toContain('/replay?at=')
  expect(await page.locator('[data-site]').count()).toBe(0)
})
