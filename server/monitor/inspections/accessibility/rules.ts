import type { AccessLevel } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { SiteRule } from '../rule.ts'
import { judgeAccess } from './judge.ts'

/** Pages are looked at by whoever draws them (`server/monitor/page-checks/`), one of each template; what was seen is judged here. */
export const SITE_RULES: readonly SiteRule[] = ['access-a', 'access-aa'].map(
  (id): SiteRule => ({
    id,
    isOfKept: true,
    async measure(_site, { kept, limits }) {
      const { pages, canRender } = await kept.checked()
      return judgeAccess(limits.level as AccessLevel, pages, canRender)
    },
  }),
)
