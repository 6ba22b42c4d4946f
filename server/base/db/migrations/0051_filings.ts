import { type Kysely, sql } from 'kysely'

/** Whether a site is normal, exempt, paused, closing, closed or moved, and what was filed about it. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    `alter table site add column lifecycle text not null default 'normal'
      check (lifecycle in ('normal', 'exempt', 'paused', 'closing', 'closed', 'moved'))`,
    // Its last day as that, where there is one.
    'alter table site add column lifecycle_until text',
    // Those that a register has ended.
    `update site set lifecycle = case pause_reason when '名录更新：网站已迁移' then 'moved' else 'closed' end
      where paused_until is null and pause_reason in ('名录更新：网站已关停', '名录更新：网站已迁移')`,
    `create table filing (
      id int generated always as identity primary key,
      version int not null default 1,
      site_id int not null references site,
      ask text not null check (ask in ('exempt', 'paused', 'closed', 'moved', 'normal')),
      from_on text not null, to_on text, target text, reason text not null,
      state text not null check (state in ('filed', 'returned', 'approved', 'refused', 'withdrawn')),
      filed_by int not null references user_account, filed_at timestamptz not null,
      decided_by int references user_account, decided_at timestamptz, note text,
      -- When it took effect, and when that was over.
      begun_at timestamptz, ended_at timestamptz,
      check (to_on is null or to_on >= from_on)
    )`,
    'create index filing_site on filing (site_id)',
    `create index filing_live on filing (from_on) where state = 'approved' and ended_at is null`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
