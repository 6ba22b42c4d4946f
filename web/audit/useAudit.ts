import type { AuditEntry } from '../../shared/audit.ts'
import { call } from '../call.ts'
import { type Pages, usePages } from '../ui/usePages.ts'
import { type AuditFilters, queryOf } from './filters.ts'

/** Who did what, newest first. */
export const useAudit = (filters: () => AuditFilters): Pages<AuditEntry> =>
  usePages(filters, (wanted, cursor) => call('audit', { query: { ...queryOf(wanted), cursor, limit: 100 } }))
