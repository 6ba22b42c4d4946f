import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'

/* What grows with sites and time can be divided by site (docs/decisions/larger-database.md): each key names its site. */

const LARGE = [
  'inspection_page',
  'packed_hour',
  'packed_visit',
  'site_state',
  'vantage_look',
  'visit',
  'visit_day',
  'visit_hour',
]
/** Each machine has all of their rows. */
const EVERYWHERE = ['site', 'vantage']

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

test('each of the largest tables has its site in every row and in every key', async () => {
  const { rows } = await sql<{ name: string; required: boolean; keys: boolean }>`
    select c.relname as name, a.attnotnull as required, not exists (
      select from pg_index i where i.indrelid = c.oid and i.indisunique and not a.attnum = any (i.indkey)
    ) as keys
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id'
    where c.relnamespace = 'public'::regnamespace and c.relname = any (${LARGE}) order by 1`.execute(fresh.db)
  expect(rows).toEqual(LARGE.map((name) => ({ name, required: true, keys: true })))
})

test('nothing refers to a row of them, and they refer to sites and places only', async () => {
  const { rows } = await sql<{ from: string; to: string }>`
    select distinct conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
    where contype = 'f' and (conrelid::regclass::text = any (${LARGE}) or confrelid::regclass::text = any (${LARGE}))
    order by 1, 2`.execute(fresh.db)
  expect(rows.filter(({ to }) => !EVERYWHERE.includes(to))).toEqual([])
})

test('links that were followed are of a scan, and do not say of which site', async () => {
  const { rows } = await sql<{ column: string; to: string }>`
    select a.attname as column, c.confrelid::regclass::text as to
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'f' and c.conrelid = 'link_target'::regclass`.execute(fresh.db)
  expect(rows).toEqual([{ column: 'scan_id', to: 'link_scan' }])
})
