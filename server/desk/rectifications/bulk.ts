import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { takeStep } from './service.ts'
import type { StepCommand } from './steps.ts'

export type RectificationOutcome =
  | { readonly id: number; readonly rectification: Rectification }
  | { readonly id: number; readonly refusal: Refusal }

/** One step with many rectifications, one after another: each is taken or refused by itself. */
export async function takeSteps(
  ctx: Context,
  user: Principal,
  items: readonly { id: number; version: number }[],
  command: StepCommand,
): Promise<RectificationOutcome[]> {
  const outcomes: RectificationOutcome[] = []
  for (const seen of items) {
    try {
      outcomes.push({ id: seen.id, rectification: await takeStep(ctx, user, seen, command) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      outcomes.push({ id: seen.id, refusal: error })
    }
  }
  return outcomes
}
