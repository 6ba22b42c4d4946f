import type { Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

/** A picture that goes with a note; what it holds is `file_content`'s. */
export interface NotePictureTable {
  id: Generated<number>
  type: Once<string>
  hash: Once<string>
  uploaded_by: Once<number>
  uploaded_at: Once<Date>
  /** The note's fact; null: sent, and the note not written (yet). */
  fact_seq: number | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    note_picture: NotePictureTable
  }
}
