import { sql } from 'kysely'
import { addDays, localDay, startOfDay } from '../../../../shared/base/time.ts'
import {
  type Completeness,
  type MissingZero,
  NAMED_MISSING,
  type OpenRound,
} from '../../../../shared/census/rounds/completeness/completeness.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import { takesSubmissions } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { Principal, Scope } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'
import { isMissing } from '../guards/counts.ts'
import { listRounds } from '../queries.ts'
import { tallySites } from '../sites.ts'
import { tallySubmissions } from '../submissions/queries.ts'
import { type Today, todayOf } from '../today.ts'

/** Rounds under way beyond these are so old that nobody waits for them. */
const MOST_ROUNDS = 200
const MOST_ZERO = 100

/** How far the rounds under way have come, and whose zero report is missing, within a scope. */
export async function completenessFor(
  ctx: Pick<Context, 'db' | 'clock'>,
  who: Pick<Principal, 'id' | 'role' | 'scope'>,
): Promise<Completeness> {
  const { db } = ctx
  const now = await todayOf(ctx, db)
  const { items } = await listRounds(db, who, { isUnderWay: true }, { limit: MOST_ROUNDS }, now)
  const open = items.filter((round) => isHandedIn(round) && round.count.total > 0)
  const rounds: OpenRound[] = []
  for (const round of open) rounds.push(await openRoundOf(db, who.scope, round, now))
  rounds.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id))
  return { rounds, zero: await missingZeroReports(db, who.scope, ctx.clock.now()) }
}

/** Of a guarded period it is the poll that is handed in. */
const isHandedIn = ({ guard }: Round): boolean => guard === null || guard.phase === 'poll'

async function openRoundOf(db: Db, scope: Scope, round: Round, { today }: Today): Promise<OpenRound> {
  const { id, number, kind, guard, dueOn, standing, count } = round
  const bySubmission = takesSubmissions(kind)
  const tallies = await (bySubmission ? tallySubmissions : tallySites)(db, scope, id, today)
  const missing = bySubmission ? await missingOf(db, scope, id) : []
  return {
    ...{ id, number, kind, name: guard?.name ?? null, dueOn, standing, total: count.total, done: count.done },
    districts: tallies.map(({ district, total, done }) => ({
      ...{ district, total, done },
      missing: missing
        .filter((one) => one.district === district)
        .map(({ submissionId, unit }) => ({ submissionId, unit })),
    })),
  }
}

/** Who has not handed in, some of each district. */
async function missingOf(db: Db, scope: Scope, roundId: number) {
  const { rows } = await sql<{ submissionId: number; district: string; unit: string | null }>`
    select id as "submissionId", district, unit_name as unit from (
      select s.*, row_number() over (partition by district order by unit_name nulls first, id) as n
      from census_submission s
      where round_id = ${roundId} and state not in ('handed_in', 'accepted') and ${within(scope, 's')}
    ) as one where n <= ${NAMED_MISSING} order by district, n
  `.execute(db)
  return rows
}

/** Missing zero reports of guarded periods that run, or were over yesterday: later ones the closing report tells of. */
function missingZeroReports(db: Db, scope: Scope, nowMs: number): Promise<MissingZero[]> {
  return db
    .selectFrom('census_zero_report as z')
    .innerJoin('census_guard as g', 'g.round_id', 'z.round_id')
    .innerJoin('census_round as r', 'r.id', 'z.round_id')
    .where('r.state', 'not in', ['closed', 'void'])
    .where('z.due_at', '>=', new Date(startOfDay(addDays(localDay(nowMs), -1))))
    .where(isMissing(new Date(nowMs)))
    .where(within(scope, 'z'))
    .orderBy('z.due_at', 'desc')
    .orderBy('z.district')
    .orderBy('z.id')
    .limit(MOST_ZERO)
    .select(['z.id', 'z.round_id', 'z.district', 'z.unit_name', 'z.due_at'])
    .execute()
    .then((rows) =>
      rows.map(({ id, round_id, district, unit_name, due_at }) => ({
        ...{ id, roundId: round_id, district, unit: unit_name, dueAt: due_at.toISOString() },
      })),
    )
}
