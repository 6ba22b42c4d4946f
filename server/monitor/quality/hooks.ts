import type { MarkKind } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Db } from '../../base/db/database.ts'
import type { Steps } from '../../base/slices.ts'
import type { Case } from './count.ts'

/** What people said of what a rule told in a span of time. */
export interface MarkCount {
  readonly rule: string
  /** So much was told of. */
  readonly told: number
  readonly refused: number
  readonly kind: MarkKind
}

declare module '../../base/context.ts' {
  interface After {
    /** What was planted on the test site on a night: the truth, which is for the counting alone. */
    truthOfTestSite(seed: number, night: string): readonly (Case & { readonly slot: number })[]
    /** What was so of the demo's sites from `sinceMs` to `atMs`, by its script. */
    truthOfFleet(sinceMs: number, atMs: number): Steps<readonly (Case & { readonly code: string })[]>
    /** How people corrected what was told between two instants, beyond what the monitor itself keeps. */
    markedByPeople(db: Db, from: Date, to: Date): Promise<readonly MarkCount[]>
  }
}
