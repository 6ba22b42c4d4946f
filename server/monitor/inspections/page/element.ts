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
  /** A script of the page hides it at some time: whoever reads the page may see it before, or when it is opened. */
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
  readonly element: ParsedElement
}
