import type { Generated } from 'kysely'
import type { Once } from '../../../base/db/database.ts'

/** A document of a filing; what it holds is `file_content`'s, and may be gone some time after it was hidden. */
export interface FilingFileTable {
  id: Generated<number>
  filing_id: Once<number>
  name: Once<string>
  type: Once<string>
  /** Bytes. */
  size: Once<number>
  hash: Once<string>
  uploaded_by: Once<number>
  uploaded_at: Once<Date>
  hidden_by: number | null
  hidden_at: Date | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    filing_file: FilingFileTable
  }
}
