import type { Page, Request } from 'playwright-core'
import { isOfOthers } from '../../read/page/drawn.ts'
import { isSameSite } from '../../read/page/second-level.ts'
import type { Missed } from './order.ts'

/** By what a page comes by its lists: its scripts, what these ask for, and pages within it. */
const BRINGS_LISTS = new Set(['script', 'xhr', 'fetch', 'eventsource', 'websocket', 'document'])
/** It goes on for as long as its page stands. */
const ENDLESS = 'eventsource'
/** An answer to a page's own address that leaves the page that stands there in its place. */
const NO_CONTENT = 204

/** The page itself did not want it any more. */
const BROKEN_OFF = 'net::ERR_ABORTED'

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
  const open = new Set<Request>()
  const missed = { all: 0, own: 0 }
  const miss = (url: string, kind: string, of: { all: number; own: number }): void => {
    const isOwn = isSameSite(url.replace(/^ws/i, 'http'), page.url())
    if (!BRINGS_LISTS.has(kind) || (!isOwn && isOfOthers(url))) return
    of.all++
    if (kind !== 'script' && isOwn) of.own++
  }
  const end = (request: Request): void => {
    if (open.delete(request)) miss(request.url(), request.resourceType(), missed)
  }
  page.on('request', (request) => open.add(request))
  page.on('response', (response) => {
    const [request, status] = [response.request(), response.status()]
    if (status >= 400) end(request)
    else if (status < 300 && status !== NO_CONTENT && isOfPage(request, page)) {
      open.clear()
      Object.assign(missed, { all: 0, own: 0 })
    }
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === BROKEN_OFF) open.delete(request)
    else end(request)
  })
  page.on('websocket', (socket) => socket.once('socketerror', () => miss(socket.url(), 'websocket', missed)))
  return {
    open: () => open.size,
    missed: () => {
      const all = { ...missed }
      for (const request of open) {
        if (request.resourceType() !== ENDLESS) miss(request.url(), request.resourceType(), all)
      }
      return all
    },
  }
}

/** The page itself, and none within it. */
export const isOfPage = (request: Request, page: Page): boolean =>
  request.isNavigationRequest() && request.frame() === page.mainFrame()
