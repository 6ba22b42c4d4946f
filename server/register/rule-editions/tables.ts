import type { Generated } from 'kysely'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { OwnState } from '../../../shared/register/rule-editions/editions-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'

/** A revision of an edition that the installation has made. */
export interface EditionTable {
  id: Generated<number>
  version: Generated<number>
  code: Once<string>
  revision: Once<number>
  state: OwnState
  body: Json<EditionBody>
  made_by: Once<number>
  made_at: Once<Date>
  /** As YYYY-MM-DD. */
  from_day: string | null
  published_by: number | null
  published_at: Date | null
  reason: string | null
  /** SHA-256 of the body as it was published. */
  hash: string | null
  retired_on: string | null
  retired_by: number | null
  retired_reason: string | null
  /** When every screen was told that it is in force. */
  begun_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    edition: EditionTable
  }
}
