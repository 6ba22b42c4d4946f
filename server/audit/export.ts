import type { AuditEntry } from '../../shared/audit.ts'
import { shanghaiStamp } from '../../shared/time.ts'

/** So that Excel takes it for UTF-8. */
const BOM = '\uFEFF'
const HEAD = '编号 id,时间（北京） at,操作人 actor,操作 action,对象 entity,对象编号 entityId,内容 detail'

export const csvHead = (): string => `${BOM}${HEAD}\r\n`

/** One entry as a line of CSV (RFC 4180). */
export function csvLine(entry: AuditEntry): string {
  const { id, at, actor, action, entity, entityId, detail } = entry
  const time = shanghaiStamp(Date.parse(at))
  const cells = [id, time, actor?.name ?? '', action, entity, entityId ?? '', JSON.stringify(detail)]
  return `${cells.map((cell) => csvCell(String(cell))).join(',')}\r\n`
}

/**
 * A cell that a spreadsheet shows and never runs: what begins like a formula is given an apostrophe (OWASP, CSV
 * injection).
 */
export function csvCell(text: string): string {
  const shown = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n;]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}
