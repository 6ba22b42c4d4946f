import { cut } from '../../../../shared/base/text.ts'
import type { LinkKind } from '../../../../shared/monitor/links/links-rules.ts'
import type { LinkManner } from '../../../../shared/monitor/outbound/outbound-rules.ts'
import { inSlices } from '../../../base/slices.ts'
import { type Looked, lookAtPage } from '../look.ts'
import { linksOf } from '../page/extract.ts'
import { NO_PAGE } from '../page/parsed.ts'
import type { Outcome, Retrieved, SiteFacts } from '../rule.ts'

/** A page or file that is to be looked at. Everything in it can be handed to another thread. */
export interface InspectOrder {
  readonly page: Retrieved
  readonly site: SiteFacts
  /** Links that are taken from it at most; 0: none are wanted. */
  readonly links: number
  /** They are all that is wanted: no rule looks at the page. */
  readonly isForLinks?: true
}

export interface CrawlLink {
  readonly url: string
  readonly kind: LinkKind
  readonly text: string
  readonly manner: LinkManner
}

/** All that is wanted of a page, so that what it was parsed to stays where that was done. */
export interface Inspected {
  readonly links: readonly CrawlLink[]
  readonly isCut: boolean
  readonly title: string
  /** Links to other hosts, by host. */
  readonly hosts: Readonly<Record<string, number>>
  readonly outcomes: readonly (readonly [rule: string, outcome: Outcome])[]
  /** CPU that it took. */
  readonly cpuMs: number
}

/** Whoever looks at pages. */
export interface Inspector {
  /**
   * Looks at a page by every rule for it, and takes its links. Its bytes are gone when this returns.
   * @throws where that could not be done, whatever the page did: it says nothing, and is no fault of any other.
   */
  look(order: InspectOrder): Promise<Inspected>
  /** What is being looked at is given up. */
  close(): Promise<void>
}

const MOST_TITLE = 200
const MOST_HOSTS = 300
const NOT_LOOKED_AT: Looked = { parsed: NO_PAGE, outcomes: [] }

/** What there is to do with an order, on whichever thread. */
export async function inspect({ page, site, links: most, isForLinks }: InspectOrder): Promise<Inspected> {
  const before = performance.now()
  const { parsed, outcomes } = isForLinks ? NOT_LOOKED_AT : await lookAtPage(page, site)
  const isPage = page.kind === 'page' && most > 0
  const found = isPage
    ? await inSlices(linksOf(page.bytes, page.headers['content-type'], page.finalUrl, most))
    : { links: [], isCut: false }
  const links = found.links.map(({ url, kind, text, manner }) => ({ url: url.href, kind, text, manner }))
  return {
    ...{ links, isCut: found.isCut, title: cut(parsed.title, MOST_TITLE), outcomes },
    hosts: otherHosts(links, new URL(page.finalUrl).host),
    cpuMs: performance.now() - before,
  }
}

function otherHosts(links: readonly CrawlLink[], own: string): Record<string, number> {
  const hosts = new Map<string, number>()
  for (const { url } of links) {
    const { host } = new URL(url)
    if (host !== own && (hosts.has(host) || hosts.size < MOST_HOSTS))
      hosts.set(host, (hosts.get(host) ?? 0) + 1)
  }
  return Object.fromEntries(hosts)
}

/** Looks on the thread that asks. */
export const slicedInspector: Inspector = { look: inspect, close: async () => {} }
