import type { Selectable } from 'kysely'
import type { AuditEntry } from '../../shared/api.ts'
import type { AuditTable, Db } from '../db/database.ts'

export interface AuditFilter {
  entity: string | undefined
  /** Entries before this number. */
  before: number | undefined
  limit: number
}

/** Entries of the audit, newest first, and how many there are without `before` and `limit`. */
export async function listAudit(
  db: Db,
  filter: AuditFilter,
): Promise<{ items: AuditEntry[]; total: number }> {
  let matching = db.selectFrom('audit')
  if (filter.entity !== undefined) matching = matching.where('entity', '=', filter.entity)
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let page = matching.selectAll()
  if (filter.before !== undefined) page = page.where('id', '<', filter.before)
  const rows = await page.orderBy('id', 'desc').limit(filter.limit).execute()
  return { items: rows.map(toEntry), total }
}

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
