import type { ColumnType, Generated } from 'kysely'
import type { Asked, DocumentData, Value } from '../../../shared/census/documents/documents.ts'
import type {
  DocumentKind,
  DocumentSeries,
  DocumentState,
} from '../../../shared/census/documents/documents-rules.ts'
import type { Json, Once } from '../../base/db/database.ts'

/** What the office makes and issues. Issued, nothing of it is changed but that another takes its place. */
export interface DocumentTable {
  id: Generated<number>
  version: Generated<number>
  kind: Once<DocumentKind>
  state: DocumentState
  title: string
  asked: ColumnType<Asked, string, never>
  round_id: Once<number | null>
  site_id: Once<number | null>
  /** Whose it is; null: the whole's. */
  district: Once<string | null>
  unit_id: Once<number | null>
  requirements: Generated<string>
  /** As YYYY-MM-DD. */
  due_on: Generated<string | null>
  is_public: Generated<boolean>
  slug: Generated<string | null>
  /** Its number is made of these; null until it is issued. */
  series: Generated<DocumentSeries | null>
  year: Generated<number | null>
  serial: Generated<number | null>
  supersedes: Once<number | null>
  /** Null while it is being made. */
  data: ColumnType<DocumentData | null, string | null, string>
  data_hash: string | null
  done: Generated<number>
  total: Generated<number>
  /** Who makes it just now, and when that was last seen at work; 'infinity' once it has failed. */
  maker: Generated<string | null>
  seen_at: Generated<Date | null>
  drafted_by: Once<number>
  drafted_at: Once<Date>
  reviewed_by: Generated<number | null>
  reviewed_at: Generated<Date | null>
  review_note: Generated<string>
  issued_by: Generated<number | null>
  issued_at: Generated<Date | null>
}

/** Rows of the table of a document that is too long to be held in one piece, in their order. */
export interface DocumentPartTable {
  document_id: number
  part: number
  rows: Json<Value[][]>
}

/** The last number of a series in a year: raised in the transaction that gives it, so that none is left out. */
export interface DocumentCounterTable {
  series: DocumentSeries
  year: number
  last: number
}

/** A unit that was told of a document, as it was called then. */
export interface DocumentReceiptTable {
  document_id: number
  unit_id: number
  unit_name: string
  district: string
  opened_at: Date | null
  opened_by: number | null
  reply: string | null
  replied_at: Date | null
  replied_by: number | null
}

/** What issuing a document has demanded. */
export interface DocumentRectificationTable {
  document_id: number
  rectification_id: number
}

declare module '../../base/db/database.ts' {
  interface Database {
    document: DocumentTable
    document_part: DocumentPartTable
    document_counter: DocumentCounterTable
    document_receipt: DocumentReceiptTable
    document_rectification: DocumentRectificationTable
  }
}
