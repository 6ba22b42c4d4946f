import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './launch.ts'
import { followLink, openAs, PAGES, SIZES, settle } from './pages.ts'

/*
 * On a telephone no page runs off to the side, and nothing that can be done in a line of a table lies out of sight, whoever opens it and in whichever language; what is only there sometimes
 * (an account that is shut out) is there. The wall is for walls.
 */

const READERS = [
  ['admin', 'en'],
  ['tianhe', 'zh-CN'],
] as const
/** Parts of a page that have an address of their own. */
const SECTIONS = ['subscriptions', 'channels', 'deliveries'].map((name) => ({
  name,
  path: () => `/notifications/${name}`,
}))
const SHUT_OUT = 'unit-21'
const FAILURES = 10

let browser: Browser
let admin: Page
beforeAll(async () => {
  browser = await launchBrowser()
  admin = await openAs(browser, inject('product'), 'admin')
})
afterAll(async () => {
  for (const { id } of await lockouts()) await admin.request.delete(`/api/lockouts/${id}`)
  await browser?.close()
})

/** An account that is shut out, unless one is: whoever presses every button elsewhere lets it in again. */
async function shutSomebodyOut(): Promise<void> {
  if ((await lockouts()).length > 0) return
  const stranger = await browser.newContext({ baseURL: inject('product').origin })
  for (let n = 0; n < FAILURES; n += 1) {
    await stranger.request.post('/api/session', { data: { username: SHUT_OUT, password: `wrong-${n}` } })
  }
  await stranger.close()
}

async function lockouts(): Promise<{ id: number; username: string }[]> {
  const all = (await (await admin.request.get('/api/lockouts')).json()) as { id: number; username: string }[]
  return all.filter(({ username }) => username === SHUT_OUT)
}

/** How many pixels a page is wider than the screen, and what reaches out farthest. */
const overhang = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return null
    const wide = [...document.querySelectorAll('main *')]
      .map((one) => ({ one, right: one.getBoundingClientRect().right }))
      .filter(({ right }) => right > clientWidth + 1)
    const { one } = wide.toSorted((a, b) => b.right - a.right)[0] ?? {}
    return `${scrollWidth - clientWidth} px: ${one?.outerHTML.slice(0, 120) ?? '?'}`
  })

/**
 * What is too small for a finger: 24 px at least, 44 for what is pressed often. Links within running text are as high as
 * their line; a box or a link that stands for all of its words or its line is as large as those.
 */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const OFTEN =
      '.button, [role="tab"], [role="tablist"] button, nav a, select.control, input.control, textarea, .chip'
    const found = new Set<string>()
    for (const one of document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary',
    )) {
      if (
        !one.checkVisibility({ visibilityProperty: true }) ||
        one.matches(':is(p, blockquote, figcaption) a, .skip')
      )
        continue
      const whole = one.matches('.row-link')
        ? one.closest('tr')
        : one.matches('input')
          ? one.closest('label')
          : null
      const { width, height } = (whole ?? one).getBoundingClientRect()
      if (width < 2 || height < 2) continue
      const least = one.matches(OFTEN) ? 43.5 : 23.5
      const text = (one.getAttribute('aria-label') ?? one.innerText).trim().slice(0, 20)
      const kind = `${one.tagName.toLowerCase()} ${one.className}`.trim()
      if (height < least || width < 23.5)
        found.add(`${Math.round(width)} × ${Math.round(height)}: ${kind} ${text}`)
    }
    return [...found]
  })

/** What can be pressed in the lines of a table or beside its filters, and lies where nobody looks for it. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const all = [
      ...document.querySelectorAll<HTMLElement>('main td button, main td a, main .filter-bar > .button'),
    ]
    const out = all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > clientWidth)
    return [...new Set(out.map((one) => one.innerText.trim()))]
  })

describe('on a telephone', () => {
  describe.concurrent('whoever opens it', () => {
    beforeAll(async () => {
      await shutSomebodyOut()
      expect((await lockouts()).length, 'somebody is shut out').toBe(1)
    })

    test.each(READERS)(
      'no page of %s runs off to the side, and nothing on it is too small for a finger (%s)',
      { timeout: 300_000 },
      async (user, locale) => {
        const page = await openAs(browser, inject('product'), user, SIZES.phone)
        const wrong: string[] = []
        await page.goto(`/?lang=${locale}`)
        await settle(page)
        for (const { name, path } of [...PAGES, ...SECTIONS]) {
          const address = name === 'wall' ? null : await Promise.resolve(path(page)).catch(() => null)
          if (address === null) continue
          await followLink(page, address)
          const over = await overhang(page)
          if (over) wrong.push(`${name}: ${over}`)
          for (const text of await tooSmall(page)) wrong.push(`${name}: ${text}`)
          for (const text of await beyond(page)) wrong.push(`${name}: ${text} is out of sight`)
        }
        expect(wrong).toEqual([])
        await page.context().close()
      },
    )
  })

  test('the rectifications that the badge leads to are in sight, and not below a screen of figures', async () => {
    const page = await openAs(browser, inject('product'), 'duty', SIZES.phone)
    await page.goto('/rectifications')
    const first = page.locator('.list-table tbody tr:not(.space)').first()
    await first.waitFor()
    const top = await first.boundingBox()
    expect(top?.y).toBeLessThan(SIZES.phone?.height ?? 0)
    await page.context().close()
  })

  test('an alert is taken on in two taps, and the line of filters shows that there are more', async () => {
    const page = await openAs(browser, inject('product'), 'duty', SIZES.phone)
    await page.goto('/alerts?status=open')
    await page.locator('tr[data-row]').first().waitFor()
    expect(await page.locator('.filter-bar').getAttribute('data-more')).toBe('end')
    const answer = await page.request.get('/api/alerts?status=open&limit=1000')
    const before = ((await answer.json()) as { total: number }).total
    await page.locator('tr[data-row] td.actions').first().getByRole('button', { name: '确认' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
    await page.getByText('已确认', { exact: true }).last().waitFor()
    const after = await page.request.get('/api/alerts?status=open&limit=1000')
    expect(((await after.json()) as { total: number }).total).toBeLessThan(before + 1)
    await page.context().close()
  })

  test('who opens a page by its address has it in view among the pages', async () => {
    const page = await openAs(browser, inject('product'), 'admin', SIZES.phone)
    for (const path of ['/users', '/audit', '/settings']) {
      await page.goto(path)
      await settle(page)
      const here = await page.locator('nav .here').boundingBox()
      expect(here && here.x >= 0 && here.x + here.width <= 390, `${path}: ${JSON.stringify(here)}`).toBe(true)
    }
    await page.context().close()
  })
})
