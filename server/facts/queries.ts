import { type Selectable, sql } from 'kysely'
import type { Fact } from '../../shared/facts.ts'
import type { Scope } from '../../shared/users.ts'
import type { Db, FactTable } from '../db/database.ts'
import { within } from '../users/scope.ts'

/** Facts after number `seq`, oldest first, at most `limit`. */
export async function factsAfter(db: Db, seq: number, limit: number): Promise<Fact[]> {
  const rows = await db
    .selectFrom('fact')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toFact)
}

/** The number of the last fact that is committed. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db.selectFrom('fact_counter').select('seq').where('id', '=', 1).executeTakeFirstOrThrow()
  return row.seq
}

export interface FactFilter {
  siteId?: number | undefined
  alertId?: number | undefined
  rectificationId?: number | undefined
  /** Facts before this number. */
  before?: number | undefined
  limit: number
}

/** Facts within a scope, newest first. Facts that belong to no site are the city's. */
export async function listFacts(db: Db, scope: Scope, filter: FactFilter): Promise<Fact[]> {
  let query = db.selectFrom('fact').selectAll('fact')
  if (scope.kind !== 'city') {
    query = query.where(
      'fact.site_id',
      'in',
      db.selectFrom('site').select('site.id').where(within(scope, 'site')),
    )
  }
  if (filter.siteId !== undefined) query = query.where('fact.site_id', '=', filter.siteId)
  if (filter.alertId !== undefined) query = query.where('fact.alert_id', '=', filter.alertId)
  if (filter.rectificationId !== undefined) {
    query = query.where('fact.rectification_id', '=', filter.rectificationId)
  }
  if (filter.before !== undefined) query = query.where('fact.seq', '<', filter.before)
  const rows = await query.orderBy('fact.seq', 'desc').limit(filter.limit).execute()
  return rows.map(toFact)
}

/** Changes of one site's state, oldest first. */
export async function siteChanges(db: Db, siteId: number, from: Date, to: Date): Promise<Fact[]> {
  const rows = await db
    .selectFrom('fact')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('kind', '=', sql.lit('site.changed'))
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('seq')
    .execute()
  return rows.map(toFact)
}

function toFact(row: Selectable<FactTable>): Fact {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    siteId: row.site_id,
    district: row.district,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    data: row.data,
  } as Fact
}
