import { type Kysely, sql } from 'kysely'

/** What the office makes and issues: documents with the data that they were made of, their numbers, who was told of them. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table document (
        id int generated always as identity primary key,
        version int not null default 1,
        kind text not null,
        state text not null check (state in ('draft', 'in_review', 'returned', 'issued', 'superseded')),
        title text not null,
        -- What it was asked of, so that it can be made anew.
        asked jsonb not null,
        round_id int references census_round,
        site_id int references site,
        district text, unit_id int references unit,
        requirements text not null default '',
        due_on text,
        is_public boolean not null default false,
        slug text unique,
        -- Its number is made of series, year and serial; none until it is issued.
        series text, year int, serial int,
        supersedes int references document,
        -- Null while a large one is being made.
        data jsonb, data_hash text,
        done int not null default 0, total int not null default 0,
        drafted_by int not null references user_account, drafted_at timestamptz not null,
        reviewed_by int references user_account, reviewed_at timestamptz, review_note text not null default '',
        issued_by int references user_account, issued_at timestamptz,
        unique (series, year, serial),
        check ((state in ('issued', 'superseded')) = (serial is not null)),
        check (issued_by is null or issued_by <> drafted_by)
      );
      create index document_round on document (round_id);
      create index document_site on document (site_id);
      -- One follower at most takes the place of a document.
      create unique index document_follower on document (supersedes) where state in ('issued', 'superseded');
      -- The rows of a table that is too long to be held in one piece.
      create table document_part (
        document_id int not null references document, part int not null, rows jsonb not null,
        primary key (document_id, part)
      );
      create table document_counter (series text not null, year int not null, last int not null, primary key (series, year));
      create table document_receipt (
        document_id int not null references document,
        unit_id int not null references unit,
        unit_name text not null, district text not null,
        opened_at timestamptz, opened_by int references user_account,
        reply text, replied_at timestamptz, replied_by int references user_account,
        primary key (document_id, unit_id)
      );
      create index document_receipt_unit on document_receipt (unit_id);
      create table document_rectification (
        document_id int not null references document, rectification_id int not null references rectification,
        primary key (document_id, rectification_id)
      );
      create index document_rectification_of on document_rectification (rectification_id)
    `)
    .execute(db)
}
