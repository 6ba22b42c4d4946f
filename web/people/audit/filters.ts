import { endpoints } from 'virtual:endpoints'
import type { z } from 'zod'
import type { Api } from '../../../shared/api.ts'
import { addDays, isDay, startOfDay } from '../../../shared/base/time.ts'
import type { AUDIT_FORMATS, AuditFilter } from '../../../shared/people/audit/audit.ts'
import { addressOf } from '../../base/call.ts'

/** Filters of the audit in the address; days are local ones, and the last one counts. */
export const AUDIT_FILTERS = { q: '', actor: '', entity: '', action: '', from: '', to: '' }
export type AuditFilters = typeof AUDIT_FILTERS

/** What is asked for: days become instants. */
export function queryOf({ from, to, ...rest }: AuditFilters): AuditFilter {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
  return {
    ...given,
    ...(isDay(from) ? { from: new Date(startOfDay(from)).toISOString() } : {}),
    ...(isDay(to) ? { to: new Date(startOfDay(addDays(to, 1))).toISOString() } : {}),
  }
}

export function exportAddress(filters: AuditFilters, format: (typeof AUDIT_FORMATS)[number]): string {
  const query: z.input<Api['exportAudit']['query']> = { ...queryOf(filters), format }
  return addressOf(endpoints.exportAudit.path, { query })
}
