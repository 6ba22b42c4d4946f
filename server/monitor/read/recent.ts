import { v2WindowStart } from '../../../shared/monitor/verdicts/verdicts.ts'
import { rulesInForce } from '../verdicts/in-force.ts'

/** Days of the window of V2, where this thread was told them. */
let told: number | null = null

/** Has this thread take `days` for the window of V2: one that only reads knows nothing of the installation's rules. */
export function readWithin(days: number): void {
  told = days
}

/** The first local day of the window of V2 that ends with `ref`. */
export const recentSince = (ref: string): string =>
  v2WindowStart(ref, told === null ? rulesInForce() : { v2VetoDays: told })
