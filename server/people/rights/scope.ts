import { type RawBuilder, sql } from 'kysely'
import { districtsOf, type Scope, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import { type Action, PERMISSIONS } from '../../../shared/people/rights/rights-rules.ts'

/**
 * The SQL side of `covers` in `shared/people/rights/rights.ts`: a condition that holds for rows within `scope`.
 * @param table alias of a table that has `district` and `unit_id` (a site).
 */
export function within(scope: Scope, table: string): RawBuilder<boolean> {
  if (scope.kind === 'city') return sql<boolean>`true`
  if (scope.kind === 'district') {
    return sql<boolean>`${sql.ref(`${table}.district`)} = any(${[...districtsOf(scope)]}::text[])`
  }
  return sql<boolean>`${sql.ref(`${table}.unit_id`)} = any(${[...unitIdsOf(scope)]}::int[])`
}

/** SQL for whether the account `who` may do something for everybody: it has the whole city. */
export const mayForAll = (action: Action): RawBuilder<boolean> =>
  sql<boolean>`(who.role = any(${[...PERMISSIONS[action]]}::text[])
    and cardinality(who.districts) = 0 and cardinality(who.unit_ids) = 0)`
