import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { DocumentKind } from '../../../../shared/census/documents/documents-rules.ts'
import type { Template } from '../../../../shared/census/documents/templates/templates.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { bringHolder } from '../../../people/files/keep.ts'
import './tables.ts'

bringHolder(
  'document_template',
  () => sql<boolean>`exists (select from document_template t where t.hash = file_content.hash)`,
)

/** The files that the product brings lie with the sources, which a built one has beside it. */
const FOLDER = import.meta.url.endsWith('.ts')
  ? './built-in/'
  : '../../server/census/documents/templates/built-in/'
const builtIn = (kind: DocumentKind): string => (kind === 'notice' ? 'notice.docx' : 'default.docx')

/** The template in use for a kind: the last that was uploaded, else the one that the product brings. */
export async function templateInUse(
  db: Db | Tx,
  kind: DocumentKind,
): Promise<Template & { hash: string | null }> {
  const row = await db
    .selectFrom('document_template as t')
    .innerJoin('user_account as u', 'u.id', 't.uploaded_by')
    .selectAll('t')
    .select('u.name as uploader')
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { kind, version: 0, name: builtIn(kind), uploaded: null, hash: null }
  const { version, name, hash, uploaded_by, uploader, uploaded_at } = row
  const uploaded = { by: { id: uploaded_by, name: uploader }, at: uploaded_at.toISOString() }
  return { kind, version, name, uploaded, hash }
}

/** What a template holds. */
export async function bytesOf(
  db: Db,
  { kind, hash }: { kind: DocumentKind; hash: string | null },
): Promise<Buffer> {
  if (hash === null) return readFile(new URL(`${FOLDER}${builtIn(kind)}`, import.meta.url))
  const { bytes } = await db
    .selectFrom('file_content')
    .select('bytes')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return bytes
}
