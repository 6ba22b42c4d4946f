import { type Kysely, sql } from 'kysely'

/** Looks that were asked for go before all that are due; each place says by how much its looks come late, and since when by too much. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table vantage_look add asked_at timestamptz;
      create index vantage_look_asked on vantage_look (vantage_id, asked_at) where asked_at is not null;
      alter table vantage add behind_s float8 not null default 0;
      alter table vantage add behind_since timestamptz
    `)
    .execute(db)
}
