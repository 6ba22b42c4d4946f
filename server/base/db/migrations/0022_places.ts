import { type Kysely, sql } from 'kysely'

/**
 * An account may have several districts or units. Readers take `districts` and `unit_ids`; the first stays in the
 * column where it was, held to what there is by its foreign key.
 */
export async function up(db: Kysely<any>): Promise<void> {
  for (const table of ['user_account', 'api_token']) {
    await sql
      .raw(`
        alter table ${table}
          add column more_districts text[] not null default '{}' check (more_districts = '{}' or district is not null),
          add column more_unit_ids int[] not null default '{}' check (more_unit_ids = '{}' or unit_id is not null),
          add column districts text[] not null generated always as
            (array_remove(district || more_districts, null::text)) stored,
          add column unit_ids int[] not null generated always as
            (array_remove(unit_id || more_unit_ids, null::int)) stored
      `)
      .execute(db)
  }
}
