import { DAY } from '../../../../shared/base/time.ts'
import type { Outcome, PageRule, SiteRule } from '../rule.ts'
import { LINE_JUDGES } from './judge.ts'
import { mixedContent } from './mixed-content.ts'

/** A look of longer ago says nothing of today. */
const FRESH_MS = 3 * DAY
const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })

export const PAGE_RULES: readonly PageRule[] = [mixedContent]

/** The line is looked at by a worker of its own (`server/monitor/line/`), once a day; what it saw is judged here. */
export const SITE_RULES: readonly SiteRule[] = Object.entries(LINE_JUDGES).map(
  ([id, judge]): SiteRule => ({
    id,
    isOfKept: true,
    async measure(_site, { kept, limits }) {
      const row = await kept.line()
      if (!row || row.ageMs === null) return unmeasured('lineNever')
      if (row.reason !== null && row.reason !== 'never') return unmeasured(row.reason)
      if (!row.measured || row.ageMs > FRESH_MS) return unmeasured('lineOld')
      const { measured, hasSix, drawn, canRender } = row
      return judge({ measured, hasSix, drawn, canRender }, limits)
    },
  }),
)
