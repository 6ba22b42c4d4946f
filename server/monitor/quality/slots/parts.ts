import { localDay } from '../../../../shared/base/time.ts'
import register from '../../../../shared/monitor/quality/test-site.json' with { type: 'json' }
import type { Context } from '../../../base/context.ts'
import { inSlices } from '../../../base/slices.ts'
import { linksOf } from '../../inspections/page/extract.ts'
import type { Retrieved, SiteFacts } from '../../inspections/rule.ts'
import type { PageRead } from '../../visit/reading/page-read.ts'
import type { ReadBy } from '../../visit/reading/read-by.ts'
import { slicedReader } from '../../visit/reading/reader.ts'
import type { AskingProber, Visit } from '../../visit/visit.ts'
import type { Book } from '../../wrong-words/book.ts'
import type { LookedOutcome } from '../tables.ts'
import type { SlotMemory } from './memory.ts'

/** With what the pages of a test site are looked at. */
export interface SlotParts {
  readonly prober: AskingProber
  /** Where its servers listen without TLS and with it. */
  readonly ports: { readonly http: number; readonly https: number }
  readonly book: Book
  readonly nowMs: number
  readonly signal: AbortSignal
  readonly log: Pick<Context['log'], 'warn'>
}

/** What a rule said of a page of the test site. */
export type Said = readonly (readonly [rule: string, outcome: LookedOutcome])[]

/** A page of the test site as a site of its own: its home page, what was read of it, and what it leads to. */
export interface SlotSeen {
  readonly site: SiteFacts
  readonly visit: Visit
  /** Null: it did not open. */
  readonly home: (Retrieved & { readonly read: PageRead | null; readonly links: SlotLinks }) | null
  readonly memory: SlotMemory
  readonly by: ReadBy
}

export type SlotLinks = readonly { readonly url: string; readonly kind: string; readonly text: string }[]

/** Links of a page. */
const MOST_LINKS = 40

/** Visits the page and reads it, as a home page is. */
export async function seeSlot(parts: SlotParts, url: string, memory: SlotMemory): Promise<SlotSeen> {
  const { prober, nowMs, signal, book } = parts
  const today = localDay(nowMs)
  const visit = await prober.visit({ url, signal })
  const { name, unit, district, code, icp, police } = register
  const site: SiteFacts = {
    ...{ siteId: 0, name, url, unitName: unit, districtName: district, code, icp, police },
    ...{ isPortal: false, platform: null, today, given: { wrongWords: book } },
  }
  const by = { prober, reader: slicedReader, ref: today, signal }
  return { site, visit, home: await homeOf(visit, url, today), memory, by }
}

async function homeOf(
  { result, body, headers }: Visit,
  url: string,
  today: string,
): Promise<SlotSeen['home']> {
  if (result.outcome !== 'ok' || body === null) return null
  const finalUrl = result.finalUrl ?? url
  const page = { siteId: 0, url, finalUrl, depth: 0, kind: 'page', status: result.status ?? 200 } as const
  const { read } = await slicedReader.read({
    ...{ bytes: body, contentType: headers['content-type'], url: finalUrl },
    ...{ kind: 'home', ref: today, isCut: false, isClosing: false },
  })
  const { links } = await inSlices(linksOf(body, headers['content-type'], finalUrl, MOST_LINKS))
  // Nobody else's pages are asked for: what the test site says of others is made up.
  const own = links.filter((one) => one.url.origin === new URL(url).origin)
  return {
    ...{ ...page, headers, bytes: body, isCut: result.notes.includes('capped'), read },
    links: own.map((one) => ({ url: one.url.href, kind: one.kind, text: one.text })),
  }
}
