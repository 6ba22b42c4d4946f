import { type Kysely, sql } from 'kysely'

/** What a turn of duty hands over as figures and lines, and who has taken it over. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table duty_handover
      add column summary jsonb, add column signed_by int references user_account, add column signed_at timestamptz,
      add constraint duty_handover_signed check ((signed_by is null) = (signed_at is null))
  `.execute(db)
}
