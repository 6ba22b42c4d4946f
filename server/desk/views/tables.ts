import type { Generated } from 'kysely'
import type { ViewList } from '../../../shared/desk/views/views-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'

/** Filters of a list under a name, of one person or shared with all. */
export interface SavedViewTable {
  id: Generated<number>
  owner_id: Once<number>
  list: ViewList
  name: string
  query: Json<Record<string, string>>
  shared: boolean
  created_at: Once<Date>
}

declare module '../../base/db/database.ts' {
  interface Database {
    saved_view: SavedViewTable
  }
}
