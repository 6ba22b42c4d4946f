import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import { call } from '../../base/call.ts'
import { type Pages, usePages } from '../../base/ui/lists/usePages.ts'
import { type AuditFilters, queryOf } from './filters.ts'

/** Who did what, newest first. */
export const useAudit = (filters: () => AuditFilters): Pages<AuditEntry> =>
  usePages(filters, (wanted, cursor) => call('audit', { query: { ...queryOf(wanted), cursor, limit: 100 } }))
