import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Timers } from '../../../server/base/clock.ts'
import { savePace } from '../../../server/monitor/pace/queries.ts'
import { PaceTeller } from '../../../server/monitor/pace/teller.ts'
import { takeBackTurns } from '../../../server/monitor/schedule/claims/left.ts'
import { claimDueSites } from '../../../server/monitor/schedule/queries.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'

/* A monitor dies with turns that it took and of which nothing was recorded. */

const EVERY_S = 300
let fresh: FreshDatabase
let ctx: TestContext
let look = async () => {}
/** What the other monitor is at. */
const busy: number[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  const timers: Timers = {
    after: () => () => {},
    every: (_ms, act) => {
      look = async () => {
        act()
        // What a look does is over when it may begin anew.
        await teller.stop()
      }
      return () => {}
    },
  }
  const teller = new PaceTeller(ctx, timers, {
    behind: () => ({ ms: 0, isTooMuch: false }),
    donePerS: () => 1,
    ask: async () => ({ askedPerS: 1, due: 0 }),
    onGone: async (untilMs) => {
      const now = new Date(ctx.clock.now())
      const { held } = await takeBackTurns(ctx.db, { now, takenUntil: new Date(untilMs), busy })
      return held === 0
    },
  })
  teller.start()
  await teller.stop()
})
afterAll(() => fresh.drop())

const due = () => makeSite(ctx.db, {}, { next_visit_at: new Date(ctx.clock.now()) })
const take = () =>
  claimDueSites(ctx.db, {
    now: new Date(ctx.clock.now()),
    limit: 100,
    ...{ defaultIntervalS: EVERY_S, demoIntervalS: EVERY_S },
  })
const isRecorded = ({ id }: MadeSite) =>
  ctx.db.updateTable('site_state').set({ waiting_since: null }).where('site_id', '=', id).execute()
const tells = (id: string) =>
  savePace(ctx.db, {
    ...{ id, at: new Date(ctx.clock.now()), done_per_s: 1, capacity_per_s: 100, asked_per_s: 1, due: 0 },
    behind_since: null,
  })
/** Those whose turn is now. */
async function turns(): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('site_state')
    .select('site_id')
    .where('next_visit_at', '<=', new Date(ctx.clock.now()))
    .execute()
  return rows.map(({ site_id }) => site_id)
}

test('what it was at is due again as soon as nothing was heard of it for half a minute, and not an interval later', async () => {
  const [left, recorded, ours] = [await due(), await due(), await due()]
  await take()
  await isRecorded(recorded)
  busy.push(ours.id)
  await tells('the first')
  ctx.clock.advance(20 * SECOND)
  await look()
  expect(await turns(), 'it may be there still').toEqual([])
  ctx.clock.advance(10 * SECOND)
  await look()
  expect(await turns(), 'neither what was recorded nor what another is at').toEqual([left.id])
})

test('that is done once', async () => {
  await take()
  ctx.clock.advance(10 * SECOND)
  await look()
  expect(await turns()).toEqual([])
})

test('one that was silent for a while and dies later is missed anew', async () => {
  await tells('the first')
  await look()
  const later = await due()
  await take()
  ctx.clock.advance(30 * SECOND)
  await look()
  expect(await turns()).toContain(later.id)
})

// The embedded database has one session: nobody else holds anything in it.
test.skipIf(databaseKind === 'embedded')(
  'what its last transaction still holds is due again once that has ended',
  async () => {
    await tells('the third')
    const held = await due()
    await take()
    ctx.clock.advance(30 * SECOND)
    await fresh.db.transaction().execute(async (tx) => {
      await sql`select from site_state where site_id = ${held.id} for update`.execute(tx)
      await look()
    })
    expect(await turns()).not.toContain(held.id)
    ctx.clock.advance(10 * SECOND)
    await look()
    expect(await turns()).toContain(held.id)
  },
)

test('of several monitors that miss it only the first has its turns taken anew', async () => {
  await tells('the fourth')
  const once = await due()
  await take()
  const untilMs = ctx.clock.now() + 10 * SECOND
  ctx.clock.advance(30 * SECOND)
  await look()
  expect(await turns()).toContain(once.id)
  await take()
  const now = new Date(ctx.clock.now())
  await takeBackTurns(ctx.db, { now, takenUntil: new Date(untilMs), busy: [] })
  expect(await turns()).not.toContain(once.id)
})

test('a page that ends whoever looks at it does so for two minutes, and then once an interval', async () => {
  const bad = await due()
  let deaths = 0
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    if ((await take()).some(({ siteId }) => siteId === bad.id)) deaths += 1
    await tells(name)
    ctx.clock.advance(35 * SECOND)
    await look()
  }
  expect(deaths).toBe(5)
  expect(await turns()).not.toContain(bad.id)
})

test('turns that were taken after it was gone stay with whoever took them', async () => {
  await tells('the second')
  ctx.clock.advance(20 * SECOND)
  const living = await due()
  await take()
  ctx.clock.advance(10 * SECOND)
  await look()
  expect(await turns()).not.toContain(living.id)
})
