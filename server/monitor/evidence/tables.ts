import type { ColumnType, Generated } from 'kysely'
import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import type { Once } from '../../base/db/database.ts'

/** A page that proves something, by the SHA-256 of its content; brotli. */
export interface PageCopyTable {
  hash: Once<string>
  bytes: Once<Buffer>
  /** Of the page as it came, in bytes. */
  size: Once<number>
  is_cut: Once<boolean>
  kept_at: Once<Date>
}

/** Which page was seen when the verdict of a site changed. */
export interface SiteEvidenceTable {
  id: Generated<number>
  site_id: Once<number>
  at: Once<Date>
  shown: Once<Shown>
  state: Once<SiteState>
  url: Once<string>
  finding: ColumnType<Finding | null, string | null, never>
  encoding: Once<string>
  hash: Once<string>
}

declare module '../../base/db/database.ts' {
  interface Database {
    page_copy: PageCopyTable
    site_evidence: SiteEvidenceTable
  }
}
