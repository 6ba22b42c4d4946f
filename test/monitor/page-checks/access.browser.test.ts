import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castOf } from '../../../server/demo/cast/cast.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { behaviourAt, DEFAULT_SEED, outagesBetween } from '../../../server/demo/fleet/script.ts'
import { type Fleet, startFleet } from '../../../server/demo/fleet/server.ts'
import { madeChecks } from '../../../server/demo/past/found/accessibility.ts'
import { accessRules, checkPage } from '../../../server/monitor/rendering/browser/check.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { PageCheck } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { openedMs } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { FAULTY, HARMFUL, SOUND } from './planted.ts'

/* axe-core in a real Chromium, as the renderer has it. */

let browser: Browser
let page: Page
let fleet: Fleet
const now = Date.now()
beforeAll(async () => {
  browser = await launchBrowser([`--host-resolver-rules=MAP *.localhost 127.0.0.1`])
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  fleet = await startFleet({ sites: demoRegister(), now: () => now })
})
afterAll(async () => {
  await browser?.close()
  await fleet?.close()
})

const check = async (html: string, limitMs = RENDERING.checkMs): Promise<PageCheck> => {
  await page.setContent(html, { waitUntil: 'commit' })
  return checkPage(page, { ...RENDERING, checkMs: limitMs })
}
const rulesOf = ({ access }: PageCheck) =>
  typeof access === 'string' ? access : access.map(({ rule, level }) => `${rule} ${level}`).sort()

describe('what is planted', () => {
  it('is found on each page that has it, and on none that only looks so', async () => {
    expect([FAULTY.length >= 20, SOUND.length >= 40]).toEqual([true, true])
    const missed: unknown[] = []
    for (const [rule, level, html] of FAULTY) {
      const said = rulesOf(await check(html))
      if (!said.includes(`${rule} ${level}`)) missed.push([rule, said])
    }
    const wrong: unknown[] = []
    for (const html of SOUND) {
      const said = rulesOf(await check(html))
      if (said.length > 0) wrong.push([/<\/ul>([\s\S]*)<\/main>/.exec(html)?.[1], said])
    }
    expect({ missed, wrong }).toEqual({ missed: [], wrong: [] })
  })

  it('is said in Chinese by every rule, with the place and how it is written', async () => {
    const without = [...accessRules()].filter(([, { zh }]) => !/\p{Script=Han}/u.test(zh))
    expect(without).toEqual([])
    const [, , html = ''] = FAULTY[0] ?? []
    expect((await check(html)).access).toMatchObject([
      {
        ...{ rule: 'image-alt', impact: 'critical', places: 1, zh: '图像必须有替代文本' },
        first: [{ selector: 'img', html: expect.stringContaining('<img src="data:') }],
      },
    ])
  })
})

describe('a page that means harm', () => {
  it('has no say in what is found of it, whatever it puts in the place of functions', async () => {
    const found = await check(HARMFUL.clobbered ?? '')
    expect(rulesOf(found)).toContain('image-alt A')
    expect(found.load && openedMs(found.load)).toBeGreaterThan(1)
  })

  it('is let be when it takes too long', async () => {
    expect((await check(HARMFUL.endless ?? '', 300)).access).toBe('axe_late')
  })
})

it('pages of the demo are as its past has them, of each look with what it lacks', async () => {
  const { sites } = castOf(DEFAULT_SEED)
  const looks = new Map<string, (typeof sites)[number]>()
  for (const site of sites) {
    const { traits } = behaviourAt(site, now)
    const isOpen = outagesBetween(site, now - HOUR, now + HOUR).length === 0
    if (traits.home === null && site.scheme === 'http' && isOpen)
      looks.set(traits.look, looks.get(traits.look) ?? site)
  }
  const wrong: unknown[] = []
  const fresh = await (await browser.newContext()).newPage()
  for (const [look, site] of looks) {
    const made = madeChecks({ site, behaviour: behaviourAt(site, now), atMs: now })
    for (const { path, found } of made) {
      await fresh.goto(`http://${site.host}:${fleet.httpPort}${path}`, { waitUntil: 'domcontentloaded' })
      const seen = rulesOf(await checkPage(fresh, RENDERING))
      if (`${seen}` !== `${rulesOf(found)}`) wrong.push({ look, path, seen, made: rulesOf(found) })
    }
  }
  expect([looks.size, wrong]).toEqual([6, []])
})
