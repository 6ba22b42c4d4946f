import { CSV_MARK, csvLine } from '../../../shared/base/csv.ts'
import { localStamp } from '../../../shared/base/time.ts'
import type { AuditEntry } from '../../../shared/people/audit/audit.ts'

const HEAD = [
  '编号 id',
  '时间（北京） at',
  '操作人 actor',
  '操作 action',
  '对象 entity',
  '对象编号 entityId',
  '内容 detail',
]

export const auditHead = (): string => CSV_MARK + csvLine(HEAD)

/** One entry as a line of CSV. */
export function auditLine({ id, at, actor, action, entity, entityId, detail }: AuditEntry): string {
  const time = localStamp(Date.parse(at))
  return csvLine([id, time, actor?.name ?? null, action, entity, entityId, JSON.stringify(detail)])
}
