import type { Selectable, SelectQueryBuilder } from 'kysely'
import { sql } from 'kysely'
import type { AuditEntry, AuditFilter } from '../../../shared/people/audit/audit.ts'
import type { Database, Db } from '../../base/db/database.ts'
import type { AuditTable } from './tables.ts'

/** Entries of the audit, newest first, and how many there are without `before` and `limit`. */
export async function listAudit(
  db: Db,
  filter: AuditFilter,
  paging: { before: number | undefined; limit: number },
): Promise<{ items: AuditEntry[]; total: number }> {
  const matching = matchingAudit(db, filter)
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let page = matching.selectAll()
  if (paging.before !== undefined) page = page.where('id', '<', paging.before)
  const rows = await page.orderBy('id', 'desc').limit(paging.limit).execute()
  return { items: rows.map(toEntry), total }
}

/** Every entry, oldest first, `size` at a time: an audit may be larger than memory. */
export async function* everyAudit(db: Db, filter: AuditFilter, size = 1000): AsyncGenerator<AuditEntry[]> {
  for (let after = 0; ; ) {
    const rows = await matchingAudit(db, filter)
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(size)
      .execute()
    if (rows.length > 0) yield rows.map(toEntry)
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    after = last.id
  }
}

function matchingAudit(db: Db, filter: AuditFilter): SelectQueryBuilder<Database, 'audit', object> {
  let query = db.selectFrom('audit')
  if (filter.entity) query = query.where('entity', '=', filter.entity)
  if (filter.entityId !== undefined) query = query.where('entity_id', '=', filter.entityId)
  if (filter.action) query = query.where('action', '=', filter.action)
  if (filter.actor) query = query.where('actor_name', 'ilike', containing(filter.actor))
  if (filter.from) query = query.where('at', '>=', new Date(filter.from))
  if (filter.to) query = query.where('at', '<', new Date(filter.to))
  if (filter.q) {
    const pattern = containing(filter.q)
    query = query.where(
      sql<boolean>`(actor_name ilike ${pattern} or action ilike ${pattern} or detail::text ilike ${pattern})`,
    )
  }
  return query
}

/** What was typed stands for itself: `%` and `_` are no wildcards. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function toEntry(row: Selectable<AuditTable>): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor_name === null ? null : { id: row.actor_id ?? 0, name: row.actor_name },
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    detail: row.detail,
  }
}
