import { liveBy } from '../../../../shared/base/zone.ts'
import { type InspectOrder, inspect } from './inspector.ts'

/* What a thread of the inspections does (`pool.ts`); built, it is a file of its own. */

export interface ThreadOrder extends InspectOrder {
  /** What of the installation rules depend on. */
  readonly by: { readonly zone: string }
}

/** Looks at one page. */
export default function inspectInThread({ by, ...order }: ThreadOrder) {
  liveBy(by.zone)
  return inspect(order)
}
