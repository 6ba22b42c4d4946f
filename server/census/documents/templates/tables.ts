import type { Generated } from 'kysely'
import type { DocumentKind } from '../../../../shared/census/documents/documents-rules.ts'
import type { Once } from '../../../base/db/database.ts'

/** A template that the office has uploaded; what it holds lies in `file_content`. */
export interface DocumentTemplateTable {
  id: Generated<number>
  kind: Once<DocumentKind>
  version: Once<number>
  name: Once<string>
  hash: Once<string>
  uploaded_by: Once<number>
  uploaded_at: Once<Date>
}

declare module '../../../base/db/database.ts' {
  interface Database {
    document_template: DocumentTemplateTable
  }
}
