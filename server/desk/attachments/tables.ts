import type { Generated } from 'kysely'
import type { Once } from '../../base/db/database.ts'

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
  }
}
