import type { Document } from '../../../../shared/census/documents/documents.ts'
import type { DocumentChanged } from '../../../../shared/census/documents/facts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { appendFacts } from '../../../base/facts/append.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { toDocument } from '../queries.ts'
import { requireDocument } from '../service.ts'

/** Audits what became of a document and tells it; a circular that is issued, to everybody. Call it last. */
export async function tell(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  user: Principal,
  id: number,
  kind: DocumentChanged['kind'],
  text: string | null = null,
): Promise<Document> {
  const at = new Date(ctx.clock.now())
  const row = await requireDocument(tx, user, id)
  const after = await toDocument(tx, row, user)
  const { title, number, dataHash } = after
  const detail = { number, title, hash: dataHash, note: text }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'document', entityId: id, detail })
  const isForAll = row.kind === 'circular' && (kind === 'document.issued' || kind === 'document.superseded')
  const where = { siteId: row.site_id, district: row.district }
  const data = {
    documentId: id,
    title,
    number: number ?? `#${id}`,
    text,
    ...(isForAll && { everybody: true as const }),
  }
  await appendFacts(tx, [
    { kind, at: at.toISOString(), ...where, actor: { id: user.id, name: user.name }, data },
  ])
  return after
}
