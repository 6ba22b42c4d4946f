import type { Json, Once } from '../../../../base/db/database.ts'
import type { HomePrint } from '../home/print.ts'

/** What is remembered of a site's home page, so that what is new on it is known. */
export interface SiteMemoryTable {
  site_id: Once<number>
  /** Days as text, YYYY-MM-DD. */
  first_day: Once<string>
  last_day: string
  days: number
  /** When search robots were last shown nothing else than people. */
  robots_day: string | null
  hosts: Json<Record<string, string>>
  homes: Json<HomePrint[]>
}

declare module '../../../../base/db/database.ts' {
  interface Database {
    site_memory: SiteMemoryTable
  }
}
