import { type Kysely, sql } from 'kysely'

/** What the rules of the machine say of sites, the problems that they found, and what is kept of the pages looked at. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table inspection (
        site_id int not null references site, rule text not null,
        outcome text not null, reason text, at timestamptz not null, since timestamptz not null, version int not null,
        pages int not null default 0, unmeasured int not null default 0,
        primary key (site_id, rule)
      ) with (fillfactor = 80);
      create table inspection_problem (
        id int generated always as identity primary key,
        site_id int not null references site, rule text not null, key text not null,
        url text not null, excerpt text not null, outline jsonb, detail jsonb not null, told text,
        first_at timestamptz not null, last_at timestamptz not null, gone_at timestamptz,
        state text not null default 'open', decided_by int references user_account, decided_at timestamptz, note text,
        rule_version int not null, version int not null default 1
      );
      create unique index inspection_problem_key on inspection_problem (site_id, rule, key);
      create index inspection_problem_there on inspection_problem (rule, state) where gone_at is null;
      create index inspection_problem_told on inspection_problem (rule, told) where told is not null and gone_at is null;
      create table inspection_page (
        site_id int not null references site, url_hash text not null,
        url text not null, kind text not null, depth int not null, scan_id int not null, seen_at timestamptz not null,
        status int, title text not null default '', hosts jsonb not null default '{}',
        etag text, last_modified text, print text, rules text,
        said jsonb not null default '{}', found jsonb not null default '[]',
        links bytea, body bytea, headers jsonb,
        primary key (site_id, url_hash)
      );
      alter table link_scan add column pause_ms int;
      alter table link_scan add column brief boolean not null default false
    `)
    .execute(db)
}
