import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertChanged } from '../../shared/desk/alerts/facts.ts'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { PASSWORD } from '../support/people.ts'
import { nextVersion } from '../support/product/other-build.ts'
import { type Product, startProduct, stopProducts } from '../support/product/product.ts'
import { type Watcher, watch } from '../support/product/watcher.ts'
import { buildCity, factNumbers, type TestCity, upTo, withDatabase } from '../support/registers/city.ts'
import { status } from '../support/registers/sites.ts'
import { type Session, signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

/* One version after the other on one PostgreSQL, without a standstill: the next adds a column to the busiest table. */

const NEXT = '9001_next'
const ADDS = `alter table site_state add next_note text not null default '';
  create index on site_state (next_note); create table next_thing (id int primary key)`

let postgres: PostgresServer
let city: TestCity
let next: ReturnType<typeof nextVersion>
let beganAt: Date
const old: Partial<Record<'web' | 'monitor', Product>> = {}
const updated: Partial<Record<'web' | 'monitor', Product>> = {}
const watchers: Partial<Record<'old' | 'updated', Watcher>> = {}
let duty: Session

const start = (role: 'web' | 'monitor', root?: string) =>
  startProduct({
    env: { ...city.env, DATABASE_URL: postgres.url() },
    args: ['--role', role],
    ...(root && { root }),
  })

beforeAll(async () => {
  postgres = await migratedPostgres()
  city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 20)
  next = nextVersion(NEXT, ADDS)
  beganAt = new Date()
  old.web = await start('web')
  old.monitor = await start('monitor')
  await Promise.all([old.web.ready(), old.monitor.ready()])
  duty = await signIn(old.web.origin, 'duty', PASSWORD)
  watchers.old = await watch(duty)
  await until('every site was visited', () => visits().every((count) => count > 0), 30_000)
})
afterAll(async () => {
  for (const watcher of Object.values(watchers)) watcher.close()
  await stopProducts()
  next?.remove()
  await city?.close()
  await postgres?.remove()
})

const visits = () => city.labels.map((label) => city.sites.visits(label))
const both = () => [watchers.old!, watchers.updated!]

/** Lets a site fail. @returns its alert, once every browser has heard of it */
async function fails(label: string, heardBy: readonly Watcher[]): Promise<number> {
  city.sites.set(label, status(503))
  const { id } = city.rows[city.labels.indexOf(label)]!
  const heard = heardBy.map(({ fact }) =>
    fact(`the alert of ${label} is open`, (one) => one.kind === 'alert.opened' && one.siteId === id, 30_000),
  )
  const [opened] = await Promise.all(heard)
  return (opened as AlertChanged).data.alert.id
}

test('the next version starts beside the old one, which works on while the tables change', async () => {
  const before = visits()
  await withDatabase(postgres.url(), async (db) => {
    // A report that takes long: the new column has to wait for it, and nobody waits behind the column.
    await db.transaction().execute(async (tx) => {
      await tx.selectFrom('site_state').select('site_id').execute()
      updated.web = await start('web', next.root)
      updated.monitor = await start('monitor', next.root)
      const isWaiting = () =>
        updated.web!.output().concat(updated.monitor!.output()).includes('a migration waits')
      await until('the migration lets others pass', isWaiting, 30_000)
      await duty.call('alerts')
      await until('visits go on', () => visits().every((count, index) => count > before[index]!), 15_000)
    })
  })
  await Promise.all([updated.web!.ready(), updated.monitor!.ready()])
  const names = await withDatabase(postgres.url(), (db) =>
    db
      .selectFrom('site_state')
      .select('next_note' as 'site_id')
      .distinct()
      .execute(),
  )
  expect(names).toEqual([{ next_note: '' }])
})

test('browsers at either version hear what is done and measured at the other', async () => {
  const later = await signIn(updated.web!.origin, 'duty', PASSWORD)
  watchers.updated = await watch(later)
  const id = await fails('s3', both())
  for (const [session, body] of [
    [duty, '旧版记下'],
    [later, '新版记下'],
  ] as const) {
    await session.call('commentAlert', { params: { id }, body: { text: body } })
    for (const watcher of both()) {
      await watcher.fact(
        body,
        (fact) => fact.kind === 'alert.commented' && JSON.stringify(fact).includes(body),
      )
    }
  }
})

test('the old ones end in order, and the new ones carry on alone', async () => {
  for (const one of [old.monitor!, old.web!]) {
    expect(await one.stop()).toBeLessThan(5_000)
    expect(await one.exited).toBe(0)
  }
  watchers.old!.close()
  const before = visits()
  await fails('s4', [watchers.updated!])
  await until('every site is visited', () => visits().every((n, i) => n > before[i]!), 15_000)
})

test('an old process that starts on the newer tables works, and says so in its log', async () => {
  const again = await start('web')
  await again.ready()
  expect(again.output()).toContain('the database is of a newer version')
  expect(again.output()).toContain(NEXT)
  const session = await signIn(again.origin, 'duty', PASSWORD)
  await session.call('alerts')
  expect(await again.stop()).toBeLessThan(5_000)
})

test('no visit is lost or recorded twice, and the facts have no gap', async () => {
  await updated.monitor!.stop()
  const made = visits()
  await withDatabase(postgres.url(), async (db) => {
    const stored = await db
      .selectFrom('visit')
      .where('at', '>', beganAt)
      .groupBy('site_id')
      .select(({ fn }) => ['site_id', fn.countAll<number>().as('n')])
      .execute()
    const lost = city.rows.map(
      ({ id }, index) => made[index]! - (stored.find((one) => one.site_id === id)?.n ?? 0),
    )
    expect(Math.min(...lost), 'none is recorded twice').toBe(0)
    // What was under way when a monitor was told to end.
    expect(lost.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(2)
    const numbers = await factNumbers(db)
    expect(numbers).toEqual(upTo(numbers.length))
  })
  expect(watchers.old!.complaints.concat(watchers.updated!.complaints)).toEqual([])
})
