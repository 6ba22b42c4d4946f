import { DAY } from '../../../../shared/base/time.ts'
import { lineRow } from '../../line/queries.ts'
import { drawnLoad } from '../../page-checks/queries.ts'
import { canRender } from '../../rendering/ask.ts'
import type { Outcome, PageRule, SiteFacts, SiteRule, Tools } from '../rule.ts'
import { LINE_JUDGES } from './judge.ts'
import { mixedContent } from './mixed-content.ts'

/** A look of longer ago says nothing of today. */
const FRESH_MS = 3 * DAY
const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })

export const PAGE_RULES: readonly PageRule[] = [mixedContent]

/** The line is looked at by a worker of its own (`server/monitor/line/`), once a day; what it saw is judged here. */
export const SITE_RULES: readonly SiteRule[] = Object.entries(LINE_JUDGES).map(([id, judge]) => ({
  id,
  async measure({ siteId }: SiteFacts, { db, clock, limits }: Tools) {
    const row = await lineRow(db, siteId, new Date(clock.now()))
    if (!row?.at) return unmeasured('lineNever')
    if (row.reason !== null && row.reason !== 'never') return unmeasured(row.reason)
    if (!row.measured || clock.now() - row.at.getTime() > FRESH_MS) return unmeasured('lineOld')
    const now = clock.now()
    const browser = { drawn: await drawnLoad(db, siteId, now), canRender: await canRender(db, now) }
    return judge({ measured: row.measured, hasSix: row.hasSix, ...browser }, limits)
  },
}))
