import type { Page, Request } from 'playwright-core'
import { isOfOthers } from '../../../read/page/drawn.ts'
import { isSameSite } from '../../../read/page/second-level.ts'
import { GONE, type Missed } from '../order.ts'

/** By what a page comes by its lists: its scripts, what these ask for, and pages within it. */
const BRINGS_LISTS = new Set(['script', 'xhr', 'fetch', 'eventsource', 'websocket', 'document'])
/** What a script asks for: lists are data. */
const DATA = new Set(['xhr', 'fetch', 'eventsource', 'websocket'])
/** It goes on for as long as its page stands. */
const ENDLESS = 'eventsource'
/** An answer to a page's own address that leaves the page that stands there in its place. */
const NO_CONTENT = 204

/** The page itself did not want it any more. */
const BROKEN_OFF = 'net::ERR_ABORTED'
/** What a page has waited for so long before it broke that off, it has given up: ms. */
const GIVEN_UP_MS = 1_000

/** What a page asks for. */
export interface Asked {
  /** How much of it, of whatever kind, has not come yet. */
  readonly open: () => number
  /** What it did not get until now. */
  readonly missed: () => Missed
}

/**
 * Follows what a page asks for, with the pages within it. Only what the page that stands in the end asked for is missed: one that
 * leads elsewhere is left by its own requests, too.
 */
export function followAsked(page: Page): Asked {
  /** Since when, ms of this process. */
  const open = new Map<Request, number>()
  const missed = { all: 0, own: 0, others: 0 }
  const miss = (url: string, kind: string, of: typeof missed, status?: number): void => {
    const isOwn = isSameSite(url.replace(/^ws/i, 'http'), page.url())
    if (!BRINGS_LISTS.has(kind) || (!isOwn && isOfOthers(url))) return
    of.all++
    if (!isOwn && DATA.has(kind)) of.others++
    // A script that its own server says is not there is there for nobody.
    if (isOwn && !(kind === 'script' && GONE.has(status))) of.own++
  }
  const end = (request: Request, status?: number): void => {
    if (open.delete(request)) miss(request.url(), request.resourceType(), missed, status)
  }
  page.on('request', (request) => open.set(request, performance.now()))
  page.on('response', (response) => {
    const [request, status] = [response.request(), response.status()]
    if (status >= 400) end(request, status)
    else if (status < 300 && status !== NO_CONTENT && isOfPage(request, page)) {
      open.clear()
      Object.assign(missed, { all: 0, own: 0, others: 0 })
    }
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => {
    const waitedMs = performance.now() - (open.get(request) ?? Number.POSITIVE_INFINITY)
    if (request.failure()?.errorText === BROKEN_OFF && waitedMs < GIVEN_UP_MS) open.delete(request)
    else end(request)
  })
  page.on('websocket', (socket) => socket.once('socketerror', () => miss(socket.url(), 'websocket', missed)))
  return {
    open: () => open.size,
    missed: () => {
      const all = { ...missed }
      for (const request of open.keys()) {
        if (request.resourceType() !== ENDLESS) miss(request.url(), request.resourceType(), all)
      }
      return all
    },
  }
}

/** The page itself, and none within it. */
export const isOfPage = (request: Request, page: Page): boolean =>
  request.isNavigationRequest() && request.frame() === page.mainFrame()
