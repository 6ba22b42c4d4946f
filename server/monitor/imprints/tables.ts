import type { CrossCheckName, Imprint } from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { Json } from '../../base/db/database.ts'

/** What the home page of a site said of itself when it was read last, and in what the register says otherwise. */
export interface SiteImprintTable {
  site_id: number
  read_at: Date
  final_url: string | null
  said: Json<Imprint>
  differs: CrossCheckName[]
  /** The version of the register that it was held against. */
  site_version: number
}

declare module '../../base/db/database.ts' {
  interface Database {
    site_imprint: SiteImprintTable
  }
}
