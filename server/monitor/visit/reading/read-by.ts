import type { Prober } from '../visit.ts'
import type { Reader } from './reader.ts'

/** Who visits and reads. */
export interface ReadBy {
  readonly prober: Prober
  readonly reader: Reader
  /** Local day that counts as today. */
  readonly ref: string
  readonly signal: AbortSignal
}
