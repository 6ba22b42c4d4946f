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
      isOfKept: true,
      async measure(_site, { kept, limits }) {
        const seen = await kept.imprint()
        return seen ? judge(seen, limits) : { outcome: 'unmeasured', reason: 'markUnread' }
      },
    }),
  ),
  annualReport,
  ownSearch,
]
