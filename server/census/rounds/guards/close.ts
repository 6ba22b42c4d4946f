import type { Guard } from '../../../../shared/census/rounds/guards/guards.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { endGuard } from './begin.ts'
import { makeReport } from './report.ts'

/** Ends a guarded period with its closing report, which stays as it is made now. */
export async function closeGuard(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  round: Round,
  guard: Guard,
  user: Principal,
): Promise<void> {
  const report = JSON.stringify(await makeReport(ctx, tx, round, guard, user))
  await tx.updateTable('census_guard').set({ report }).where('round_id', '=', round.id).execute()
  await endGuard(tx, round.id)
}
