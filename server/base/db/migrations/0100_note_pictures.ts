import { type Kysely, sql } from 'kysely'

/** Pictures of a screen that go with notes; what they hold is kept with the attachments, by its hash. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table note_picture (
        id int generated always as identity primary key,
        type text not null,
        hash text not null references file_content,
        uploaded_by int not null references user_account,
        uploaded_at timestamptz not null,
        fact_seq bigint unique
      );
      create index note_picture_hash on note_picture (hash);
      create index note_picture_uploaded on note_picture (uploaded_by, uploaded_at)
    `)
    .execute(db)
}
