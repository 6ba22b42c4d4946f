import type { DatedItem } from '../../../shared/monitor/freshness/freshness.ts'
import type { InspectionOutcome } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Soft404 } from '../../../shared/monitor/links/soft-404.ts'
import type { MessagesVerdict } from '../../../shared/monitor/messages/messages-rules.ts'
import type { KeyedDoubt } from '../findings/doubts-store.ts'
import type { LineRow } from '../line/queries.ts'
import type { CheckedPage, drawnLoad } from '../page-checks/queries.ts'
import type { remember, SiteMemory } from './content/memory/store.ts'
import type { MarksSeen } from './marks/seen.ts'
import type { hostsGoneBad } from './outbound/queries.ts'

/** A link or title, by what it is called. */
export interface NamedLink {
  readonly text: string
  readonly url: string
}

/** Domains of hidden links that a page as it was sent has told of, and until when they stood; null: they stand. */
export interface ToldHidden {
  readonly domains: readonly string[]
  readonly goneAt: Date | null
}

/** When the line was looked at, and how long its home page took in a browser, if any has opened it. */
export interface LineKept {
  readonly ageMs: number | null
  readonly drawn: Awaited<ReturnType<typeof drawnLoad>>
  readonly canRender: boolean
}

/**
 * What the monitor keeps of a site besides the look that is under way: what other readers saw of it, and what it was before. Rules
 * of sites ask for it here and nowhere else, so that a page that is in no register can be asked the same.
 */
export interface Kept {
  /** What its home page was seen to say of itself; null: it was never read. */
  imprint(): Promise<MarksSeen | null>
  /** Its line, as it was seen last; undefined: it was never looked at. */
  line(): Promise<(LineRow & LineKept) | undefined>
  /** What is remembered of its home page; null: nothing yet. */
  memory(): Promise<SiteMemory | null>
  /** Keeps what was seen of it today. @param before what `memory` said */
  remember(before: SiteMemory | null, seen: Parameters<typeof remember>[4]): Promise<void>
  /** What a rule said of it last, deciding as it does now; null: nothing yet. */
  said(rule: string): Promise<InspectionOutcome | null>
  /** Links that the last look came to, with one of these words in their text; null: it has none. */
  links(words: readonly string[]): Promise<{ links: NamedLink[]; isCut: boolean } | null>
  /** Dated items of its home page as it was read last. */
  items(): Promise<readonly DatedItem[]>
  /** What it answers where it has nothing; null: nobody has asked. */
  soft(): Promise<Soft404 | null>
  /** The foreign hosts that it links to and that have gone bad, and how many were not seen. */
  hosts(): ReturnType<typeof hostsGoneBad>
  /** What stands in its message columns; null: it is not known. */
  messages(): Promise<MessagesVerdict | null>
  /** What a browser found on one page of each template, and whether any is there. */
  checked(): Promise<{ readonly pages: readonly CheckedPage[]; readonly canRender: boolean }>
  /** Hidden links that pages as they were sent have told of, those too that were gone lately. */
  hiddenTold(): Promise<readonly ToldHidden[]>
  /** Dates that contradict what memory saw; null: its lists were never read twice. */
  dates(): Promise<readonly KeyedDoubt[] | null>
}
