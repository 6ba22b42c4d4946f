import type { Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

/** What a file holds, by its SHA-256: once, however often it is added. */
export interface FileContentTable {
  hash: Once<string>
  size: Once<number>
  bytes: Once<Buffer>
}

export interface RectificationFileTable {
  id: Generated<number>
  rectification_id: number
  name: string
  type: string
  hash: string
  uploaded_by: number
  uploaded_at: Once<Date>
  hidden_by: number | null
  hidden_at: Date | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    rectification_file: RectificationFileTable
    file_content: FileContentTable
  }
}
