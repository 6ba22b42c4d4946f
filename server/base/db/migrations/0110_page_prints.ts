import { type Kysely, sql } from 'kysely'

/** By what the page of a site is known again, and whether what was found on it may be something else on another day. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw('alter table site_state add page_print text, add goes_with_day boolean not null default true')
    .execute(db)
}
