import { checksOf, imprintRows } from '../../imprints/queries.ts'
import type { PageRule, SiteRule } from '../rule.ts'
import { annualReport } from './annual-report.ts'
import { dateForm } from './date-form.ts'
import { MARK_JUDGES } from './judge.ts'
import { ownSearch } from './own-search.ts'

export const PAGE_RULES: readonly PageRule[] = [dateForm]

/** What a home page says of itself is read with every reading of it (`server/monitor/imprints/`); here it is judged. */
export const SITE_RULES: readonly SiteRule[] = [
  ...Object.entries(MARK_JUDGES).map(
    ([id, judge]): SiteRule => ({
      id,
      async measure({ siteId, url }, { db, limits }) {
        const row = await imprintRows(db).where('site.id', '=', siteId).executeTakeFirst()
        if (!row) return { outcome: 'unmeasured', reason: 'markUnread' }
        const seen = { url: row.final_url ?? url, registered: url, imprint: row.said, checks: checksOf(row) }
        return judge(seen, limits)
      },
    }),
  ),
  annualReport,
  ownSearch,
]
