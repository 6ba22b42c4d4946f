import type { Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

/** What was said to everybody (null district) or to a district, from when until when. */
export interface AnnouncementTable {
  id: Generated<number>
  district: Once<string | null>
  text: Once<string>
  urgent: Once<boolean>
  starts_at: Once<Date>
  ends_at: Once<Date>
  posted_by: Once<number>
  posted_at: Once<Date>
  withdrawn_by: number | null
  withdrawn_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    announcement: AnnouncementTable
  }
}
