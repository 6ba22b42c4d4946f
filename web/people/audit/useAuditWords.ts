import { useI18n } from 'vue-i18n'
import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { detailEntries } from '../../base/facts/detail.ts'
import { formatTime } from '../../base/ui/marks/format.ts'

/** Says what an entry of the audit is about. A code that a newer server writes and these words have not stays. */
export function useAuditWords() {
  const { t, te } = useI18n()
  const word = (key: string, code: string) => (te(key) ? t(key) : code)
  return {
    action: ({ action }: AuditEntry) => word(`audit.did.${action}`, action),
    object: ({ entity, entityId }: AuditEntry) =>
      [word(`audit.entity.${entity}`, entity), entityId ? `#${entityId}` : ''].join(' ').trim(),
    detail: (entry: AuditEntry) =>
      detailEntries(entry.detail)
        .map(
          ({ name, value, isTime }) =>
            `${word(`audit.field.${name}`, name)} ${isTime ? formatTime(value) : value}`,
        )
        .join(' · '),
  }
}
