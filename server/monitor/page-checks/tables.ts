import type { PageCheck, Template } from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Json } from '../../base/db/database.ts'

/** Why a page was not checked: it could not be drawn, or no such page is known. */
export type NoCheckFor = RenderReason | 'no_such_page'

/** One page of a site, the one that is checked of all that are made by the same template. */
export interface PageCheckTable {
  site_id: number
  template: Template
  /** When it is its turn next. */
  next_at: Date
  /** Where it was found last. */
  url: string | null
  /** What was found of it last, and when; what is older stands while newer looks fail. */
  at: Date | null
  found: Json<PageCheck> | null
  /** When it could not be checked last, and why; null: it was since. */
  failed_at: Date | null
  reason: NoCheckFor | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    page_check: PageCheckTable
  }
}
