import { type Kysely, sql } from 'kysely'

/**
 * Names are found by pieces of their pinyin, as letters are, and spelled anew for that. A document that is being made
 * knows by whom, and when that was last seen at work: one whose maker is gone is begun anew.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    `insert into name_unspelled select name from name_letters on conflict do nothing`,
    'truncate name_letters',
    'alter table name_letters add column pieces int[] not null',
    'create index name_letters_pieces on name_letters using gin (pieces)',
    'alter table document add column maker uuid, add column seen_at timestamptz',
    'create index document_unmade on document (id) where data_hash is null',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
