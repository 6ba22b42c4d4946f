import { type Kysely, sql } from 'kysely'

/** One of those that somebody looks after. */
const IS_THERE = "lifecycle not in ('closed', 'moved', 'merged')"

/**
 * What sites may be entered twice by is kept with each, so that a register of a nation need not be taken apart for each who asks: its
 * home page without what writes it in several ways (scheme, www, the last slash, the name of the first file), its name in its
 * district, its ICP number; each as a print, since an index takes no long addresses.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const address = `regexp_replace(lower(regexp_replace(url, '^https?://(www\\.)?', '', 'i')),
    '(/(index|default)\\.[a-z]+)?/*$', '')`
  const without = (text: string) => `regexp_replace(${text}, '[[:space:]]', '', 'g')`
  const print = (text: string) => `generated always as (md5(nullif(${text}, ''))::uuid) stored`
  await sql
    .raw(`
      alter table site
        add column same_address uuid ${print(address)},
        add column same_name uuid ${print(`district || ' ' || ${without('lower(name)')}`)},
        add column same_icp uuid ${print(without("profile ->> 'icp'"))};
      create index site_same_address on site (same_address, id) where ${IS_THERE} and same_address is not null;
      create index site_same_name on site (same_name, id) where ${IS_THERE} and same_name is not null;
      create index site_same_icp on site (same_icp, id) where ${IS_THERE} and same_icp is not null
    `)
    .execute(db)
}
