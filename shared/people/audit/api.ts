import { z } from 'zod'
import { type Endpoint, page, paging } from '../rights/endpoint.ts'
import { AUDIT_FORMATS, auditEntry, auditFilter } from './audit.ts'

/** What people did. */
export const auditEndpoints = {
  audit: {
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what, newest first',
    needs: 'audit.read',
    cost: 3,
    query: auditFilter.extend(paging),
    output: page(auditEntry),
  },
  exportAudit: {
    method: 'GET',
    path: '/api/audit/export',
    summary: 'The same entries as a file, oldest first',
    needs: 'audit.read',
    cost: 60,
    query: auditFilter.extend({ format: z.enum(AUDIT_FORMATS).default('csv') }),
    output: z.string(),
    media: 'text/csv',
  },
} as const satisfies Record<string, Endpoint>
