import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { detailEntries } from '../../base/facts/detail.ts'
import { useWords } from '../../base/i18n.ts'
import { formatTime } from '../../base/ui/marks/format.ts'

/** Says what an entry of the audit is about. A code that a newer server writes and these words have not stays. */
export function useAuditWords() {
  const { wordOf } = useWords()
  return {
    action: ({ action }: AuditEntry) => wordOf('audit.did', action),
    object: ({ entity, entityId }: AuditEntry) =>
      [wordOf('audit.entity', entity), entityId ? `#${entityId}` : ''].join(' ').trim(),
    detail: (entry: AuditEntry) =>
      detailEntries(entry.detail)
        .map(
          ({ name, value, isTime }) => `${wordOf('audit.field', name)} ${isTime ? formatTime(value) : value}`,
        )
        .join(' · '),
  }
}
