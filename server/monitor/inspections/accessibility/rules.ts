import type { AccessLevel } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { checkedPages } from '../../page-checks/queries.ts'
import { canRender } from '../../rendering/ask.ts'
import type { SiteFacts, SiteRule, Tools } from '../rule.ts'
import { judgeAccess } from './judge.ts'

/** Pages are looked at by whoever draws them (`server/monitor/page-checks/`), one of each template; what was seen is judged here. */
export const SITE_RULES: readonly SiteRule[] = ['access-a', 'access-aa'].map((id) => ({
  id,
  async measure({ siteId }: SiteFacts, { db, clock, limits }: Tools) {
    const pages = await checkedPages(db, siteId, clock.now())
    return judgeAccess(limits.level as AccessLevel, pages, await canRender(db, clock.now()))
  },
}))
