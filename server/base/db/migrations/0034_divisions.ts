import { type Kysely, sql } from 'kysely'

/** Divisions are data: the tree, which one a site is of, and the place that the installation is for. */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = `
    create table division (
      code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{1,19}$'),
      name text not null check (char_length(name) between 1 and 50),
      name_en text not null check (char_length(name_en) between 1 and 100),
      level text not null
        check (level in ('nation', 'province', 'city', 'district', 'street', 'zone', 'department')),
      parent text references division,
      -- It is no more; its sites belong to this one since.
      successor text references division,
      -- Somebody has added or changed it: what the product brings later passes it over.
      edited boolean not null default false,
      version int not null default 1,
      check ((parent is null) = (level = 'nation')),
      check (parent <> code), check (successor <> code)
    );
    create index division_parent on division (parent);
    create index division_successor on division (successor) where successor is not null;
    -- Empty where it follows from the group; without a foreign key, since the product brings divisions after this.
    alter table site add column division text;
    -- Until now no other city's register could be loaded.
    update site set division = case when district like '4401-%' then '440100' else district end;
    insert into setting (key, value)
      select 'area', '{"code": "440100", "by": "register"}'::jsonb where exists (select from site);
  `
  await sql.raw(statements).execute(db)
}
