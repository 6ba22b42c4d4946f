import { type Kysely, sql } from 'kysely'

/** Sites on which rules of the machine have found the same of one source are told of as one. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table incident drop constraint if exists incident_kind_check;
      alter table incident add constraint incident_kind_check
        check (kind in ('platform', 'address', 'certificate', 'source'))
    `)
    .execute(db)
}
