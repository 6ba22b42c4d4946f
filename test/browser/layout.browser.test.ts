import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { patient } from '../support/run/patience.ts'
import { launchBrowser } from './launch.ts'
import { violations } from './looks/axe.ts'
import { faultsOnPhone } from './looks/fingers.ts'
import { layoutOf } from './looks/layout.ts'
import { letIn, shutSomebodyOut } from './looks/shut-out.ts'
import {
  complaintsOf,
  followLink,
  openAs,
  PAGES,
  prefer,
  SECTIONS,
  settle,
  sized,
  type Target,
} from './pages.ts'

/*
 * Nothing lies over anything else, and nothing is cut: every page at the widths that offices have, in both languages and
 * both themes. One window is led from page to page and drawn wider and narrower, which takes a tenth of the time of loading.
 * Who reads English opens each on a telephone, where fingers must find what they press, and has it looked at by axe in the
 * light theme; `every-button.browser.test.ts` has it look in Chinese and in the dark.
 */

/** A page is opened at the first width. */
const WALKS = [
  { language: 'zh-CN', widths: [1280, 1366, 1440, 1920, 390] },
  { language: 'en', widths: [390, 1280, 1366, 1920, 1440] },
] as const
const HEIGHTS: Readonly<Record<number, number>> = { 1366: 768, 1440: 900, 1920: 1080, 390: 844 }
/** Where a page begins below the frame's header and one strip, px. */
const ONE_STRIP = 91

let browser: Browser
let admin: Page
beforeAll(async () => {
  browser = await launchBrowser()
  admin = await openAs(browser, inject('product'), 'admin')
  await shutSomebodyOut(admin, inject('product').origin)
})
afterAll(async () => {
  await letIn(admin)
  await browser?.close()
})

const sizeOf = (width: number) => ({ width, height: HEIGHTS[width] ?? 800 })

/** A theme changes colours and no measures: that it does not is seen at these widths. */
const IN_BOTH_THEMES: readonly number[] = [1366, 390]

/** How a page lies; what is wrong is looked at once more, for the city lives and a page may be drawn anew at that moment. */
async function layoutAtRest(page: Page): Promise<ReturnType<typeof layoutOf>> {
  const seen = await page.evaluate(layoutOf)
  const isWrong =
    seen.sideways > 0 || [seen.overlapping, seen.cut, seen.outside].some((all) => all.length > 0)
  if (!isWrong) return seen
  await page.waitForTimeout(1_000)
  return page.evaluate(layoutOf)
}

const inTheme = (page: Page, theme: string) =>
  page.evaluate((to) => {
    document.documentElement.dataset.theme = to
  }, theme)

/** Colours have gone over to those of another theme. */
const coloured = (page: Page) =>
  page.evaluate(async () => {
    await new Promise(requestAnimationFrame)
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })

/** What is wrong on the page at every width. */
async function faults(page: Page, name: string, widths: readonly number[]): Promise<string[]> {
  const found: string[] = []
  for (const width of widths) {
    await sized(page, sizeOf(width))
    for (const theme of IN_BOTH_THEMES.includes(width) ? ['light', 'dark'] : ['dark']) {
      await inTheme(page, theme)
      const { sideways, overlapping, cut, outside } = await layoutAtRest(page)
      const say = (what: string) => (one: string) => `${name} ${width} ${theme}: ${what}: ${one}`
      if (sideways > 0) found.push(say('sideways')(`${sideways} px`))
      found.push(...overlapping.map(say('overlap')), ...cut.map(say('cut')), ...outside.map(say('outside')))
    }
  }
  return found
}

/** What is wrong on every page, as somebody meets them who goes from one to the next. */
async function walk({ language, widths }: (typeof WALKS)[number]): Promise<string[]> {
  const isEnglish = language === 'en'
  const page = await openAs(browser, inject('product'), 'admin', undefined, language)
  const own = { locale: language, theme: isEnglish ? 'light' : 'dark' }
  await prefer(page, own)
  const complaints = complaintsOf(page)
  await page.goto('/')
  await settle(page)
  const found: string[] = []
  const open = async ({ name, path }: Target) => {
    await sized(page, sizeOf(widths[0]))
    await followLink(page, await path(page))
    if (!isEnglish || name === 'wall') return
    found.push(...(await faultsOnPhone(page)).map((fault) => `${name} on a telephone: ${fault}`))
  }
  for (const target of PAGES) {
    await open(target)
    found.push(...(await faults(page, target.name, widths)))
    if (!isEnglish) continue
    await inTheme(page, own.theme)
    await coloured(page)
    found.push(...(await violations(page)).map((fault) => `${target.name}: ${fault}`))
  }
  if (isEnglish) for (const section of SECTIONS) await open(section)
  await page.context().close()
  return [...found, ...complaints]
}

test.concurrent.each(WALKS)(
  'no text is cut and none lies over another on any page, at any width, in both themes: $language',
  async (one) => expect((await walk(one)).join('\n')).toBe(''),
  patient(300_000),
)

describe.each(['zh-CN', 'en'])('on the alert desk: %s', (language) => {
  test.each([
    { width: 1366, height: 768 },
    { width: 1440, height: 900 },
  ])(
    'twelve alerts beside an open one on a laptop, whole names, who has it and what can be done: %o',
    async (size) => {
      const page = await openAs(browser, inject('product'), 'duty', size, language)
      await page.goto(`/alerts?lang=${language}`)
      const rows = page.locator('tr[data-row]')
      await rows.nth(3).locator('a.row-link').click()
      await page.locator('aside.drawer').first().waitFor()
      await settle(page)
      // One strip above the page is usual; what other tests have told there takes room that is not the list's.
      const above = await page.getByRole('main').evaluate((main) => main.getBoundingClientRect().top)
      const height = size.height + Math.max(0, above - ONE_STRIP)
      const seen = await rows.evaluateAll(
        (all, height) =>
          all
            .map((row) => {
              const box = row.getBoundingClientRect()
              const name = row.querySelector('td.site') as HTMLElement
              const buttons = [...row.querySelectorAll('td.actions button')].map((one) => {
                const { left, right } = one.getBoundingClientRect()
                return left >= box.left && right <= box.right + 1
              })
              return { bottom: box.bottom, isWhole: name.scrollWidth <= name.clientWidth, buttons }
            })
            .filter(({ bottom }) => bottom <= height),
        height,
      )
      expect(seen.length, `the page begins at ${above} px`).toBeGreaterThanOrEqual(12)
      for (const row of seen) {
        expect(row.isWhole).toBe(true)
        expect(row.buttons.length).toBeGreaterThan(0)
        expect(row.buttons).not.toContain(false)
      }
      await page.context().close()
    },
  )
})
