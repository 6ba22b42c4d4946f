/** A file that was published, gzipped. */
export interface OpenDataFileTable {
  /** The local day of which it tells. */
  day: string
  name: string
  body: Buffer
  /** Unzipped. */
  bytes: number
  rows: number
  /** SHA-256 of the unzipped file. */
  hash: string
  made_at: Date
}

declare module '../../base/db/database.ts' {
  interface Database {
    open_data_file: OpenDataFileTable
  }
}
