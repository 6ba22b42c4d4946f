import type { Limits } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Visit, VisitTarget } from '../visit/visit.ts'
import type { Book } from '../wrong-words/book.ts'
import type { SaidHere } from '../wrong-words/refused.ts'
import type { Kept } from './kept.ts'
import type { Parsed } from './page/parsed.ts'
import type { ProblemPrint } from './page/signs.ts'

/*
 * What a rule of the machine is. Rules of pages and files are pure functions over what was fetched once, and run in a thread of
 * their own; rules of sites run when a site has been looked through, and may ask for more within a budget.
 */

/** Why a rule has not measured a page of which it has read the beginning, where nothing is. */
export const READ_IN_PART = 'pageTooLong'

/** A page or file, fetched once; can be sent to a thread. */
export interface Retrieved {
  readonly siteId: number
  /** As it was asked for, and where it was in the end. */
  readonly url: string
  readonly finalUrl: string
  /** Clicks from the home page, which is 0. */
  readonly depth: number
  /** `file`: an attachment (docx, xlsx, pdf, …). */
  readonly kind: 'page' | 'file'
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** As received, without transfer and content encoding; at most 3 MB. */
  readonly bytes: Uint8Array
  /** There is more of it than was fetched. */
  readonly isCut: boolean
}

/** What the office has put in for rules. */
export interface Given {
  /** Its dictionary of wrong words; without any, it has none. */
  readonly wrongWords?: Book
  /** What people have said of places of such words that concerns this site. */
  readonly wordsSaid?: SaidHere
}

/** What the register and the monitor know of a site; can be sent to a thread. */
export interface SiteFacts {
  readonly siteId: number
  readonly name: string
  readonly url: string
  readonly unitName: string | null
  readonly districtName: string
  /** 网站标识码 */
  readonly code: string | null
  readonly icp: string | null
  readonly police: string | null
  readonly isPortal: boolean
  readonly platform: string | null
  /** The local day, YYYY-MM-DD. */
  readonly today: string
  /** What rules are given besides; of what is large, threads share the memory. */
  readonly given: Given
}

/** What a picture of a problem outlines. */
export interface Outline {
  readonly text?: string
  readonly href?: string
  /** As CSS names it; where there is none, what has the text. */
  readonly selector?: string
}

export interface Problem {
  /** What it is known again by within site and rule, at most 200 characters. */
  readonly key: string
  /** The page that it stands on. */
  readonly url: string
  /** At most 300 characters; personal data in it is masked. */
  readonly excerpt: string
  readonly outline: Outline | null
  /** What it was decided by, as it is counted and shown besides the excerpt. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
  /**
   * What makes it one thing on many sites (a host, a file of a platform): told once under this name. Without it, problems of sites
   * on the same platform with the same key are.
   */
  readonly told?: string
  /** What it consists of: a refusal holds for that and for less of it. Without this it holds for whatever has the key. */
  readonly print?: ProblemPrint
}

/**
 * `reason`: a key of `reasons` in the family's file or in `machine-2026.json`. `looked`, of a rule of sites that goes by single pages: the
 * names of those that it could look at, as `page` in the detail of its problems; problems of others stand. `regardless`, of a rule of
 * pages: whatever else stands on the page; without it, one of which only the beginning was read is not clear (`look.ts`). `isOver`: of what it has found before nothing
 * is there any more; what it could not see is something else.
 */
export type Outcome =
  | { readonly outcome: 'found'; readonly problems: readonly Problem[]; readonly looked?: readonly string[] }
  | { readonly outcome: 'clear'; readonly regardless?: true }
  | {
      readonly outcome: 'unmeasured'
      readonly reason: string
      readonly looked?: readonly string[]
      readonly isOver?: true
    }

/** Problems of one rule that are kept of a page; of a site. */
export const MOST_OF_PAGE = 50
export const MOST_OF_SITE = 500

interface Rule {
  readonly id: string
}

export interface PageRule extends Rule {
  /**
   * Looks at a page or file. Must not keep anything from call to call, nor reach out.
   * @param parsed of a file: of nothing. @throws anything: the page counts as not measured (`failed`).
   */
  look(page: Retrieved, parsed: Parsed, site: SiteFacts, limits: Limits): Outcome | Promise<Outcome>
}

/** A page of a site as the last look saw it. */
export interface SeenPage {
  readonly url: string
  readonly kind: 'page' | 'file'
  readonly depth: number
  readonly status: number | null
  readonly title: string
  /** Links to other hosts, by host. */
  readonly hosts: Readonly<Record<string, number>>
}

export interface Tools {
  /**
   * Asks for a page. What is beyond the budget of the rule comes back as `aborted`, `isSpent` says so.
   * @throws where what came cannot be looked at: the rule does not measure then, be it that it has seen others.
   */
  visit(target: VisitTarget): Promise<Visit>
  readonly isSpent: boolean
  /** The home page as the look brought it; null where it did not open. */
  readonly home: Retrieved | null
  readonly pages: readonly SeenPage[]
  readonly limits: Limits
  /** What the monitor keeps of the site besides. */
  readonly kept: Kept
  readonly signal: AbortSignal
}

export interface SiteRule extends Rule {
  /** It goes by nothing but what is kept: another version of it can judge that again. */
  readonly isOfKept?: true
  /** Whether it asks this time; where it does not, what it said last stands, of its own time. Without this it always does. */
  isDue?(site: SiteFacts, tools: Tools): Promise<boolean>
  /** @throws anything: the site counts as not measured (`failed`). */
  measure(site: SiteFacts, tools: Tools): Promise<Outcome>
}
