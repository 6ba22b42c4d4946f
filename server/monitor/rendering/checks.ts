import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { DrawAnswer, Drawn } from './browser/order.ts'
import type { RenderOrder } from './queries.ts'

/** Whoever wants to know what a browser finds of pages, beside their readings and pictures (`page-checks`). */
export interface Checks {
  /** Orders the pages whose turn it is. @param now epoch ms. */
  ask(now: number): Promise<void>
  /**
   * Keeps what was found of a page.
   * @param again draws it once more.
   * @returns why that is not possible; null: it is done.
   */
  take(order: RenderOrder, drawn: Drawn, again: () => Promise<DrawAnswer>): Promise<RenderReason | null>
  /** Keeps why a page could not be drawn. @param now epoch ms. */
  fail(order: RenderOrder, reason: RenderReason, now: number): Promise<void>
}
