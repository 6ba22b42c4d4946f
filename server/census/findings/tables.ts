import type { Generated } from 'kysely'
import type { FindingState } from '../../../shared/census/findings/findings-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** What a person has found on a site. Who confirmed it is another; where nobody had to, it is null. */
export interface CensusFindingTable {
  id: Generated<number>
  version: Generated<number>
  site_id: Once<number>
  edition: Once<string>
  rule: Once<string>
  /** LM, ZW, …, and the number within the site. */
  kind: Once<string>
  serial: Once<number>
  target: Once<string | null>
  count: Once<number | null>
  note: Once<string>
  proof: Once<readonly string[]>
  state: FindingState
  recorded_by: Once<number>
  recorded_at: Once<Date>
  confirmed_by: number | null
  confirmed_at: Date | null
  confirmed_note: string | null
  ended_by: number | null
  ended_at: Date | null
  ended_note: string | null
}

/** A screenshot of a finding; what it holds is `file_content`'s. */
export interface CensusPictureTable {
  id: Generated<number>
  finding_id: Once<number>
  name: Once<string>
  type: Once<string>
  hash: Once<string>
  uploaded_by: Once<number>
  uploaded_at: Once<Date>
}

declare module '../../base/db/database.ts' {
  interface Database {
    census_finding: CensusFindingTable
    census_picture: CensusPictureTable
  }
}
