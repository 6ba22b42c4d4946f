import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { CallError } from '../../base/call.ts'
import { type ExportTable, instant } from '../../base/exports/table.ts'
import { useWords } from '../../base/i18n.ts'
import { type AuditFilters, exportAddress } from './filters.ts'
import { useAuditWords } from './useAuditWords.ts'

/**
 * The audit to take along, oldest first. It comes by the server's own export, which notes in the audit that
 * somebody took it.
 */
export function useAuditExport(filters: () => AuditFilters): () => ExportTable<AuditEntry> {
  const { t } = useWords()
  const say = useAuditWords()

  async function* entries(): AsyncGenerator<AuditEntry> {
    const answer = await fetch(exportAddress(filters(), 'jsonl'), { credentials: 'same-origin' })
    if (!answer.ok) throw new CallError(await answer.json())
    for (const line of (await answer.text()).split('\n')) if (line) yield JSON.parse(line)
  }
  return () => ({
    title: t('audit.title'),
    rows: entries,
    columns: [
      { label: t('exports.number'), value: ({ id }) => id },
      { label: t('audit.at'), value: ({ at }) => instant(at), width: 20 },
      { label: t('audit.who'), value: ({ actor }) => actor?.name ?? null },
      { label: t('audit.action'), value: say.action, width: 22 },
      { label: t('audit.object'), value: say.object, width: 22 },
      { label: t('audit.detail'), value: say.detail, width: 60 },
    ],
  })
}
