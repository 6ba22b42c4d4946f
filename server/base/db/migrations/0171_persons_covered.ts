import { type Kysely, sql } from 'kysely'

/** An identity number by its shape. */
const NUMBER =
  '(?<![0-9])([1-8][0-9]{2})[0-9]{3}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{2}([0-9][0-9Xx])(?![0-9])'
const has = (text: string) => `${text} ~ '${NUMBER}'`
/** JSON that has one: what else is written in per cents may be a name. */
const coveredJson = (column: string) => `pg_temp.without_persons(${column}::text)::jsonb`

/**
 * Identity numbers in addresses of what was found, of links and of pictures are covered where they are stored, with what may be a name
 * beside them; pages that such things were found on are looked at again. A picture says whether numbers of persons on it are covered.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table picture add column is_covered boolean not null default false;
      create or replace function pg_temp.without_persons(given text) returns text language sql as $$
        select regexp_replace(regexp_replace(given, '${NUMBER}', '\\1***\\2', 'g'), '(?:%[0-9A-Fa-f]{2}){4,}', '***', 'g')
      $$;
      update inspection_page set rules = null where ${has('url')} or ${has('found::text')};
      update inspection_problem set
        key = case when ${has('key')} then pg_temp.without_persons(key) || ' ' || id else key end,
        url = pg_temp.without_persons(url), excerpt = pg_temp.without_persons(excerpt), told = pg_temp.without_persons(told),
        detail = ${coveredJson('detail')}, outline = ${coveredJson('outline')}
      where ${has("concat_ws(' ', key, url, excerpt, told, detail, outline)")};
      update link_scan set found = ${coveredJson('found')} where ${has('found::text')};
      update picture set url = pg_temp.without_persons(url), mark = ${coveredJson('mark')} where ${has("concat_ws(' ', url, mark)")};
      update picture_missing set url = pg_temp.without_persons(url) where ${has('url')}
    `)
    .execute(db)
}
