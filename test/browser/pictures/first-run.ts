import type { Browser, Page } from 'playwright-core'
import { startProduct } from '../../support/product/product.ts'
import { signIn } from '../../support/session.ts'
import { until } from '../../support/until.ts'
import { openAs, settle } from '../pages.ts'
import { type Look, SCREENS } from './axes.ts'

const PASSWORD = 'first-day-1-correct-horse'
/** What somebody may open on the first day: nothing is in any of them. */
const PAGES: Readonly<Record<string, string>> = {
  overview: '/',
  wall: '/wall',
  alerts: '/alerts',
  sites: '/sites',
  rectifications: '/rectifications',
  duty: '/duty',
  imports: '/imports',
  rounds: '/rounds',
  filings: '/filings',
  findings: '/findings',
  replay: '/replay',
}

type Take = (page: Page, look: Look, name: string, open: () => Promise<unknown>) => Promise<void>

/** The product on its first day: no demo, no register, one administrator. */
export async function firstRun(browser: Browser, looks: readonly Look[], take: Take): Promise<void> {
  const product = await startProduct({ env: { DEMO: 'off' }, entry: 'server/start.mjs' })
  await product.ready(60_000)
  const [, first = ''] = await until('its password is said', () => /password (\S+)/.exec(product.output()))
  const admin = await signIn(product.origin, 'admin', first)
  await admin.call('changePassword', { body: { current: first, next: PASSWORD } })
  for (const look of looks.filter(({ size }) => size !== '4k')) {
    const locale = look.language === 'zh' ? 'zh-CN' : 'en'
    const page = await openAs(browser, product, 'admin', SCREENS[look.size], locale, PASSWORD)
    await page.addInitScript(
      (chosen) => localStorage.setItem('siteward.preferences', JSON.stringify(chosen)),
      { locale, theme: look.theme },
    )
    for (const [name, path] of Object.entries(PAGES)) {
      await take(page, look, name, async () => {
        await page.goto(path)
        await settle(page)
      })
    }
    await page.context().close()
  }
  await product.stop()
}
