import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { localDay } from '../../../shared/base/time.ts'
import type { AuditEntry } from '../../../shared/people/audit/audit.ts'
import type { Context } from '../../base/context.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { written } from '../../base/http/written.ts'
import { serve } from '../requests/route.ts'
import { auditHead, auditLine } from './export.ts'
import { everyAudit, listAudit } from './queries.ts'
import { recordAudit } from './record.ts'

export function auditRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.audit, async ({ query: { limit, cursor, ...filter } }) => {
    const before = parseCursor(cursor, Number.MAX_SAFE_INTEGER)
    const { items, total } = await listAudit(ctx.db, filter, { before, limit: limit + 1 })
    // One more than asked for tells whether there is a next page.
    const page = items.slice(0, limit)
    return { items: page, total, nextCursor: items.length > page.length ? String(page.at(-1)?.id) : null }
  })

  serve(router, api.exportAudit, async ({ user, query: { format, ...filter }, req, res }) => {
    const at = new Date(ctx.clock.now())
    await recordAudit(ctx.db, {
      at,
      actor: user,
      action: 'audit.exported',
      entity: 'audit',
      entityId: null,
      detail: { format, ...filter },
    })
    const isCsv = format === 'csv'
    const batches = everyAudit(ctx.db, filter)
    // Before anything is sent: what fails here is still answered as a refusal.
    const first = await batches.next()
    res.attachment(`audit-${localDay(at.getTime())}.${format}`)
    res.type(isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
    const lineOf = isCsv ? auditLine : (entry: AuditEntry) => `${JSON.stringify(entry)}\n`
    if (isCsv) res.write(auditHead(readersLanguage(req.headers['accept-language'])))
    for (let batch = first; !batch.done; batch = await batches.next()) {
      if (!(await written(res, batch.value.map(lineOf).join('')))) break
    }
    res.end()
    return ''
  })
  return router
}
