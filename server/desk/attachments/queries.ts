import type { Attachment } from '../../../shared/desk/attachments/attachments.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/** The attachments of a rectification that are not hidden, oldest first. */
export async function listAttachments(db: Db, rectificationId: number): Promise<Attachment[]> {
  const rows = await attachmentRows(db)
    .where('file.rectification_id', '=', rectificationId)
    .orderBy('file.id')
    .execute()
  return rows.map(toAttachment)
}

/** One attachment of a rectification within a scope, unless it is hidden. */
export async function findAttachment(db: Db, scope: Scope, id: number): Promise<Attachment | undefined> {
  const row = await attachmentRows(db)
    .innerJoin('rectification', 'rectification.id', 'file.rectification_id')
    .innerJoin('site', 'site.id', 'rectification.site_id')
    .where('file.id', '=', id)
    .where(within(scope, 'site'))
    .executeTakeFirst()
  return row && toAttachment(row)
}

/** What an attachment holds, and its SHA-256. */
export async function contentOfAttachment(db: Db, id: number): Promise<{ hash: string; bytes: Buffer }> {
  return db
    .selectFrom('rectification_file as file')
    .innerJoin('file_content as content', 'content.hash', 'file.hash')
    .select(['content.hash', 'content.bytes'])
    .where('file.id', '=', id)
    .executeTakeFirstOrThrow()
}

function attachmentRows(db: Db) {
  return db
    .selectFrom('rectification_file as file')
    .innerJoin('file_content as content', 'content.hash', 'file.hash')
    .innerJoin('user_account as person', 'person.id', 'file.uploaded_by')
    .select([
      'file.id',
      'file.rectification_id',
      'file.name',
      'file.type',
      'content.size',
      'file.uploaded_at',
      'person.id as person_id',
      'person.name as person_name',
    ])
    .where('file.hidden_at', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof attachmentRows>['execute']>>[number]

function toAttachment(row: Row): Attachment {
  return {
    id: row.id,
    rectificationId: row.rectification_id,
    name: row.name,
    type: row.type,
    size: row.size,
    by: { id: row.person_id, name: row.person_name },
    at: row.uploaded_at.toISOString(),
  }
}
