import { type Kysely, sql } from 'kysely'

/** A message column of a site is known by its name, as its other columns are: an address may be another at each visit. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      delete from site_messages c using site_messages newer
      where newer.site_id = c.site_id and newer.name = c.name
        and (newer.seen_at, newer.url) > (c.seen_at, c.url);
      alter table site_messages drop constraint site_messages_pkey, add primary key (site_id, name)
    `)
    .execute(db)
}
