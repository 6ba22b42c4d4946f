import { type Kysely, sql } from 'kysely'

/** Screenshots of what persons have found; what they hold is kept with the attachments, by its hash. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table census_picture (
        id int generated always as identity primary key,
        finding_id int not null references census_finding,
        name text not null, type text not null,
        hash text not null references file_content,
        uploaded_by int not null references user_account,
        uploaded_at timestamptz not null
      );
      create index census_picture_finding on census_picture (finding_id);
      create index census_picture_hash on census_picture (hash)
    `)
    .execute(db)
}
