import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayWorkOn, migrate, newerMigrations } from '../../../server/base/db/migrate.ts'
import * as history from '../../../server/base/db/migrations/0005_history.ts'
import * as rectificationNotices from '../../../server/base/db/migrations/0039_rectification_notices.ts'
import * as messageColumn from '../../../server/base/db/migrations/0128_message_column.ts'
import { migrations } from '../../../server/base/db/migrations/index.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { until } from '../../support/until.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

test('a second migration of the same database does nothing', async () => {
  expect(await migrate(fresh.db)).toEqual([])
})

test('two processes that start at once both find the database ready', async () => {
  const both = await Promise.all([migrate(fresh.db), migrate(fresh.db)])
  expect(both).toEqual([[], []])
})

test('a new installation has no sites and no facts', async () => {
  const sites = await fresh.db.selectFrom('site').select('id').execute()
  const counter = await fresh.db.selectFrom('fact_counter').select('seq').execute()
  expect(sites).toEqual([])
  expect(counter).toEqual([{ seq: 0 }])
})

test('counts and sums come back as numbers, not as text', async () => {
  const row = await fresh.db
    .selectFrom('fact_counter')
    .select(({ fn }) => [fn.countAll().as('count'), fn.sum('seq').as('sum')])
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ count: 1, sum: 0 })
})

test('on a database of a newer version it works on, unless that took away what this one uses', async () => {
  const table = fresh.db.withTables<{ kysely_migration: { name: string; timestamp: string } }>()
  const timestamp = new Date().toISOString()
  const add = (name: string) => table.insertInto('kysely_migration').values({ name, timestamp }).execute()
  await add('9998_future')
  expect(await migrate(fresh.db)).toEqual([])
  expect(await newerMigrations(fresh.db)).toEqual(['9998_future'])
  await add('9999_less_since_9998')
  await expect(migrate(fresh.db)).rejects.toThrow(/cannot be brought to this version.*9999_less/)
  await table.deleteFrom('kysely_migration').where('name', 'like', '999%').execute()
  expect(mayWorkOn('0150_less_since_0140', '0140_more')).toBe(true)
  expect(mayWorkOn('0150_less_since_0140', '0139_before')).toBe(false)
})

test.runIf(databaseKind === 'postgres')(
  'a migration that waits for a table in use lets others pass, and is done once it is free',
  async () => {
    const last = Object.keys(migrations).at(-1) ?? ''
    const table = fresh.db.withTables<{ kysely_migration: { name: string } }>()
    await table.deleteFrom('kysely_migration').where('name', '=', last).execute()
    const before = migrations[last]!
    let limit: string | undefined
    migrations[last] = {
      up: async (db) => {
        const { rows } = await sql<{ limit: string }>`
          select current_setting('statement_timeout') as limit`.execute(db)
        limit = rows[0]?.limit
        await sql`alter table site_state add more int`.execute(db)
      },
    }
    let passed = 0
    try {
      const migrating = await fresh.db.transaction().execute(async (tx) => {
        await tx.selectFrom('site_state').select('site_id').execute()
        const applied = migrate(fresh.db, { inUse: () => void passed++ })
        await until('others were let pass', () => passed > 0)
        await fresh.db.selectFrom('site_state').select('site_id').execute()
        return { applied }
      })
      expect(await migrating.applied).toEqual([last])
      expect(limit, 'it may take as long as it needs').toBe('0')
    } finally {
      migrations[last] = before
    }
  },
)

test('hours that were stored before they came in partitions are kept', async () => {
  await sql`drop table visit_hour, packed_visit, packed_hour, pack_draft`.execute(fresh.db)
  await sql`
    create table visit_hour (
      site_id int not null, hour timestamptz not null,
      total int not null, failed int not null, excluded int not null, ok_ms_sum float8 not null, max_ms float4 not null,
      primary key (site_id, hour)
    )`.execute(fresh.db)
  const hours = ['2026-01-31T00:00:00Z', '2026-01-31T23:00:00Z', '2026-03-01T05:00:00Z'].map((hour) => ({
    site_id: 7,
    hour: new Date(hour),
    total: 12,
    failed: 1,
    excluded: 0,
    ok_ms_sum: 440.5,
    max_ms: 80,
  }))
  await fresh.db.insertInto('visit_hour').values(hours).execute()
  await fresh.db.transaction().execute((tx) => history.up(tx))
  expect(await fresh.db.selectFrom('visit_hour').selectAll().orderBy('hour').execute()).toEqual(hours)
})

test('whoever had subscribed to fixes is told of rectifications, and what was noted of them is kept', async () => {
  const channel = await fresh.db
    .insertInto('notification_channel')
    .values({
      kind: 'email',
      name: 'mail of the test',
      hourly_cap: 9,
      mail: null,
      secrets: '{}',
      disabled_at: null,
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await fresh.db
    .insertInto('notification_subscription')
    .values({
      ...{ channel_id: channel.id, address: '', scope: '{}', severities: '[]', rules: '[]', quiet: null },
      ...{ break_through: false, language: 'zh', timings: '{}', since_seq: 0 },
      events: JSON.stringify(['opened', 'fix.overdue', 'pause.ended']),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const state = {
    marks: {},
    fixes: [{ id: 3, event: 'fix.closed' }],
    pauses: [],
    nextMs: null,
    noticedMs: null,
  }
  await fresh.db
    .insertInto('notification_group')
    .values({ subscription_id: id, place: '', state: JSON.stringify(state), next_at: null })
    .execute()
  await rectificationNotices.up(fresh.db)
  const kept = await fresh.db
    .selectFrom('notification_subscription')
    .innerJoin('notification_group', 'subscription_id', 'notification_subscription.id')
    .where('id', '=', id)
    .select(['events', 'state'])
    .executeTakeFirstOrThrow()
  expect(kept.events).toEqual(['opened', 'rectification.overdue', 'pause.ended'])
  const { fixes: _, ...rest } = state
  expect(kept.state).toEqual({ ...rest, rectifications: [{ id: 3, event: 'rectification.closed' }] })
})

test('a monitor of the version before stores message columns by their addresses as ever, and of each name the newest is taken over', async () => {
  const { id } = await makeSite(fresh.db)
  const columns = [
    {
      name: '局长信箱',
      url: '/xx;jsessionid=1',
      seen_at: new Date('2026-03-01'),
      read_at: new Date('2026-03-01'),
    },
    {
      name: '局长信箱',
      url: '/xx;jsessionid=2',
      seen_at: new Date('2026-03-02'),
      read_at: new Date('2026-03-02'),
    },
    { name: '网上咨询', url: '/zx', seen_at: new Date('2026-03-01'), read_at: null },
  ]
  for (const { name, url, seen_at, read_at } of [...columns, ...columns]) {
    await sql`
      insert into site_messages (site_id, url, name, seen_at, read_at, next_visit_at)
      values (${id}, ${url}, ${name}, ${seen_at}, ${read_at}, ${seen_at})
      on conflict (site_id, url) do update set name = excluded.name, seen_at = excluded.seen_at`.execute(
      fresh.db,
    )
  }
  await sql`drop table message_column`.execute(fresh.db)
  await fresh.db.transaction().execute((tx) => messageColumn.up(tx))
  const kept = await fresh.db
    .selectFrom('message_column')
    .select(['name', 'url', 'seen_at', 'read_at'])
    .where('site_id', '=', id)
    .orderBy('seen_at', 'desc')
    .execute()
  expect(kept).toEqual(columns.slice(1))
})

test('migrations are named in the order that they run in', () => {
  const names = Object.keys(migrations)
  expect(names).toEqual([...names].sort())
})
