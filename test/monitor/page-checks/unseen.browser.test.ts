import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { castOf } from '../../../server/demo/cast/cast.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { contentFaults, DRAWN_HOST } from '../../../server/demo/fleet/pages/content/faults.ts'
import { behaviourAt, DEFAULT_SEED } from '../../../server/demo/fleet/script.ts'
import { type Fleet, startFleet } from '../../../server/demo/fleet/server.ts'
import { judgeDrawn } from '../../../server/monitor/inspections/content/hidden-drawn.ts'
import { worldOf } from '../../../server/monitor/rendering/browser/check.ts'
import { askUnseen } from '../../../server/monitor/rendering/browser/unseen/ask.ts'
import type { PageCheck } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { away, HARMFUL, HIDDEN, pageOf, UNHIDDEN } from './hiding.ts'

/* Links that nobody sees, in a real Chromium as the renderer has it. */

const SITE = 'http://www.thnet.gov.cn/'
let browser: Browser
let page: Page
let fleet: Fleet
const now = Date.now()
/** What the site has: its home page by its path, and what it takes in. */
let site: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  browser = await launchBrowser([`--host-resolver-rules=MAP *.localhost 127.0.0.1`])
  page = await browser.newPage()
  const types: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript' }
  await page.route(`${SITE}**`, (route) => {
    const kind = /\.(css|js)$/.exec(route.request().url())?.[1] ?? 'html'
    return route.fulfill({
      contentType: `${types[kind] ?? 'text/html'}; charset=utf-8`,
      body: site[kind] ?? '',
    })
  })
  fleet = await startFleet({ sites: demoRegister(), now: () => now })
})
afterAll(async () => {
  await browser?.close()
  await fleet?.close()
})

/** A machine with much to do has time for all of it. */
const seen = async (url = SITE, ms = 8_000): Promise<PageCheck['unseen']> => {
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  return askUnseen(await worldOf(page), ms)
}
/** The hosts of hidden links that are told of a page that was checked. */
function told(unseen: PageCheck['unseen'], url = SITE): string[] {
  const found = { axe: '4', load: null, access: [], ...(unseen && { unseen }) }
  const looked = { template: 'home', url, at: new Date(now), found, isOld: false, reason: null } as const
  const said = atOnce(judgeDrawn({ url }, [looked], [], true))
  expect(said.outcome).not.toBe('unmeasured')
  return said.outcome === 'found' ? said.problems.map(({ key }) => key.replace('.test', '')) : []
}

it('every way to hide links is seen, and none of what somebody sees or an honest page hides is told', async () => {
  expect([HIDDEN.length >= 20, UNHIDDEN.length >= 40]).toEqual([true, true])
  site = pageOf(HIDDEN)
  const hidden = told(await seen())
  site = pageOf(UNHIDDEN)
  const wrong = told(await seen())
  expect({ missed: HIDDEN.map(({ name }) => name).filter((name) => !hidden.includes(name)), wrong }).toEqual({
    ...{ missed: [], wrong: [] },
  })
  expect(await page.evaluate(() => scrollY), 'the page stands where it stood').toBe(0)
})

it.each(Object.entries(HARMFUL))('a page that means harm hides nothing: %s', async (_, body) => {
  site = { html: away(body) }
  const unseen = await seen(SITE, body === HARMFUL.many ? RENDERING.unseenMs : undefined)
  expect(told(unseen)).toEqual(['hidden'])
  expect(unseen).toMatchObject({ isCut: body === HARMFUL.many })
})

it('a site of the demo hides what its past says that it does', async () => {
  const { sites } = castOf(DEFAULT_SEED)
  const one = sites.find((site) => {
    const { publisher, traits } = behaviourAt(site, now)
    return (
      contentFaults(publisher.salt).includes('hiddenByFile') && traits.home === null && site.scheme === 'http'
    )
  })
  if (!one) throw new Error('no site of the demo hides links by a script')
  const url = `http://${one.host}:${fleet.httpPort}/`
  expect(told(await seen(url), url)).toEqual([DRAWN_HOST])
})
