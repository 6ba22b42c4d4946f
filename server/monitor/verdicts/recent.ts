import { v2WindowStart } from '../../../shared/monitor/verdicts/verdicts.ts'

interface Window {
  /** Days of the window of V2. */
  readonly v2VetoDays: number
}

/** What the rules in force say, where this program knows them (`in-force.ts`), or this thread was told. */
let inForce: (() => Window) | null = null

/**
 * Has this program, or this thread, read by these rules. A thread only reads: what knows the installation's rules, with the database
 * and all schemas, would be a third of what it takes.
 */
export function readBy(rules: () => Window): void {
  inForce = rules
}

/**
 * The first local day of the window of V2 that ends with `ref`.
 * @throws where nobody has said by which rules is read.
 */
export function recentSince(ref: string): string {
  if (!inForce) throw new Error('by which rules is read was not said: import monitor/verdicts/in-force.ts')
  return v2WindowStart(ref, inForce())
}
