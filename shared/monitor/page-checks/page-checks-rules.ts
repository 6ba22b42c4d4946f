import levels from './levels.json' with { type: 'json' }

/*
 * What a browser finds of a page while it has it open (页面检查): faults of accessibility (无障碍), the time until it stands, and links
 * that nobody sees.
 */

/** Pages of a site that are made by templates of their own: one of each is checked. */
export const TEMPLATES = ['home', 'list', 'article'] as const
export type Template = (typeof TEMPLATES)[number]

/** Levels of WCAG, by which the national standards go as well. */
export const ACCESS_LEVELS = ['A', 'AA'] as const
export type AccessLevel = (typeof ACCESS_LEVELS)[number]

/** How much a fault is in the way, worst first. */
export const IMPACTS = ['critical', 'serious', 'moderate', 'minor'] as const
export type Impact = (typeof IMPACTS)[number]

/** By which tags of axe-core its rules are of a level; `words`: rules that its Chinese has none for. */
export const ACCESS_TAGS: Readonly<Record<AccessLevel, readonly string[]>> = levels.tags
export const MORE_WORDS: Readonly<Record<string, string>> = levels.words

/** Of one fault the places that are named, and how long what is kept of each may be. */
export const MOST_PLACES = 3
export const MOST_SELECTOR = 300
export const MOST_HTML = 300

/** One rule of axe-core that a page breaks. */
export interface AccessFault {
  /** Its name there, as `image-alt`. */
  readonly rule: string
  readonly level: AccessLevel
  readonly impact: Impact | null
  /** Places of the page that break it. */
  readonly places: number
  /** What should be so. */
  readonly zh: string
  readonly en: string
  /** The first of them: where it stands, if that can be said, and how it is written. */
  readonly first: readonly { readonly selector: string | null; readonly html: string }[]
}

/** When a page stood, in ms since it was asked for. Null: that did not come about. */
export interface LoadTimes {
  /** Its text was there and its own scripts had run (`DOMContentLoaded`). */
  readonly readyMs: number | null
  /** The first of it was to be seen (first contentful paint). */
  readonly paintMs: number | null
  /** All of it was there, pictures too (`load`). */
  readonly loadMs: number | null
}

/** Why accessibility was not looked at although the page was drawn. */
export const UNCHECKED = ['axe_late', 'axe_failed'] as const
export type Unchecked = (typeof UNCHECKED)[number]

/**
 * By what a link is not seen in a browser. `size`: nothing of it has an area, or its type has none; `covered`: something lies over it.
 */
export const UNSEEN_BY = [
  ...['display', 'visibility', 'opacity', 'offscreen'],
  ...['size', 'colour', 'clip', 'covered'],
] as const
export type UnseenBy = (typeof UNSEEN_BY)[number]

/** Links to other hosts that nobody sees, as they stand in one place of a page. */
export interface UnseenBlock {
  readonly by: UnseenBy
  /** It may be seen by and by: a script hides it, a box moves it, or it opens. */
  readonly isLater: boolean
  /** So many links to the page's own host stand there too. */
  readonly own: number
  /** Some of them lead to the site or to an office, those among them that were not kept. */
  readonly isMixed?: boolean
  /** What stands there, links too: its beginning. */
  readonly text: string
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

export interface Unseen {
  readonly blocks: readonly UnseenBlock[]
  /** There are more links than were looked at in the time. */
  readonly isCut: boolean
}

/** What is kept of them of a page: places and links; characters of an address, of a link's words, of what stands around. */
export const MOST_UNSEEN = { blocks: 20, links: 80, href: 300, said: 150, around: 500 } as const

/** Why a page was not looked at for them although it was drawn. */
export const UNLOOKED = ['late', 'failed'] as const
export type Unlooked = (typeof UNLOOKED)[number]

/** What was found of a page that was drawn. */
export interface PageCheck {
  readonly load: LoadTimes | null
  /** By which version of axe-core. */
  readonly axe: string
  readonly access: readonly AccessFault[] | Unchecked
  /** Absent where an older version looked. */
  readonly unseen?: Unseen | Unlooked
}

/**
 * How long a page took to open: until its text stands and is to be seen. Reviews ask that a home page opens (打开) within so
 * many seconds, as a visitor sees it: pictures far below and counters of others, which `load` waits for, are no part of that, and a
 * first stroke of colour (paint) is not the page yet.
 */
export const openedMs = ({ readyMs, paintMs }: LoadTimes): number | null =>
  readyMs === null ? null : Math.max(readyMs, paintMs ?? 0)
