import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Picture } from './browser/order.ts'
import type { RenderOrder } from './queries.ts'

/** What came of an order for a picture: the picture, where the page really was and when; or why there is none. */
export type Pictured =
  | (Picture & { readonly url: string; readonly atMs: number })
  | { readonly failed: RenderReason }

declare module '../../base/context.ts' {
  interface After {
    /** An order for a picture has come to its end. What throws has it drawn once more. */
    pictured(ctx: Pick<Context, 'db' | 'clock' | 'log'>, order: RenderOrder, picture: Pictured): Promise<void>
  }
}
