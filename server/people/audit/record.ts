import type { Person } from '../../../shared/base/person.ts'
import type { AuditAction, AuditEntity } from '../../../shared/people/audit/audit.ts'
import type { Db, Tx } from '../../base/db/database.ts'

export interface AuditRecord {
  at: Date
  /** Null: the program itself, or nobody who is known. A wall link (id 0) is kept by its name only. */
  actor: Person | null
  /** `noun.pastVerb`, such as `alert.acknowledged`. */
  action: AuditAction
  /** The noun, singular. */
  entity: AuditEntity
  entityId: number | null
  /** What was given or what changed. No passwords, no keys. */
  detail: Record<string, unknown>
}

/** Notes who did what. Give the transaction of the action, so that neither is stored without the other. */
export const recordAudit = (db: Db | Tx, record: AuditRecord): Promise<void> => recordAudits(db, [record])

/** The same of what was done to some thousand at once. */
export async function recordAudits(db: Db | Tx, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ at, actor, action, entity, entityId, detail }) => ({
    ...{ at, action, entity, entity_id: entityId, detail: JSON.stringify(detail) },
    ...{ actor_id: actor?.id || null, actor_name: actor?.name ?? null },
  }))
  await db.insertInto('audit').values(rows).execute()
}
