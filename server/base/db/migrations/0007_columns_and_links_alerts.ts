import { type Kysely, sql } from 'kysely'

/** The verdict on a site's columns, and what the verification of fixes for columns and links has to know. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = `
    -- By how many columns, and when it was judged last; null: something was seen since.
    alter table site_state add column v3 text not null default 'insufficient', add column v3_counts jsonb,
      add column v3_at timestamptz;
    -- When its own page was visited last, whether or not that could be read.
    alter table site_column add column list_tried_at timestamptz;
    update site_column set list_tried_at = list_read_at;
    -- What it found in all; when its broken links are to be visited again, and when they were last.
    alter table link_scan add column found jsonb, add column recheck_at timestamptz,
      add column rechecked_at timestamptz;
    create index link_scan_recheck on link_scan (recheck_at) where recheck_at is not null;
  `
  await sql.raw(statements).execute(db)
}
