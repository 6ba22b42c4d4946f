import { inSlices } from '../../../base/slices.ts'
import { type PageOrder, type PageRead, readOrder } from './page-read.ts'

/** Whoever reads pages. */
export interface Reader {
  /** Pages that are read at the same time. */
  readonly size: number
  /**
   * Reads a page. Its bytes may have gone elsewhere when this returns: those to go on with come with the answer.
   * @throws where a page could not be read, whatever it did: it says nothing, and is no fault of any other.
   */
  read(order: PageOrder): Promise<PageAnswer>
  /** What is being read is given up. */
  close(): Promise<void>
}

export interface PageAnswer {
  /** Null: the page shows what it showed when it was read last. */
  readonly read: PageRead | null
  readonly bytes: Uint8Array
  /** CPU that it took. */
  readonly cpuMs: number
}

/** Reads on the thread that asks, in slices between which everybody else has their turn. */
export const slicedReader: Reader = {
  size: 1,
  async read(order) {
    let cpuMs = 0
    const read = await inSlices(readOrder(order), (ms) => {
      cpuMs = ms
    })
    return { read, bytes: order.bytes, cpuMs }
  },
  close: async () => {},
}
