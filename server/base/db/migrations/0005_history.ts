import { type Kysely, sql } from 'kysely'

/**
 * Days that are over for long are packed: all visits of a site and UTC day in one row, and so its hours. Plain hours
 * come into partitions by UTC day as plain visits are, so that both can be dropped as a whole when they are packed.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = `
    alter table visit_hour rename to visit_hour_before;
    alter index visit_hour_pkey rename to visit_hour_before_pkey;
    create table visit_hour (
      site_id int not null, hour timestamptz not null,
      total int not null, failed int not null, excluded int not null, ok_ms_sum float8 not null, max_ms float4 not null,
      primary key (site_id, hour)
    ) partition by range (hour);

    -- Days are counted from 1970-01-01 (UTC); \`visits\` says how many visits a row stands for.
    create table packed_visit (
      site_id int not null, day int not null, visits int not null, data bytea not null,
      primary key (site_id, day)
    ) partition by range (day);
    create table packed_hour (
      site_id int not null, day int not null, visits int not null, data bytea not null,
      primary key (site_id, day)
    );
    -- What has been packed of the day that is being packed.
    create table pack_draft (
      source text not null, day int not null, site_id int not null, visits int not null, data bytea not null,
      primary key (source, day, site_id)
    );
    -- It is compressed already, and read whole: beside its key rather than in a table of its own.
    alter table packed_visit alter column data set storage external;
    alter table packed_hour alter column data set storage external;
    alter table pack_draft alter column data set storage external;
  `
  await sql.raw(statements).execute(db)
  const { rows } = await sql<{ day: string }>`
    select distinct to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as day from visit_hour_before order by 1
  `.execute(db)
  for (const { day } of rows) {
    await sql`
      create table ${sql.table(`visit_hour_${day.replaceAll('-', '')}`)} partition of visit_hour
      for values from (${sql.lit(`${day} 00:00:00+00`)}) to (${sql.lit(`${day} 24:00:00+00`)})
      with (fillfactor = 70)
    `.execute(db)
  }
  await sql`insert into visit_hour select * from visit_hour_before`.execute(db)
  await sql`drop table visit_hour_before`.execute(db)
}
