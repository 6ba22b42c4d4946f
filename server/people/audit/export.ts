import { CSV_MARK, csvLine } from '../../../shared/base/csv.ts'
import { localStamp } from '../../../shared/base/time.ts'
import type { Language } from '../../../shared/base/words/locales.ts'
import { zoneInForce } from '../../../shared/base/zone.ts'
import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { say } from '../../base/words/say.ts'

const COLUMNS = ['id', 'at', 'actor', 'action', 'entity', 'entityId', 'detail'] as const

/** Each column by its word for people and its name for programs. */
export function auditHead(language: Language): string {
  const values = { zone: zoneInForce() }
  return (
    CSV_MARK +
    csvLine(COLUMNS.map((one) => `${say({ word: `notices.audit.${one}`, values }, language)} ${one}`))
  )
}

/** One entry as a line of CSV. */
export function auditLine({ id, at, actor, action, entity, entityId, detail }: AuditEntry): string {
  const time = localStamp(Date.parse(at))
  return csvLine([id, time, actor?.name ?? null, action, entity, entityId, JSON.stringify(detail)])
}
