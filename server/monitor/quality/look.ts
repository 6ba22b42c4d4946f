import { localDay } from '../../../shared/base/time.ts'
import { inSlices } from '../../base/slices.ts'
import { linksOf } from '../inspections/page/extract.ts'
import { censusSays } from './slots/census.ts'
import { machineSays } from './slots/machine.ts'
import type { SlotMemories } from './slots/memory.ts'
import { type SlotParts, seeSlot } from './slots/parts.ts'
import type { LookedOutcome } from './tables.ts'

/** What the monitor says of one page by one rule. */
export interface SlotLook {
  readonly slot: number
  readonly rule: string
  readonly outcome: LookedOutcome
}

/** Pages of the test site that are looked at side by side, and pages that it may have. */
const [AT_ONCE, MOST_PAGES] = [6, 600]
const PAGE = /^\/case\/(\d{1,4})\/$/

/**
 * Looks at each page of a test site as the monitor looks at a site, and says what it finds by each rule. Which of them have
 * a fault is not known here.
 * @param memories of the looks before in this night.
 * @returns nothing when the test site itself does not answer
 */
export async function lookAtTestSite(
  parts: SlotParts,
  address: string,
  memories: SlotMemories,
): Promise<SlotLook[]> {
  const { prober, signal, nowMs } = parts
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
      const seen = await seeSlot(parts, url, memories.of(slot, localDay(nowMs)))
      const said = [...(await censusSays(seen, parts)), ...(await machineSays(seen, parts))]
      looks.push(...said.map(([rule, outcome]) => ({ slot, rule, outcome })))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return looks
}
