import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { draw } from '../../../server/monitor/rendering/browser/draw.ts'
import { openGate } from '../../../server/monitor/rendering/browser/gate.ts'
import { createGuard } from '../../../server/monitor/visit/net/guard.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { type HostileSite, hostileSite } from './pages.ts'

/* What stays of what a page says while it is drawn, in a real Chromium. */

let browser: Browser
let site: HostileSite
beforeAll(async () => {
  site = await hostileSite()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  site.close()
})

it('what a page writes to its console, and its errors, is let go while it is drawn', async () => {
  const gate = await openGate({
    resolve: () => ({ addresses: [{ address: '127.0.0.1', family: 4 }] }),
    isAllowed: createGuard({ allowAddresses: [], allowHosts: [`*.localhost:${site.port}`] }),
    ...{ maxBytes: RENDERING.maxBytes, maxRequests: RENDERING.maxRequests },
  })
  const most = { messages: 0, errors: 0 }
  const look = async () => {
    const page = browser.contexts()[0]?.pages()[0]
    const [messages = [], errors = []] = [await page?.consoleMessages(), await page?.pageErrors()]
    most.messages = Math.max(most.messages, messages.length)
    most.errors = Math.max(most.errors, errors.length)
  }
  const looking = setInterval(() => void look().catch(() => {}), 40)
  const { answer } = await draw(
    {
      ...{ browser, gate, limits: RENDERING, userAgent: 'Siteward', zone: 'Asia/Shanghai' },
      elapsedMs: () => performance.now(),
    },
    { id: 1, url: `http://a.localhost:${site.port}/talks`, demo: true, wantsHtml: true, picture: null },
  )
  clearInterval(looking)
  await gate.close()
  expect(answer).toMatchObject({ html: expect.any(Uint8Array) })
  for (const kept of Object.values(most)) {
    expect(kept).toBeGreaterThan(0)
    // Of what is not let go two hundred are kept.
    expect(kept).toBeLessThan(200)
  }
})
