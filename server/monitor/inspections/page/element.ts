import type { HiddenBy } from './hidden.ts'

/** An element of a page, in the order of the page. */
export interface ParsedElement {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: ParsedElement | null
  /** What stands in it and in all within it, seen or not, as one line of at most 2,000 characters. */
  readonly text: string
  readonly visible: boolean
  readonly hiddenBy: HiddenBy | null
  /** Whoever reads the page may see it, or not: a script hides it at some time, it is folded, or lies behind the page. */
  readonly isHiddenLater: boolean
}

export interface ParsedLink {
  /** As it stands there. */
  readonly raw: string
  /** Where it leads; null where that is no address on the web. */
  readonly href: string | null
  /** Its words, or those of its picture. */
  readonly text: string
  readonly visible: boolean
  /** It has neither words nor anything within that may show. */
  readonly isBlank: boolean
  readonly element: ParsedElement
}
