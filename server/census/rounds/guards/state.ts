import type { GuardState } from '../../../../shared/census/rounds/guards/guards.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { Refusal } from '../../../base/refusal.ts'
import { countZeroReports } from './counts.ts'
import { desksOf, tightenedNow } from './roster.ts'

/** How a guarded period is manned and reported on, within a scope. @throws Refusal not_found where a round is none */
export async function guardStateOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  scope: Scope,
  { id, guard, sites }: Round,
): Promise<GuardState> {
  if (!guard) throw new Refusal('not_found', 'rounds.noGuard')
  const now = new Date(clock.now())
  return {
    sites,
    tightened: await tightenedNow(db, id, now),
    desks: await desksOf(db, scope, id, guard),
    zero: await countZeroReports(db, scope, id, now),
  }
}
