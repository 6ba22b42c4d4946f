import { type Kysely, sql } from 'kysely'

/** Sheets of a day summed up by district, so that a month at a glance need not look through all of them. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table sheet_sum (
        day text not null, district text not null,
        -- Which sites were summed up, as one word.
        sites text not null,
        passed int not null, failed int not null, vetoed int not null, open int not null,
        untimely int not null, inaccurate int not null, unresponsive int not null, unusable int not null,
        more jsonb not null,
        primary key (day, district)
      );
      create index sheet_since on sheet (from_day);
      create function forget_sheet_sums() returns trigger language plpgsql as $$ begin
        -- A row that became longer says something new of its last day only.
        delete from sheet_sum
        where day >= (select min(case when tg_op = 'UPDATE' then to_day else from_day end) from changed);
        return null;
      end $$;
      create trigger sheet_kept after insert on sheet referencing new table as changed
        for each statement execute function forget_sheet_sums();
      create trigger sheet_longer after update on sheet referencing new table as changed
        for each statement execute function forget_sheet_sums();
      create trigger sheet_gone after delete on sheet referencing old table as changed
        for each statement execute function forget_sheet_sums()
    `)
    .execute(db)
}
