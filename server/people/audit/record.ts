import type { Person } from '../../../shared/base/person.ts'
import type { Db, Tx } from '../../base/db/database.ts'

export interface AuditRecord {
  at: Date
  /** Null: the program itself, or nobody who is known. A wall link (id 0) is kept by its name only. */
  actor: Person | null
  /** `noun.pastVerb`, such as `alert.acknowledged`. */
  action: string
  /** The noun, singular: `alert`, `rectification`, `site`, `session`, `wall_link`, `user`, `register`. */
  entity: string
  entityId: number | null
  /** What was given or what changed. No passwords, no keys. */
  detail: Record<string, unknown>
}

/** Notes who did what. Give the transaction of the action, so that neither is stored without the other. */
export async function recordAudit(db: Db | Tx, record: AuditRecord): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at: record.at,
      actor_id: record.actor?.id || null,
      actor_name: record.actor?.name ?? null,
      action: record.action,
      entity: record.entity,
      entity_id: record.entityId,
      detail: JSON.stringify(record.detail),
    })
    .execute()
}
