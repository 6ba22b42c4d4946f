import type { Generated } from 'kysely'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Once } from '../../base/db/database.ts'

/** What the register said of a site until a fact; written by a trigger whenever a site is changed or deleted. */
export interface SitePastTable {
  id: Generated<number>
  site_id: Once<number>
  /** The first fact that it no longer holds for. */
  until_seq: Once<number>
  code: Once<string>
  name: Once<string>
  district: Once<string>
  unit_id: Once<number>
  level: Once<Level>
  platform: Once<string | null>
  created_at: Once<Date>
}

/** What all facts up to `seq` come to; brotli. Only saves time: it can be deleted at any moment. */
export interface BoardCheckpointTable {
  seq: Once<number>
  bytes: Once<Buffer>
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_past: SitePastTable
    board_checkpoint: BoardCheckpointTable
  }
}
