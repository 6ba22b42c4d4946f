import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import type { Beginnings } from '../../../shared/city/replay.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs, settle } from '../pages.ts'

/* The head of the working group asks in the morning how the city stood at three: every screen answers as of then. */

let browser: Browser
let page: Page
let complaints: string[]
/** A minute after a site went down yesterday. */
let at: string
let siteId: number
let alertId: number
let then: Snapshot

beforeAll(async () => {
  browser = await launchBrowser()
  page = await openAs(browser, inject('product'), 'duty', { width: 1366, height: 768 })
  complaints = complaintsOf(page)
  const [from, to] = [DAY, 8 * HOUR].map((ago) => new Date(Date.now() - ago).toISOString())
  const answer = await page.request.get(`/api/city/beginnings?from=${from}&to=${to}`)
  const { items } = (await answer.json()) as Beginnings
  const outage = items.find((one) => one.rule === 'DOWN' && one.siteId !== null)
  if (!outage?.siteId) throw new Error('the past of the demo has no outage')
  siteId = outage.siteId
  alertId = outage.alertId
  at = outage.at
  then = (await (await page.request.get(`/api/city/at?at=${at}`)).json()) as Snapshot
})
afterAll(() => browser?.close())

const frame = () => page.getByTestId('past')
const instant = () => new URL(page.url()).searchParams.get('at')

test('the overview stands as of then, framed, and says that it is not now', async () => {
  await page.goto(`/?at=${at}`)
  await frame().getByText('不是实时画面').waitFor()
  await frame().locator('.counts').waitFor()
  const all = await frame().locator('.counts .total b').innerText()
  expect(Number(all)).toBe(then.sites.length)
  const border = await frame().evaluate((one) => getComputedStyle(one).borderLeftColor)
  expect(border).toBe('rgb(239, 203, 63)')
  expect(await page.getByText('接班签收').count(), 'nothing of now is in it').toBe(0)
  expect(instant()).toBe(at)
})

test('links lead on within the past: the alerts of then, in their order, and a site as it stood', async () => {
  const link = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /^告警 ?\d*$/ })
  expect(await link.getAttribute('href'), 'its address can be copied').toContain('at=')
  await link.click()
  await frame().locator('tbody tr').first().waitFor()
  expect(instant()).toBe(at)
  const site = frame().locator(`tbody a[href*="/sites/${siteId}?"]`).first()
  await site.waitFor()
  const name = await site.innerText()
  await site.click()
  await page.waitForURL(`**/sites/${siteId}?*`)
  await frame().getByRole('heading', { level: 1, name }).waitFor()
  await frame().locator('.state.down, .state.dead').waitFor()
  await frame().getByText('当时的告警').waitFor()
  await frame().getByText('打不开').first().waitFor()
  const times = await frame()
    .locator('ol time[datetime]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))
  expect(times.filter((one) => one > at)).toEqual([])
})

test('an alert stands as it was then, with what had been done by then; before it began there was none', async () => {
  await frame().locator(`.parts a[href*="/alerts/${alertId}?"]`).first().click()
  await page.waitForURL(`**/alerts/${alertId}?*`)
  expect(instant()).toBe(at)
  await frame().getByText('谁在办').waitFor()
  await frame().getByText('此前的变化').waitFor()
  expect(await frame().locator('.page button:not(.rule)').count(), 'nothing is done to it').toBe(0)
  const before = new Date(Date.parse(at) - HOUR).toISOString()
  await page.goto(`/alerts/${alertId}?at=${before}`)
  await frame().getByText('当时还没有这条告警').waitFor()
})

test('a rectification stands in the stage that it had then', async () => {
  const fix = then.rectifications[0]
  if (!fix) throw new Error('nothing was being mended then')
  await page.goto(`/rectifications/${fix.id}?at=${at}`)
  await frame().getByRole('heading', { level: 1, name: fix.siteName }).waitFor()
  // A mark may stand before its name.
  const stage = (await frame().locator('.stages [aria-current=step]').innerText()).split('\n').at(-1) ?? ''
  await frame().locator('h1 ~ *, header').getByText(stage, { exact: true }).first().waitFor()
  await frame().getByText('此前的变化').waitFor()
  await page.goto(`/sites/${siteId}?at=${at}`)
  await frame().getByText('当时的告警').waitFor()
})

test('one step on is another instant, in the address too; nothing can be done there but a note', async () => {
  await page.keyboard.press('ArrowRight')
  await until('a later instant', () => (instant() ?? '') > at)
  const acting = await frame().locator('.page button:not([aria-disabled]):not(.rule)').allInnerTexts()
  expect(acting.filter((text) => /确认|指派|静默|整改|巡检/.test(text))).toEqual([])
  await frame().getByRole('button', { name: '记一笔' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('回看时发现的情况')
  await dialog.getByRole('button', { name: '附上当前画面' }).click()
  await dialog.getByRole('img', { name: '画面' }).waitFor()
  const shown = instant()
  const [request] = await Promise.all([
    page.waitForRequest('**/api/notes'),
    dialog.getByRole('button', { name: '写入日志' }).click(),
  ])
  expect(request.postDataJSON()).toMatchObject({ moment: shown, picture: expect.any(Number) })
  await dialog.waitFor({ state: 'detached' })
})

test('back to now, and back again by the browser; a page without a past says that it shows now', async () => {
  await frame().getByRole('link', { name: '回到实时' }).click()
  await frame().waitFor({ state: 'detached' })
  expect(instant()).toBe(null)
  await page.getByText('实时').first().waitFor()
  await page.goBack()
  await frame().waitFor()
  await page.goto(`/?at=${at}`)
  await frame().locator('.counts').waitFor()
  await page.getByRole('link', { name: '值班', exact: true }).first().click()
  await page.waitForURL('**/duty')
  await page.getByText('这一页没有历史画面').waitFor()
  expect(await frame().count()).toBe(0)
})

test('the wall of then is the replay, and the desk is reached from it as of then', async () => {
  await page.goto(`/wall?at=${at}`)
  await page.waitForURL('**/replay?*')
  await page.getByTestId('replay').getByRole('link', { name: '回到工作台' }).click()
  await frame().locator('.counts').waitFor()
  expect(instant()).toBe(at)
})

test('who leaves while the past is still being read is not called back when it is there', async () => {
  const slowly = (ms: number) => async (route: Route) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    await route.continue()
  }
  await page.route('**/api/city/at?*', slowly(700))
  await page.route('**/assets/*', slowly(1_500))
  await page.goto(`/replay?at=${at}`)
  await page.getByTestId('replay').getByRole('link', { name: '回到工作台' }).click()
  await frame().locator('.counts').waitFor()
  await page.unroute('**/api/city/at?*')
  await page.unroute('**/assets/*')
})

/** From now on the page's own time, by which it draws what it plays, runs so many times as fast as that of the day. */
const hasten = (times: number) =>
  page.evaluate((times) => {
    const { performance, requestAnimationFrame: draw } = window
    const [real, begun] = [performance.now.bind(performance), performance.now()]
    const hastened = (ms: number) => begun + (ms - begun) * times
    performance.now = () => hastened(real())
    window.requestAnimationFrame = (callback) => draw((ms) => callback(hastened(ms)))
  }, times)
/** A moment of a play: for how many ms of the page's own time it has gone on, and the instant that is shown then. */
interface Moment {
  readonly ms: number
  readonly at: number
}
/**
 * The moments of what is played from now on, frame by frame, the last when it is over. While it stands, as what comes next
 * has not been fetched yet, which takes a busy machine its time, it does not go on.
 */
const played = () =>
  page.evaluate(
    () =>
      new Promise<Moment[]>((resolve) => {
        const moments: Moment[] = []
        let beforeMs = performance.now()
        const look = () => {
          const tookMs = performance.now() - beforeMs
          beforeMs += tookMs
          const buttons = [...document.querySelectorAll('button')]
          const isPlaying = buttons.some(({ textContent }) => textContent?.trim() === '暂停')
          const said = document.querySelector('[role=timer]')?.textContent?.trim().slice(0, 19) ?? ''
          const at = Date.parse(`${said.replace(' ', 'T')}+08:00`)
          const last = moments.at(-1)
          if (last) moments.push({ ms: last.ms + (at > last.at ? tookMs : 0), at })
          else if (isPlaying) moments.push({ ms: 0, at })
          if (last && !isPlaying) resolve(moments)
          else requestAnimationFrame(look)
        }
        look()
      }),
  )

test('last night plays in half a minute, from ten in the evening to eight in the morning or now', async () => {
  await hasten(10)
  const [moments] = await Promise.all([played(), frame().getByRole('button', { name: '昨夜' }).click()])
  const [first, last] = [moments[0]!, moments.at(-1)!]
  expect(last.ms / 1000).toBeGreaterThan(25)
  expect(last.ms / 1000).toBeLessThan(90)
  // Evenly: neither half of the night leaps, nor takes all the time.
  const middle = moments.find(({ at }) => at >= (first.at + last.at) / 2)!
  const steady = (last.at - first.at) / 30_000
  for (const [from, to] of [
    [first, middle],
    [middle, last],
  ] as const) {
    const pace = (to.at - from.at) / (to.ms - from.ms)
    expect(pace / steady).toBeGreaterThan(1 / 4)
    expect(pace / steady).toBeLessThan(1.4)
  }
  await frame().getByRole('button', { name: '播放' }).waitFor()
  await until('the address says its end', () => instant() !== at)
  const end = new Date(instant() ?? '')
  const wall = new Date(end.getTime() + 8 * HOUR)
  const isMorning = wall.getUTCHours() === 8 && wall.getUTCMinutes() === 0
  expect(isMorning || Date.now() - end.getTime() < 5 * 60_000).toBe(true)
  expect(complaints).toEqual([])
})

test('on a telephone the past is framed and runs in no direction', async () => {
  const phone = await openAs(browser, inject('product'), 'tianhe', { width: 390, height: 844 })
  await phone.goto(`/alerts?at=${at}`)
  await phone.getByTestId('past').locator('h1').waitFor()
  await settle(phone)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await phone.context().close()
})
