import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { after } from '../../../server/app/after.ts'
import { DEMO_ROWS } from '../../../server/register/import/demo.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

interface ForeignKey {
  readonly child: string
  readonly columns: string
  readonly parent: string
  /** `a`, `r`: what hangs on a row keeps it; others: it goes with it or loses its hold. */
  readonly action: string
}
async function foreignKeys(): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent, confdeltype as action,
      (select string_agg(attname, ',') from pg_attribute where attrelid = conrelid and attnum = any(conkey)) as columns
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
  `.execute(fresh.db)
  return rows
}

/** What may go with what it hangs on, and why. Sites, units, alerts, rectifications and people are none of them. */
const GO_ALONG = [
  // Of a scan that newer ones took the place of; nothing is kept of a single address.
  'link_target.scan_id > link_scan',
  // What was told last to a subscription that its owner ended: of no use without it.
  'notification_group.subscription_id > notification_subscription',
  // A message that was sent stays when its owner ends the subscription.
  'notification_delivery.subscription_id > notification_subscription',
]

test('no foreign key deletes or lets go of what hangs on a site, a unit, an alert, a rectification or a person', async () => {
  const loose = (await foreignKeys()).filter(({ action }) => action !== 'a' && action !== 'r')
  const names = loose.map(({ child, columns, parent }) => `${child}.${columns} > ${parent}`)
  expect(names.sort()).toEqual([...GO_ALONG].sort())
})

test('the demo is removed from every table, each before what it hangs on', async () => {
  const order = [...after.demoRows, ...DEMO_ROWS].map(({ table }) => table as string)
  const keys = await foreignKeys()
  // Of two that refer to each other, one has to let go first.
  const isMutual = (one: ForeignKey) =>
    keys.some(({ child, parent }) => child === one.parent && parent === one.child)
  const wrong = keys
    .filter((one) => order.includes(one.parent) && !isMutual(one))
    .filter(({ child, parent }) => !order.includes(child) || order.indexOf(child) > order.indexOf(parent))
  expect(wrong).toEqual([])
})

const at = new Date(TUESDAY)
const remove = (table: 'site' | 'alert' | 'rectification' | 'unit' | 'user_account', id: number) =>
  fresh.db.deleteFrom(table).where('id', '=', id).execute()
async function rectificationOf(site: MadeSite): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into rectification (site_id, unit_id, stage, raised_at, due_on, due_workdays)
    values (${site.id}, ${site.unit_id}, 'raised', ${at}, '2026-03-20', 8) returning id
  `.execute(fresh.db)
  return rows[0]?.id ?? 0
}

describe('the database refuses to delete a site that has', () => {
  const HOLDS: Record<string, (site: MadeSite) => Promise<unknown>> = {
    'an alert': (site) => makeAlert(fresh.db, { site }),
    'a rectification': rectificationOf,
    'a column': ({ id }) =>
      sql`insert into site_column (site_id, name, class, seen_at) values (${id}, '通知公告', 'notice', ${at})`.execute(
        fresh.db,
      ),
    evidence: ({ id }) =>
      sql`
        with copy as (insert into page_copy (hash, bytes, size, is_cut, kept_at)
          values (${`h${id}`}, 'x', 1, false, ${at}) returning hash)
        insert into site_evidence (site_id, at, shown, state, url, encoding, hash)
        select ${id}, ${at}, 'x', 'down', 'http://x/', 'utf-8', hash from copy
      `.execute(fresh.db),
    'a picture': ({ id }) =>
      sql`
        with copy as (insert into picture_copy (hash, bytes, width, height, kept_at)
          values (${`p${id}`}, 'x', 1, 1, ${at}) returning hash)
        insert into picture (site_id, at, url, reason, is_marked, hash)
        select ${id}, ${at}, 'http://x/', 'asked', false, hash from copy
      `.execute(fresh.db),
    'a scan of links': ({ id }) =>
      sql`
        insert into link_scan (site_id, state, max_depth, max_pages, max_links, delay_ms, created_at, next_at)
        values (${id}, 'done', 1, 1, 1, 1, ${at}, ${at})
      `.execute(fresh.db),
    'a word of a person': ({ id }) =>
      sql`
        insert into site_said (site_id, said_by, said_at, note, expires_at)
        values (${id}, ${people.duty.id}, ${at}, '已更新', ${at})
      `.execute(fresh.db),
    'an item': ({ id }) =>
      sql`insert into site_item (site_id, key, first_day) values (${id}, 'x', '2026-03-10')`.execute(
        fresh.db,
      ),
    'a fact': ({ id }) =>
      sql`insert into fact (seq, at, kind, site_id, data) values (1000, ${at}, 'site.changed', ${id}, '{}')`.execute(
        fresh.db,
      ),
    'a day of visits': ({ id }) =>
      sql`insert into visit_day values (${id}, '2026-03-09', 288, 0, 0, 34560, 200)`.execute(fresh.db),
    'packed visits': ({ id }) =>
      sql`insert into packed_hour values (${id}, 20000, 288, 'x')`.execute(fresh.db),
  }

  it.each(Object.keys(HOLDS))('%s', async (what) => {
    const site = await makeSite(fresh.db)
    await fresh.db.deleteFrom('site_state').where('site_id', '=', site.id).execute()
    await HOLDS[what]?.(site)
    await expect(remove('site', site.id)).rejects.toThrow(
      /foreign key constraint|nothing of a site is ever deleted/,
    )
    expect(await fresh.db.selectFrom('site').select('id').where('id', '=', site.id).execute()).toHaveLength(1)
  })

  it('a state, and says what holds it', async () => {
    const { id } = await makeSite(fresh.db)
    await expect(remove('site', id)).rejects.toThrow(/foreign key constraint .* on table "site_state"/)
  })

  it('… but one with nothing but its name may go, and what the register said of it stays known', async () => {
    const site = await makeSite(fresh.db)
    await fresh.db.deleteFrom('site_state').where('site_id', '=', site.id).execute()
    await remove('site', site.id)
    const past = await fresh.db
      .selectFrom('site_past')
      .select('name')
      .where('site_id', '=', site.id)
      .execute()
    expect(past).toEqual([{ name: site.name }])
  })
})

test('nor an alert that a rectification covers or somebody is named at, a rectification with a document, a unit or a person of any of them', async () => {
  const site = await makeSite(fresh.db)
  const covered = await makeAlert(fresh.db, { site })
  const named = await makeAlert(fresh.db, { site, rule: 'V1' })
  const rectification = await rectificationOf(site)
  await fresh.db
    .insertInto('rectification_alert')
    .values({ rectification_id: rectification, alert_id: covered.id })
    .execute()
  await sql`
    insert into alert_mention values (${named.id}, ${people.owner.id}, ${people.duty.id}, ${at})
  `.execute(fresh.db)
  await sql`
    insert into recovery_code (user_id, code_hash) values (${people.owner.id}, 'x')
  `.execute(fresh.db)
  await expect(remove('alert', covered.id)).rejects.toThrow(/rectification_alert/)
  await expect(remove('alert', named.id)).rejects.toThrow(/alert_mention/)
  await expect(remove('rectification', rectification)).rejects.toThrow(/rectification_alert/)
  await expect(remove('unit', site.unit_id)).rejects.toThrow(/foreign key constraint/)
  await expect(remove('user_account', people.owner.id)).rejects.toThrow(/foreign key constraint/)
})
