import { move, transferableSymbol, valueSymbol } from 'piscina'
import { liveBy } from '../../../../shared/base/zone.ts'
import { atOnce } from '../../../base/slices.ts'
import { readBy } from '../../verdicts/recent.ts'
import { type PageOrder, readOrder } from './page-read.ts'
import type { PageAnswer } from './reader.ts'

/* What a thread of the reader's pool does (`pool.ts`); built, it is a file of its own. */

export interface ThreadOrder extends PageOrder {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What of the installation reading depends on. */
  readonly by: { readonly zone: string; readonly recentDays: number }
}

/** Reads one page; its bytes go back with what was read. */
export default function readInThread({ by, ...order }: ThreadOrder) {
  liveBy(by.zone)
  readBy(() => ({ v2VetoDays: by.recentDays }))
  const before = performance.now()
  const read = atOnce(readOrder(order))
  const answer: PageAnswer = { read, bytes: order.bytes, cpuMs: performance.now() - before }
  return move({ [transferableSymbol]: [order.bytes.buffer], [valueSymbol]: answer })
}
