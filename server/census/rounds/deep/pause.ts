import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { setRound, takeRound } from '../service.ts'

type Given = { readonly version: number }

/** Lets a deep monitoring rest; what it has measured stays. @throws Refusal not_found, forbidden, conflict */
export const pauseRound = (ctx: Context, user: Principal, id: number, { version }: Given) =>
  takeRound(ctx, user, id, { version, step: 'pause' }, async (tx) => {
    await setRound(tx, id, { paused_by: user.id, paused_at: new Date(ctx.clock.now()) })
    return 'round.paused'
  })

/** Goes on with it where it was, within minutes. @throws Refusal not_found, forbidden, conflict */
export const resumeRound = (ctx: Context, user: Principal, id: number, { version }: Given) =>
  takeRound(ctx, user, id, { version, step: 'resume' }, async (tx) => {
    await setRound(tx, id, { paused_by: null, paused_at: null })
    return 'round.resumed'
  })
