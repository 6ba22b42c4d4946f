import { type Kysely, sql } from 'kysely'

/** What a search of the register looks through of a unit, as of a site: without asking of each name what its small letters are. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table unit add column searched text not null generated always as (lower(name)) stored`.execute(
    db,
  )
}
