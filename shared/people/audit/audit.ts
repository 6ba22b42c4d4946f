import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { sentText } from '../../base/sent-text.ts'
import type { NameIn } from '../../locales/keys.ts'

/** What can be done and is noted, `noun.pastVerb`, and the nouns: none is written that the audit has no words for. */
export type AuditAction = NameIn<'audit.did'>
export type AuditEntity = NameIn<'audit.entity'>

export const auditEntry = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.int(), name: z.string() }).nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.int().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntry>

const text = sentText.max(100).optional()
const anyInstant = sentInstant.optional()

/** What is looked for in the audit; what is left out does not matter. */
export const auditFilter = z.object({
  /** Part of the name of who did it. */
  actor: text,
  action: text,
  entity: text,
  entityId: rowId.optional(),
  /** At or after, and before. */
  from: anyInstant,
  to: anyInstant,
  /** Part of the name, the action or anything that was kept with it. */
  q: text,
})
export type AuditFilter = z.infer<typeof auditFilter>

/** CSV for spreadsheets, or one JSON object a line. */
export const AUDIT_FORMATS = ['csv', 'jsonl'] as const
