import type { Page } from 'playwright-core'
import { HOUR } from '../../../shared/base/time.ts'
import { settle } from '../pages.ts'

/** A state that a screen can be in besides peace, brought about at the screen alone: the city stays as it is. */
export interface ScreenState {
  readonly name: string
  /** Pages that are looked at in it. */
  readonly pages: readonly string[]
  /** Opens the page at this address in this state. */
  readonly open: (page: Page, path: string) => Promise<void>
}

const LISTS = ['wall', 'overview', 'alerts', 'alert', 'sites', 'site', 'rectifications', 'rectification']
/** The picture is late after ten seconds, lost after sixty. */
const LATE_MS = 14_000
const LOST_MS = 64_000

const broken = JSON.stringify({
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  code: 'unexpected',
})

export const SCREEN_STATES: readonly ScreenState[] = [
  {
    name: 'loading',
    pages: [...LISTS, 'rounds', 'sheet', 'duty'],
    open: async (page, path) => {
      // Who is signed in and where is known at once, as on any page but the very first; all else stays away.
      await page.route(/\/(api\/(?!session|installation|me\b)|socket\.io)/, () => {})
      await page.routeWebSocket(/socket\.io/, () => {})
      await page.goto(path, { waitUntil: 'domcontentloaded' })
      await page.waitForTimeout(1_500)
    },
  },
  {
    name: 'error',
    pages: [...LISTS, 'rounds', 'sheet', 'duty'],
    open: async (page, path) => {
      await page.route(/\/api\/(?!session|installation|me\b)/, (route) =>
        route.fulfill({ status: 500, contentType: 'application/problem+json', body: broken }),
      )
      await page.goto(path)
      await page.waitForTimeout(2_500)
    },
  },
  {
    name: 'late',
    pages: ['wall', 'overview', 'alerts'],
    open: async (page, path) => {
      await opened(page, path)
      await page.context().setOffline(true)
      await page.waitForTimeout(LATE_MS)
    },
  },
  {
    name: 'lost',
    pages: ['wall', 'overview', 'alerts'],
    open: async (page, path) => {
      await opened(page, path)
      await page.context().setOffline(true)
      await page.waitForTimeout(LOST_MS)
    },
  },
  {
    name: 'then',
    pages: ['overview', 'alerts', 'sites', 'site', 'district', 'alert', 'rectification'],
    open: (page, path) => opened(page, `${path}?at=${new Date(Date.now() - 6 * HOUR).toISOString()}`),
  },
]

/** The wall at night is dimmed: its pictures are of the day, whenever they are taken. */
export async function opened(page: Page, path: string): Promise<void> {
  await page.goto(path === '/wall' ? '/wall?night=off' : path)
  await settle(page)
}
