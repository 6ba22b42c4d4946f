import { type Kysely, sql } from 'kysely'

/** Characters that a picture shows as boxes, as no font had them. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table picture add column boxes text not null default ''`.execute(db)
}
