import type { Once } from '../../base/db/database.ts'

/** What a file holds, by its SHA-256: once, however often it is added. */
export interface FileContentTable {
  hash: Once<string>
  size: Once<number>
  bytes: Once<Buffer>
}

declare module '../../base/db/database.ts' {
  interface Database {
    file_content: FileContentTable
  }
}
