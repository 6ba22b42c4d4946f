import { localDay } from '../../../shared/base/time.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import { causeGroup } from '../../../shared/monitor/visit/probes.ts'
import { inSlices } from '../../base/slices.ts'
import { lookAtPage } from '../inspections/look.ts'
import { linksOf } from '../inspections/page/extract.ts'
import { judgeLink, sightOf } from '../links/rules.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { slicedReader } from '../visit/reading/reader.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import type { LookedOutcome } from './tables.ts'

/** What the monitor says of one page by one rule. */
export interface SlotLook {
  readonly slot: number
  readonly rule: string
  readonly outcome: LookedOutcome
}

/** Pages of the test site that are looked at side by side, links of a page, and pages that it may have. */
const [AT_ONCE, MOST_LINKS, MOST_PAGES] = [6, 30, 400]
/** The test site is in no register. */
const NOBODYS = {
  ...{ siteId: 0, name: '', unitName: null, districtName: '', code: null, icp: null, police: null },
  ...{ isPortal: false, platform: null, given: {} },
}
const PAGE = /^\/case\/(\d{1,4})\/$/

/**
 * Looks at each page of a test site as the monitor looks at a site, and says what it finds by each rule. Which of them have
 * a fault is not known here.
 * @returns nothing when the test site itself does not answer
 */
export async function lookAtTestSite(
  prober: Prober,
  address: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<SlotLook[]> {
  const home = await prober.visit({ url: address, signal })
  if (home.result.outcome !== 'ok' || home.body === null) return []
  const { links } = await inSlices(linksOf(home.body, home.headers['content-type'], address, MOST_PAGES))
  const pages = links.flatMap(({ url }) => {
    const slot = url.origin === new URL(address).origin ? PAGE.exec(url.pathname)?.[1] : undefined
    return slot === undefined ? [] : [{ slot: Number(slot), url: url.href }]
  })
  const looks: SlotLook[] = []
  const next = async (): Promise<void> => {
    for (let page = pages.shift(); page && !signal.aborted; page = pages.shift()) {
      const { slot, url } = page
      for (const [rule, outcome] of await lookAtSlot(prober, url, nowMs, signal))
        looks.push({ slot, rule, outcome })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return looks
}

async function lookAtSlot(
  prober: Prober,
  url: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<readonly (readonly [rule: string, LookedOutcome])[]> {
  const visit = await prober.visit({ url, signal })
  return [
    ['V1', lineSays(visit)],
    ['V2', await freshness(visit, url, nowMs)],
    ['LINKS', await links(prober, visit, url, signal)],
    ...(await inspections(visit, url, nowMs)),
  ]
}

/** Nothing that a firewall or the monitor itself did is held against a page. */
function lineSays({ result: { outcome, cause } }: Visit): LookedOutcome {
  if (outcome === 'ok') return 'clear'
  const isOwn = cause !== null && causeGroup(cause) === 'monitor'
  return outcome === 'blocked' || isOwn ? 'unmeasured' : 'found'
}

async function freshness(
  { body, headers, result }: Visit,
  url: string,
  nowMs: number,
): Promise<LookedOutcome> {
  if (result.outcome !== 'ok' || body === null) return 'unmeasured'
  const today = localDay(nowMs)
  const answer = await slicedReader.read({
    ...{ bytes: body, contentType: headers['content-type'], url: result.finalUrl ?? url },
    ...{ kind: 'home', ref: today, isCut: false, isClosing: false },
  })
  const verdict = judgeV2(answer.read?.finding ?? null, today, rulesInForce())
  if (verdict === 'insufficient') return 'unmeasured'
  return verdict === 'violated' ? 'found' : 'clear'
}

/** What the rules of machine inspections say of the page, as they do of a page of a site. */
async function inspections(
  { body, headers, result }: Visit,
  url: string,
  nowMs: number,
): Promise<readonly (readonly [rule: string, LookedOutcome])[]> {
  if (result.outcome !== 'ok' || body === null) return []
  const finalUrl = result.finalUrl ?? url
  const page = { siteId: 0, url, finalUrl, depth: 0, kind: 'page', status: result.status ?? 200 } as const
  const site = { ...NOBODYS, url, today: localDay(nowMs) }
  const { outcomes } = await lookAtPage({ ...page, headers, bytes: body, isCut: false }, site)
  return outcomes.map(([rule, { outcome }]) => [rule, outcome] as const)
}

async function links(
  prober: Prober,
  { body, headers, result }: Visit,
  url: string,
  signal: AbortSignal,
): Promise<LookedOutcome> {
  if (result.outcome !== 'ok' || body === null) return 'unmeasured'
  const found = await inSlices(linksOf(body, headers['content-type'], result.finalUrl ?? url, MOST_LINKS))
  let told: LookedOutcome = 'clear'
  for (const link of found.links) {
    const { kind } = link
    const see = async () =>
      sightOf((await prober.visit({ url: link.url.href, headOnly: true, signal })).result)
    const first = judgeLink({ kind, visits: 0, gone: 0 }, await see())
    if (first.state === 'fine') continue
    const { state } = judgeLink({ kind, visits: 1, gone: first.gone }, await see())
    if (state === 'confirmed' || state === 'suspected') return 'found'
    if (state === 'unmeasured') told = 'unmeasured'
  }
  return told
}
