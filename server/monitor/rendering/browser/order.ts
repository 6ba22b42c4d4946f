import type { PageCheck } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { RenderReason } from '../../../../shared/monitor/rendering/rendering-rules.ts'
import type { RenderMark } from '../ask.ts'
import type { GateCounts } from './gate.ts'

/* What the server and the process that draws say to each other. */

/** How the process that draws is set up. */
export interface Setup {
  /** The program that is Chromium, or the folder of the package that brings it, and where that is unpacked to. */
  readonly chromium: { readonly path: string } | { readonly package: string; readonly version: string }
  readonly folder: string
  readonly userAgent: string
  /** Time zone that pages see. */
  readonly zone: string
  readonly allowAddresses: readonly string[]
  readonly hosts: Readonly<Record<string, string>>
  /** `*.localhost:port` of the demo's sites, which those alone may reach. */
  readonly demoHosts: readonly string[]
  readonly limits: DrawLimits
}

/** What one page may take: ms, bytes, MB where the name says so. */
export interface DrawLimits {
  readonly pageMs: number
  readonly checkMs: number
  readonly unseenMs: number
  readonly settledMs: number
  /** The same after a scroll that has not come to the end. */
  readonly scrolledMs: number
  readonly settleMs: number
  readonly scrolls: number
  readonly maxRequests: number
  readonly maxBytes: number
  readonly maxHtmlBytes: number
  readonly maxPictureBytes: number
  readonly maxPictureHeight: number
  /** The page and those within it: each is looked through for persons. */
  readonly maxPictureFrames: number
  readonly maxPageMemoryMb: number
  readonly maxPoolMemoryMb: number
  readonly maxAllMemoryMb: number
  /** Of the process that draws, above which it is renewed after the page; and above which it is ended at once. */
  readonly maxDrawerMemoryMb: number
  readonly maxDrawerPeakMb: number
  readonly renewPages: number
  readonly renewMinutes: number
}

/** A page that is to be drawn. */
export interface DrawOrder {
  readonly id: number
  readonly url: string
  readonly demo: boolean
  /** The page as it stands after it was drawn is wanted. */
  readonly wantsHtml: boolean
  /** What a browser finds of it is wanted: when it stood, what is not accessible. */
  readonly wantsCheck?: boolean
  /** A picture is wanted, and of what; null: none. */
  readonly picture: {
    readonly mark: RenderMark | null
    readonly isWhole: boolean
    /** A page that says that something is wrong is pictured as well. */
    readonly isAsIs?: boolean
    /** The local day, YYYY-MM-DD, by which numbers of persons are known: they are covered. */
    readonly today: string
  } | null
}

/** A picture of a page, or of a place on it. */
export interface Picture {
  readonly bytes: Uint8Array
  readonly type: 'image/jpeg'
  readonly width: number
  readonly height: number
  /** What was to be outlined was found, and is. */
  readonly isMarked: boolean
  /** Characters of the page that no font here has: boxes stand in their places. */
  readonly boxes?: string
}

/** What a page that was drawn asked for and did not get: it was refused, answered with an error, or not answered to its end. */
export interface Missed {
  /** Scripts, what these ask for, and pages within it. */
  readonly all: number
  /** Of those what is of its own site: lists, most likely. No script that its own server says is not there. */
  readonly own: number
  /** Of those data that its scripts asked other sites for: a list of the province's, or what some service counts. */
  readonly others: number
}

/** A page that was drawn. */
export interface Drawn {
  /** Where it really was. */
  readonly url: string
  /** As it stood, with the pages of its site within it in their places, without scripts; UTF-8. */
  readonly html: Uint8Array | null
  readonly isCut: boolean
  readonly picture: Picture | null
  /** Null: it was not asked for. */
  readonly check?: PageCheck | null
  readonly missed: Missed
  readonly tookMs: number
  readonly counts: GateCounts
}

/** Why a page was not drawn. */
export interface DrawFailure {
  readonly failed: RenderReason
  /** The error that its server answered with. */
  readonly status?: number | undefined
}

export type DrawAnswer = Drawn | (DrawFailure & { readonly counts: GateCounts })

/** By which a server says that there is no such page. With any other error there may be one: a firewall answers with many. */
export const GONE: ReadonlySet<number | undefined> = new Set([404, 410])

/** Who was drawing it has ended, or cannot. */
export const BROKEN_OFF: DrawAnswer = {
  failed: 'broken_off',
  counts: { requests: 0, bytes: 0, refused: 0, isOver: false },
}

/** From the server. */
export type ToDrawer = { readonly draw: DrawOrder }
/** From the process that draws. */
export type FromDrawer =
  | { readonly ready: true; readonly version: string }
  | { readonly error: string }
  | {
      readonly id: number
      readonly answer: DrawAnswer
      /** What the process and its browser hold, each shared part counted once; and the process alone, bytes. */
      readonly held: number
      readonly own: number
    }
