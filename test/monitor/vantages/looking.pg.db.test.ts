import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { endThoseOver } from '../../../server/base/aside/queries.ts'
import { systemTimers } from '../../../server/base/clock.ts'
import { Looking } from '../../../server/monitor/vantages/looking.ts'
import { askLooks } from '../../../server/monitor/vantages/turn-queries.ts'
import { createProber } from '../../../server/monitor/visit/visit.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { startSites, status, type TestSites } from '../../support/registers/sites.ts'
import { until } from '../../support/until.ts'

/** An address to which no kernel knows a way: these sites have no other. */
const SIX_ONLY = 'ff02::1'

let fresh: FreshDatabase
let sites: TestSites
let ctx: TestContext
let made: MadeSite[]
const looking: Looking[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  sites = await startSites()
  ctx = testContext(fresh)
})
beforeEach(async () => {
  await ctx.db.updateTable('site').set({ pause_reason: 'done', paused_until: null }).execute()
  made = []
})
afterEach(async () => {
  await Promise.all(looking.splice(0).map((one) => one.stop()))
  await ctx.db.deleteFrom('vantage_look').execute()
  await ctx.db.deleteFrom('vantage').execute()
})
afterAll(async () => {
  await sites.close()
  await fresh.drop()
})

async function register(...labels: string[]): Promise<void> {
  for (const label of labels) made.push(await makeSite(ctx.db, { url: sites.url(label), interval_s: 300 }))
}
async function start(name: string, references: string[] = []): Promise<Looking> {
  const prober = createProber({
    userAgent: 'test',
    allowAddresses: ['127.0.0.0/8', 'ff02::/16'],
    hosts: { '*.localhost': '127.0.0.1', '*.six.localhost': SIX_ONLY },
    hasSix: () => false,
  })
  const one = await Looking.start({
    ...{ ctx, timers: systemTimers, references, most: 50, rarer: 1, onLook: () => {} },
    place: { name, region: '华东', demo: false },
    proberFor: () => prober,
  })
  looking.push(one)
  return one
}
const seen = () =>
  ctx.db
    .selectFrom('vantage_look')
    .innerJoin('vantage', 'vantage.id', 'vantage_id')
    .select(['name', 'site_id', 'outcome', 'cause', 'status', 'since', 'at'])
    .where(
      'site_id',
      'in',
      made.map(({ id }) => id),
    )
    .orderBy('site_id')
    .orderBy('name')
    .execute()
const ofAll = (outcome: string) => async () => {
  const rows = await seen()
  return rows.length > 0 && rows.every((row) => row.outcome === outcome)
}

it('a place looks at every site within the first round, and says since when it has seen the same', async () => {
  await register('a', 'b', 'c')
  await start('上海')
  expect(await seen()).toMatchObject([{ outcome: null }, { outcome: null }, { outcome: null }])
  ctx.clock.advance(2 * MINUTE)
  await until('all were reached', ofAll('ok'))
  const first = await seen()
  expect(first[0]).toMatchObject({ name: '上海', status: 200, cause: null })
  sites.set('a', status(503))
  ctx.clock.advance(5 * MINUTE)
  await until('a is missed', async () => (await seen())[0]?.outcome === 'failed')
  await until('b was looked at again', async () => (await seen())[1]!.at! > first[1]!.at!)
  const [a, b] = await seen()
  expect(a).toMatchObject({ cause: 'http_5xx', status: 503, since: a!.at })
  expect(b?.since).toEqual(first[1]?.since)
  const kept = await ctx.db
    .selectFrom('visit')
    .select('site_id')
    .where(
      'site_id',
      'in',
      made.map(({ id }) => id),
    )
    .execute()
  expect(kept, 'it is the home place that keeps visits').toEqual([])
})

it('two monitors of one place share its turns; another place has its own', async () => {
  await register('d', 'e', 'f', 'g')
  await start('上海')
  await start('上海')
  await start('北京')
  ctx.clock.advance(2 * MINUTE)
  await until('all were reached from both places', async () => {
    const rows = await seen()
    return rows.length === 8 && rows.every(({ outcome }) => outcome === 'ok')
  })
  expect(['d', 'e', 'f', 'g'].map((label) => sites.visits(label))).toEqual([2, 2, 2, 2])
})

it('a site that the home place has missed is looked at at once', async () => {
  await register('h')
  await start('上海')
  ctx.clock.advance(2 * MINUTE)
  await until('it was reached', ofAll('ok'))
  sites.set('h', status(500))
  ctx.clock.advance(1)
  await askLooks(ctx.db, [made[0]!.id], new Date(ctx.clock.now()))
  await until('it is missed', ofAll('failed'))
})

it('what a place does not reach while its own line is in doubt counts for nothing', async () => {
  await register('i')
  sites.set('i', status(503))
  await start('上海', ['http://127.0.0.1:9/'])
  ctx.clock.advance(2 * MINUTE)
  await until('it was not measured', ofAll('unmeasured'))
})

it('a place without IPv6 says nothing of sites that have nothing else, however many, and does not doubt its line for them', async () => {
  for (let n = 0; n < 9; n++)
    made.push(await makeSite(ctx.db, { url: `http://s${n}.six.localhost/`, interval_s: 300 }))
  await register('p')
  sites.set('p', status(503))
  await start('上海')
  ctx.clock.advance(2 * MINUTE)
  await until('all were looked at', async () => {
    const rows = await seen()
    return rows.length === 10 && rows.every(({ outcome }) => outcome !== null)
  })
  const rows = await seen()
  expect(new Set(rows.slice(0, 9).map(({ outcome, cause }) => `${outcome} ${cause}`))).toEqual(
    new Set(['unmeasured no_ipv6']),
  )
  expect(rows[9], 'another that it does not reach').toMatchObject({ outcome: 'failed', cause: 'http_5xx' })
})

it('a site whose look cannot be stored keeps no other from being stored, and is set aside', async () => {
  await register('m', 'n', 'o')
  const { id } = made[1]!
  await sql`alter table vantage_look add constraint poisoned check (site_id <> ${sql.lit(id)} or at is null)`.execute(
    ctx.db,
  )
  try {
    await start('上海')
    ctx.clock.advance(2 * MINUTE)
    await until('the others are known', async () => {
      const outcomes = (await seen()).map(({ outcome }) => outcome)
      return outcomes[0] === 'ok' && outcomes[2] === 'ok'
    })
    expect((await seen())[1]).toMatchObject({ outcome: null })
    const asides = () =>
      ctx.db.selectFrom('set_aside').select(['times', 'ended_at']).where('site_id', '=', id).execute()
    const maintained = async () => {
      await endThoseOver(ctx.db, ctx.clock.now())
      return asides()
    }
    await until('it is set aside', async () => (await asides()).length === 1)
    ctx.clock.advance(MINUTE)
    await ctx.db
      .updateTable('site_state')
      .set({ last_visit_at: new Date(ctx.clock.now()) })
      .where('site_id', '=', id)
      .execute()
    expect(await maintained(), 'that it was visited from home changes nothing').toMatchObject([
      { ended_at: null },
    ])
    ctx.clock.advance(5 * MINUTE)
    await until('it is set aside again', async () => (await asides())[0]?.times === 2)
    expect(await maintained(), 'it is the same').toMatchObject([{ times: 2, ended_at: null }])
    await sql`alter table vantage_look drop constraint poisoned`.execute(ctx.db)
    ctx.clock.advance(5 * MINUTE)
    await until('it is stored', async () => (await seen())[1]?.outcome === 'ok')
    expect(await maintained()).toMatchObject([{ ended_at: expect.any(Date) }])
  } finally {
    await sql`alter table vantage_look drop constraint if exists poisoned`.execute(ctx.db)
  }
})

it('a site in filed downtime is left alone', async () => {
  await register('k', 'l')
  await ctx.db.updateTable('site').set({ pause_reason: 'moving' }).where('id', '=', made[0]!.id).execute()
  await start('上海')
  ctx.clock.advance(2 * MINUTE)
  await until('the other was reached', async () => (await seen())[1]?.outcome === 'ok')
  expect(sites.visits('k')).toBe(0)
})
