import { sql } from 'kysely'
import type { RoundCount } from '../../../shared/census/rounds/rounds.ts'
import type { RoundKind } from '../../../shared/census/rounds/rounds-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

interface Counted {
  readonly id: number
  readonly kind: RoundKind
  readonly due_on: string
}

/** How much of each round is done within a scope: of a spot check the chosen sites, else all of the list. */
export async function countRounds(
  db: Db,
  scope: Scope,
  rounds: readonly Counted[],
  today: string,
): Promise<Map<number, RoundCount>> {
  if (rounds.length === 0) return new Map()
  const rows = await db
    .selectFrom('census_round_site as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .where(
      's.round_id',
      'in',
      rounds.map(({ id }) => id),
    )
    .where(within(scope, 's'))
    .where(isChecked('s'))
    .groupBy(['s.round_id', 'r.due_on'])
    .select(['s.round_id', 'r.due_on'])
    .select([sql<number>`count(*)::int`.as('total'), sql<number>`count(s.result)::int`.as('done')])
    .execute()
  return new Map(
    rows.map(({ round_id, due_on, total, done }) => [
      round_id,
      { total, done, late: 0, overdue: today > due_on ? total - done : 0 },
    ]),
  )
}

/** Sites that a round looks at: those drawn, or all where nothing is drawn. @param table alias of the list; the round is `r`. */
export const isChecked = (table: string) =>
  sql<boolean>`(${sql.ref(`${table}.draw`)} = 'chosen' or r.sample is null)`
