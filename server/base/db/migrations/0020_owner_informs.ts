import { type Kysely, sql } from 'kysely'

/**
 * What a site's own unit says of its alert: that it knows, and until when it has it in hand. It takes nothing off
 * anybody's list and stops no clock.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table alert add column informed_by int references user_account, add column informed_at timestamptz,
      add column informed_until timestamptz, add column informed_note text,
      add check ((informed_by is null) = (informed_until is null))
  `.execute(db)
  // Acknowledgements by units were taken for those of the supervising side until now.
  await sql`
    update alert set informed_by = acknowledged_by, informed_at = acknowledged_at, informed_until = acknowledged_until,
      informed_note = note, status = 'open', acknowledged_by = null, acknowledged_at = null, acknowledged_until = null,
      note = null, version = version + 1
    where status = 'acknowledged' and acknowledged_until is not null
      and acknowledged_by in (select id from user_account where role = 'unit')
  `.execute(db)
}
