import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { patient } from '../../support/run/patience.ts'
import { until } from '../../support/until.ts'
import { launchBrowser } from '../launch.ts'
import { openAs, settle } from '../pages.ts'

/*
 * A page that hears nothing any more shows the past: it offers nothing that would be done on the strength of it, not
 * even the form for it.
 */

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A page whose socket is open, and says nothing from when `deafen` is called. */
async function openDeaf(who: string): Promise<{ page: Page; deafen: () => Promise<void> }> {
  const page = await openAs(browser, inject('product'), who)
  let isDeaf = false
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (!isDeaf) socket.send(message)
    })
  })
  await page.goto('/')
  await page.locator('.live > b').waitFor()
  const deafen = async () => {
    isDeaf = true
    await page.getByTestId('not-live').waitFor({ timeout: patient(60_000) })
  }
  return { page, deafen }
}

/** In which a form is there whose code has been loaded before, ms. */
const TURN_MS = 60

/** Presses every button of the page that can be pressed. @returns those that open a form that is sent to the server. */
const pressAll = (page: Page) =>
  page.evaluate(async (turnMs) => {
    const turn = () => new Promise((resolve) => setTimeout(resolve, turnMs))
    const wrong: string[] = []
    const known = new Set<string>()
    const isOpen = () => document.querySelector('dialog[open], [role="dialog"]') !== null
    for (const button of document.querySelectorAll<HTMLElement>('main button')) {
      const name = button.innerText.trim() || (button.getAttribute('aria-label') ?? '')
      if (known.has(name) || !button.checkVisibility() || !button.isConnected) continue
      if (button.matches(':disabled, [aria-disabled="true"], [type="submit"]')) continue
      known.add(name)
      button.click()
      await turn()
      const opened = document.querySelector('dialog[open] form, [role="dialog"] form')
      if (opened?.querySelector('[type="submit"]')) wrong.push(name)
      for (let n = 0; n < 5 && isOpen(); n += 1) {
        const target = document.activeElement ?? document.body
        const press = { key: 'Escape', bubbles: true, cancelable: true }
        target.dispatchEvent(new KeyboardEvent('keydown', press))
        document
          .querySelector<HTMLDialogElement>('dialog[open]')
          ?.dispatchEvent(new Event('cancel', { cancelable: true }))
        await turn()
      }
    }
    return wrong
  }, patient(TURN_MS))

/** Closes what a drawer or a list has opened above itself, also what comes late because its code is still being loaded. */
async function closeDialogs(page: Page): Promise<void> {
  for (let quiet = 0, n = 0; quiet < 4 && n < 40; n += 1) {
    const isOpen = (await page.locator('dialog[open], [role="dialog"]').count()) > 0
    quiet = isOpen ? 0 : quiet + 1
    if (isOpen) await page.keyboard.press('Escape')
    await page.waitForTimeout(100)
  }
}

// Both at once: what takes long is that a page waits before it says that it hears nothing.
test.concurrent.each([
  ['admin', ['值班', '停测报备', '通知', '单位', '导入名录', '区划', '大屏链接', '账号', '工作日历']],
  ['duty', ['告警', '网站', '停测报备', '整改', '值班', '升级策略']],
])(
  '%s',
  async (who, names) => {
    const { page, deafen } = await openDeaf(who)
    if (who === 'admin') {
      await page.getByRole('navigation').getByRole('link', { name: '区划' }).click()
      await settle(page)
      // Their code is loaded when they are first opened.
      await until('forms are offered while it is live', async () => (await pressAll(page)).length > 0)
      await closeDialogs(page)
    }
    await deafen()
    const wrong: string[] = []
    for (const name of names) {
      await page.getByRole('navigation').getByRole('link', { name }).first().click()
      await page.getByRole('heading', { level: 1, name }).first().waitFor()
      await settle(page)
      wrong.push(...(await pressAll(page)).map((button) => `${name}: ${button}`))
      await closeDialogs(page)
    }
    expect(wrong).toEqual([])
    await page.context().close()
  },
  patient(180_000),
)
