import { type Kysely, sql } from 'kysely'

/** Other places that look at sites, and what each saw last of each. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table vantage (
        id int generated always as identity primary key,
        name text not null unique,
        region text,
        seen_at timestamptz not null,
        demo boolean not null default false
      );
      create table vantage_look (
        site_id int not null references site, vantage_id int not null references vantage,
        next_at timestamptz not null,
        at timestamptz, outcome text, cause text, status int2, total_ms float4, since timestamptz, fresh_until timestamptz,
        primary key (site_id, vantage_id)
      ) with (fillfactor = 70);
      create index vantage_look_turn on vantage_look (vantage_id, next_at)
    `)
    .execute(db)
}
