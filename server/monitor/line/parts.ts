import type { LineMeasured } from '../../../shared/monitor/line/line-rules.ts'
import type { AskingProber } from '../visit/visit.ts'

/** Addresses of pages one click from the home page, and two. */
export interface LevelPages {
  readonly second: readonly string[]
  readonly third: readonly string[]
}

/** Whose line is measured. */
export interface LineSite {
  readonly url: string
  /** Pages of the site one click and two from its home page, to be asked for over IPv6. */
  readonly pages: LevelPages
  /** What the look before has seen by HTTPS; null: nothing. */
  readonly secureBefore: LineMeasured['secure'] | null
}

export interface LineParts {
  readonly prober: Pick<AskingProber, 'ask'>
  /** Where plain and secure servers listen. */
  readonly ports: { readonly http: number; readonly https: number }
  readonly limits: LineLimits
  readonly signal: AbortSignal
  /** Between two questions to the same site. */
  readonly wait: (ms: number) => Promise<void>
}

export interface LineLimits {
  /** A home page that takes longer is asked for once more, ms. */
  readonly slowMs: number
  /** Two pages with less in common are not the same. */
  readonly same: number
  /** Between two questions, ms. */
  readonly pauseMs: number
}
