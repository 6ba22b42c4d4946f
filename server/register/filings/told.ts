import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { FILING_FACTS } from '../../../shared/register/filings/facts.ts'
import type { Tx } from '../../base/db/database.ts'
import { recordAudit } from '../../people/audit/record.ts'
import type { Effective } from './effect.ts'

/** Audits what became of a filing. @returns the fact that tells whoever looks after the site, to be appended */
export async function tell(
  tx: Tx,
  actor: Person | null,
  kind: (typeof FILING_FACTS)[number],
  filing: Effective,
  { district, text, now }: { readonly district: string; readonly text: string | null; readonly now: number },
): Promise<NewFact> {
  const { id, ask, from_on: day, site_id: siteId } = filing
  const at = new Date(now)
  const detail = { siteId, ask, day, note: text }
  await recordAudit(tx, { at, actor, action: kind, entity: 'filing', entityId: id, detail })
  const by = actor && { id: actor.id, name: actor.name }
  return { kind, at: at.toISOString(), siteId, district, actor: by, data: { filingId: id, ask, day, text } }
}
