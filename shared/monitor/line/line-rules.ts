import type { Cause } from '../visit/probes.ts'
import type { Graded, HeaderResults } from './grade-rules.ts'

/* The line of a site (线路): how its home page is reached over IPv6 and HTTPS, and what its headers protect. */

/**
 * `none`: the name has no IPv6 address; `fails`: it has one that does not answer; `noLine`: this place has no IPv6 itself;
 * `unknown`: the name servers did not say.
 */
export const SIX_STATES = ['opens', 'fails', 'none', 'noLine', 'unknown'] as const
export type SixState = (typeof SIX_STATES)[number]

/** `national`: by national cryptography, which this monitor cannot read and which is no fault. `other`: another page answers. */
export const SECURE_STATES = ['opens', 'none', 'fault', 'other', 'national', 'unknown'] as const
export type SecureState = (typeof SECURE_STATES)[number]

export type Redirection = HeaderResults['redirection']

const LEFT_PLAIN: readonly string[] = ['missing', 'notToHttps'] satisfies Redirection[]

/** Whether people who come in plain stay so, although the site has HTTPS. */
export const isLeftPlain = (redirection: string): boolean => LEFT_PLAIN.includes(redirection)

/** Pages of a level that were asked for over IPv6, and how many of them came. */
export interface SixShare {
  readonly asked: number
  readonly opened: number
  /** Some that did not. */
  readonly failed: readonly string[]
}

/** What one look at the line of a site brought. Times are ms. */
export interface LineMeasured {
  /** The home page, where it is in the end. */
  readonly url: string
  readonly six: {
    readonly state: SixState
    readonly address: string | null
    readonly cause: Cause | null
    readonly tookMs: number | null
    /** How much of the page is the same as over IPv4, 0 to 1; null: not compared. */
    readonly same: number | null
    /** Pages one click away, and two. Null: not asked for. */
    readonly second: SixShare | null
    readonly third: SixShare | null
  }
  readonly secure: {
    readonly state: SecureState
    readonly cause: Cause | null
    readonly redirection: Redirection
    /** Seconds for which browsers are told to come by HTTPS only; null: they are not. */
    readonly hstsAge: number | null
    readonly certDaysLeft: number | null
    /** The server leaves out an intermediate certificate. */
    readonly isIncomplete: boolean
    /** It speaks old versions only. */
    readonly isWeak: boolean
  }
  readonly headers: { readonly results: HeaderResults } & Graded
  readonly load: {
    /** The better of two where the first took too long; of the page itself, without what belongs to it. */
    readonly ms: number
    readonly by: 'load'
  }
}

/** Why there is nothing to say of a site's line: nobody has looked yet, or the home page did not come. */
export const NO_LINE_FOR = ['never', 'notOpened', 'blocked'] as const
export type NoLineFor = (typeof NO_LINE_FOR)[number]
