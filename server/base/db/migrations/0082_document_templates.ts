import { type Kysely, sql } from 'kysely'

/** Templates of documents that the office has uploaded, each version as it was; the last of a kind is in use. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table document_template (
        id int generated always as identity primary key,
        kind text not null, version int not null, name text not null, hash text not null references file_content,
        uploaded_by int not null references user_account, uploaded_at timestamptz not null,
        unique (kind, version)
      );
      create index document_template_hash on document_template (hash)
    `)
    .execute(db)
}
