import type { Page } from 'playwright-core'
import type { GateCounts } from '../gate.ts'
import { isAtEnd, scrollOn, sizeNow } from '../in-page.ts'
import type { DrawLimits } from '../order.ts'

/** Between two looks at whether a page still changes, ms. */
const LOOK_MS = 150
/** So many times as long a page is waited for that still waits for something itself: a list that its server is slow with. */
const WAITING = 8
/** So often something may come last and be waited for until it stands in its place; a page that asks for ever is not waited for. */
const MOST_LAST = 4
/** Of so many screens each is looked at as long as the page needs to come to rest; those below only as long as nothing is asked for. */
const FIRST_SCREENS = 3
/** Who has asked for this share of what a page may ask for is scrolled no further: what stands there then counts. */
const MOST_ASKED = 0.5

export interface Settling {
  readonly limits: DrawLimits
  /** Monotonic, ms. */
  readonly elapsedMs: () => number
  /** How much of what the page asked for has not come yet. */
  readonly waiting: () => number
  /** What it has asked for so far. */
  readonly counts: () => GateCounts
}

/**
 * Waits until nothing is asked for and nothing changes, and scrolls for what is shown only then, to an end that stays the end: a
 * page may grow whenever somebody comes there, and what is new may stand in its last list. Of one that grows for ever what has come
 * in time counts: the last scroll leaves time for what it asks for.
 */
export async function settle(page: Page, { limits, elapsedMs, waiting, counts }: Settling): Promise<void> {
  const { settledMs, scrolledMs, settleMs, scrolls } = limits
  const until = elapsedMs() + settleMs
  const rest = async (stillMs: number): Promise<boolean> => {
    let [size, since, open, last] = [-1, elapsedMs(), 0, 0]
    while (elapsedMs() < until) {
      const now = await page.evaluate(sizeNow).catch(() => -1)
      const before = open
      open = waiting()
      // A request that never ends must not be waited for; what it would have changed would have changed the size.
      if (now !== size || now < 0) [size, since] = [now, elapsedMs()]
      // What has come for a page within the page changes nothing of the size of this one.
      else if (open === 0 && before > 0 && last++ < MOST_LAST) since = elapsedMs()
      else if (elapsedMs() - since >= (open > 0 ? WAITING * settledMs : stillMs)) return true
      await page.waitForTimeout(LOOK_MS)
    }
    return false
  }
  const isEnd = () => page.evaluate(isAtEnd).catch(() => true)
  const mayScroll = () => elapsedMs() < until - (WAITING * settledMs) / 2 && !isMuch(counts(), limits)
  await page.waitForLoadState('load', { timeout: settleMs }).catch(() => {})
  let isStill = await rest(settledMs)
  for (let n = 0; n < scrolls && isStill && mayScroll(); n++) {
    await page.evaluate(scrollOn).catch(() => {})
    isStill = await rest(n < FIRST_SCREENS ? settledMs : scrolledMs)
    if (n >= FIRST_SCREENS && (await isEnd())) isStill = await rest(settledMs)
    if (await isEnd()) return
  }
  if (isStill) await rest(settledMs)
}

const isMuch = ({ requests, bytes }: GateCounts, { maxRequests, maxBytes }: DrawLimits): boolean =>
  requests > MOST_ASKED * maxRequests || bytes > MOST_ASKED * maxBytes
