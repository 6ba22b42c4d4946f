import { type Kysely, sql } from 'kysely'

/** Documents of what was filed; what they hold is kept with the attachments, by its hash, and goes some time after one was hidden. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table filing_file (
        id int generated always as identity primary key,
        filing_id int not null references filing,
        name text not null, type text not null, size int not null, hash text not null,
        uploaded_by int not null references user_account,
        uploaded_at timestamptz not null,
        hidden_by int references user_account, hidden_at timestamptz
      );
      create index filing_file_filing on filing_file (filing_id);
      create index filing_file_hash on filing_file (hash)
    `)
    .execute(db)
}
