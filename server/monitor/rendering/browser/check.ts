import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { cut } from '../../../../shared/base/text.ts'
import {
  ACCESS_LEVELS,
  ACCESS_TAGS,
  type AccessFault,
  type AccessLevel,
  IMPACTS,
  type LoadTimes,
  MORE_WORDS,
  MOST_HTML,
  MOST_PLACES,
  MOST_SELECTOR,
  type PageCheck,
} from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { DrawLimits } from './order.ts'
import { askUnseen, WAITING } from './unseen/ask.ts'

/** What axe-core knows of one of its rules. */
interface AxeRule {
  readonly ruleId: string
  readonly help: string
  readonly tags: readonly string[]
}

interface Axe {
  readonly version: string
  /** As it is run in a page. */
  readonly source: string
  readonly rules: ReadonlyMap<
    string,
    { readonly level: AccessLevel; readonly zh: string; readonly en: string }
  >
}

/** Rules that a page can break; there are some seventy. */
const MOST_FAULTS = 100
/** Of what a page is said to be like, in characters: all of it is thrown away where it is more. */
const MOST_SAID = 400_000
const MOST_MS = 3_600_000

let loaded: Axe | null = null

/** Its words are taken from the package, never from a page. */
function axe(): Axe {
  if (loaded) return loaded
  const require = createRequire(import.meta.url)
  const { version, getRules } = require('axe-core') as {
    version: string
    getRules(tags: readonly string[]): AxeRule[]
  }
  const chinese = require('axe-core/locales/zh_CN.json') as { rules: Record<string, { help: string }> }
  const rules = ACCESS_LEVELS.flatMap((level) =>
    getRules(ACCESS_TAGS[level]).map(({ ruleId, help }) => {
      const zh = chinese.rules[ruleId]?.help ?? MORE_WORDS[ruleId] ?? help
      return [ruleId, { level, zh, en: help }] as const
    }),
  )
  const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
  loaded = { version, source, rules: new Map(rules) }
  return loaded
}

/** The rules that pages are checked by, with their words. For tests. */
export const accessRules = (): Axe['rules'] => axe().rules

/**
 * What a browser finds of a page that it has open: the times at which it stood, the links that nobody sees, and what of it is not
 * accessible. Asked in a world of our own beside the page's scripts, which share nothing with it but the page itself: what they put in
 * the place of functions is not there. A page that has axe-core run for too long is not looked at.
 * @param leftMs how long it may take yet, all in all
 */
export async function checkPage(
  page: Page,
  { checkMs, unseenMs }: Pick<DrawLimits, 'checkMs' | 'unseenMs'>,
  leftMs: () => number = () => Number.POSITIVE_INFINITY,
): Promise<PageCheck> {
  const { version, source } = axe()
  const say = await worldOf(page)
  const load = timesOf(await say(`(${timesNow})()`).catch(() => null))
  const isTime = leftMs() > WAITING * unseenMs
  const unseen = isTime ? await askUnseen(say, unseenMs) : ('late' as const)
  const run = async () => {
    await say(`${source}\n;0`)
    return faultsOf(await say(`(${faultsNow})(${JSON.stringify(optionsOfRun())})`)) ?? ('axe_failed' as const)
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'axe_late'>((resolve) => {
    timer = setTimeout(() => resolve('axe_late'), Math.max(0, Math.min(checkMs, leftMs())))
  })
  const access = await Promise.race([run().catch(() => 'axe_failed' as const), late])
  clearTimeout(timer)
  return { load, axe: version, access, unseen }
}

/**
 * A world of our own in a page, where expressions are answered beside its scripts; what takes longer than it may is ended.
 * @throws where the page cannot be asked, or its answer is an error.
 */
export async function worldOf(page: Page): Promise<(expression: string, endMs?: number) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'siteward',
  })
  return async (expression, timeout) => {
    const ends = timeout === undefined ? {} : { timeout }
    const asked = { expression, contextId, awaitPromise: true, returnByValue: true, ...ends }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', asked)
    if (exceptionDetails) throw new Error('a page could not be asked')
    return result.value
  }
}

const optionsOfRun = () => ({
  run: {
    runOnly: { type: 'tag', values: ACCESS_LEVELS.flatMap((level) => ACCESS_TAGS[level]) },
    resultTypes: ['violations'],
    // Pages within the page are others' often, and nothing more is fetched.
    ...{ iframes: false, preload: false },
  },
  ...{ places: MOST_PLACES, selector: MOST_SELECTOR, html: MOST_HTML },
})

/** Run in a page, as text: when it stood. */
const timesNow = `function () {
  const [page] = performance.getEntriesByType('navigation')
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  return JSON.stringify({
    readyMs: page && page.domContentLoadedEventEnd, loadMs: page && page.loadEventEnd, paintMs: paint && paint.startTime
  })
}`

/** Run in a page, as text: what axe-core says of it, as short as it is kept. */
const faultsNow = `async function ({ run, places, selector, html }) {
  const { violations } = await axe.run(document, run)
  return JSON.stringify(violations.map(({ id, impact, nodes }) => ({
    rule: id, impact, places: nodes.length,
    first: nodes.slice(0, places).map(({ target, html: text }) => ({
      selector: target.length === 1 && typeof target[0] === 'string' && target[0].length <= selector ? target[0] : null,
      html: String(text).slice(0, 2 * html),
    })),
  })))
}`

const ms = z
  .number()
  .transform((one) => (one > 0 && one < MOST_MS ? Math.round(one) : null))
  .nullish()
  .transform((one) => one ?? null)
const times = z.object({ readyMs: ms, paintMs: ms, loadMs: ms })

/** What a page says of its times; null where that is nothing of the kind. */
export function timesOf(said: unknown): LoadTimes | null {
  return times.safeParse(parsed(said)).data ?? null
}

const faults = z
  .array(
    z.object({
      rule: z.string().max(60),
      impact: z.enum(IMPACTS).nullish().catch(null),
      places: z.int().min(1).max(1_000_000),
      first: z
        .array(z.object({ selector: z.string().max(MOST_SELECTOR).nullable(), html: z.string() }))
        .max(MOST_PLACES),
    }),
  )
  .max(MOST_FAULTS)

/** What a page is said to break, each rule of axe-core once and with its own words; null where that is nothing of the kind. */
export function faultsOf(said: unknown): AccessFault[] | null {
  const found = faults.safeParse(parsed(said)).data
  if (!found) return null
  const known = new Map<string, AccessFault>()
  for (const { rule, impact, places, first } of found) {
    const words = axe().rules.get(rule)
    if (!words || known.has(rule)) continue
    const some = first.map(({ selector, html }) => ({
      selector: selector === null ? null : cut(selector, MOST_SELECTOR),
      html: cut(html.replace(/\s+/g, ' ').trim(), MOST_HTML),
    }))
    known.set(rule, { rule, ...words, impact: impact ?? null, places, first: some })
  }
  return [...known.values()]
}

function parsed(said: unknown): unknown {
  if (typeof said !== 'string' || said.length > MOST_SAID) return null
  try {
    return JSON.parse(said)
  } catch {
    return null
  }
}
