import { type Kysely, sql } from 'kysely'

/** One of those that somebody looks after. */
const IS_THERE = "lifecycle not in ('closed', 'moved', 'merged')"

/**
 * What sites may be entered twice by is kept in an index each, so that a register of a nation need not be taken apart for each who asks:
 * the home page without what writes it in several ways (scheme, www, the last slash, the name of the first file), and the name in its
 * district; each as a print, by which they are in order. What a print is made of stands beside it, without which the database would read
 * the site for it; so an address longer than any home page's has no place there.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const address = `regexp_replace(lower(regexp_replace(url, '^https?://(www\\.)?', '', 'i')),
    '(/(index|default)\\.[a-z]+)?/*$', '')`
  const name = "district || ' ' || regexp_replace(lower(name), '[[:space:]]', '', 'g')"
  const print = (text: string) => `(md5(nullif(${text}, ''))::uuid)`
  await sql
    .raw(`
      create index site_same_address on site (${print(address)}, id) include (url) where ${IS_THERE} and octet_length(url) <= 1000;
      create index site_same_name on site (${print(name)}, id) include (district, name) where ${IS_THERE}
    `)
    .execute(db)
}
