import { type Kysely, sql } from 'kysely'

/** A saved view is of one list; the same name may stand in each. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table saved_view add column list text not null default 'alerts';
      alter table saved_view alter column list drop default;
      drop index saved_view_own;
      drop index saved_view_shared;
      create unique index saved_view_own on saved_view (owner_id, list, name) where not shared;
      create unique index saved_view_shared on saved_view (list, name) where shared
    `)
    .execute(db)
}
