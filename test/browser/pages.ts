import type { Browser, Page } from 'playwright-core'
import type { Product } from '../support/product.ts'
import { DEMO_PASSWORD } from '../support/product.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** The screens that the pages are made for: a desk or a wall, a 4K wall, a telephone. */
export const SIZES: Record<string, Size> = {
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
  phone: { width: 390, height: 844 },
}

/**
 * A window of its own, signed in through the API so that only the test of signing in spends time on it.
 * Errors on the page's console fail whoever asks for `page.problems`.
 */
export async function openAs(
  browser: Browser,
  product: Pick<Product, 'origin'>,
  username: string,
  size: Size = { width: 1440, height: 900 },
  locale = 'zh-CN',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    locale,
    timezoneId: 'Asia/Shanghai',
    baseURL: product.origin,
  })
  const answer = await context.request.post('/api/session', { data: { username, password: DEMO_PASSWORD } })
  if (!answer.ok()) throw new Error(`${username} cannot sign in: ${answer.status()} ${await answer.text()}`)
  return context.newPage()
}

/** Collects what a page complains of: exceptions, and errors on its console. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // The browser itself reports each refused request; what matters of those is on the screen.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  return complaints
}
