import type { Figure } from '../bench/figure.ts'

/** What a run is asked for. */
export interface HostileOptions {
  /** How many hostile things are sent; each part says what it counts, and what its full number is. */
  readonly count?: number
  /** `postgres` or `embedded`, for what is done to both; both without it. */
  readonly database?: string | undefined
  /** The same seed sends the same. */
  readonly seed: number
  /** Tells how far it is. */
  readonly say: (text: string) => void
}

/** One attack on the product; what it could not do is in the figures. */
export type HostilePart = (options: HostileOptions) => Promise<readonly Figure[]>
