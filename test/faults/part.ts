import type { Figure } from '../bench/figure.ts'

/** What a run is asked for. */
export interface FaultOptions {
  /** How often a process is killed. */
  readonly times: number
  /** How long the database is away. */
  readonly minutes: number
  /** Tells how far it is. */
  readonly say: (text: string) => void
}

/** One kind of fault; what did not come through it is in the figures. */
export type FaultPart = (options: FaultOptions) => Promise<readonly Figure[]>
