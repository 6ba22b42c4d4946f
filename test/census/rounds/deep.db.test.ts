import { afterAll, beforeAll, expect, it } from 'vitest'
import { pauseRound, resumeRound } from '../../../server/census/rounds/deep/pause.ts'
import { runDeep } from '../../../server/census/rounds/deep/run.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { closeRound, planRound, requireRound, voidRound } from '../../../server/census/rounds/service.ts'
import { listRoundSites } from '../../../server/census/rounds/sites.ts'
import { newRound } from '../../../shared/census/rounds/rounds.ts'
import { identity } from '../../monitor/inspections/content/numbers.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
const SITES = 280
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  for (let n = 0; n < SITES; n++) await makeSite(fresh.db)
})
afterAll(() => fresh.drop())

async function opened() {
  const given = newRound.parse({ kind: 'deep', opensOn: '2026-03-10', dueOn: '2026-03-16' })
  const planned = await planRound(ctx, people.duty, given)
  return openRound(ctx, people.duty, planned.id, planned)
}
const now = (id: number) => requireRound(ctx, ctx.db, people.duty, id)
const results = (id: number) =>
  fresh.db
    .selectFrom('census_round_site')
    .select(['site_id', 'result', 'points'])
    .where('round_id', '=', id)
    .execute()

/** A process that is killed when it would keep results for the time after so many. */
function dyingAfter(kept: number): TestContext['db'] {
  let left = kept
  return new Proxy(fresh.db, {
    get(db, key) {
      if (key === 'transaction' && left-- <= 0) throw new Error('killed')
      const value = Reflect.get(db, key)
      return typeof value === 'function' ? value.bind(db) : value
    },
  })
}

it('a deep monitoring that is killed ten times gives each site one result, and none is left out', async () => {
  const round = await opened()
  for (let kill = 0; kill < 10; kill++) {
    const deed = runDeep({ ...ctx, db: dyingAfter(kill % 2) })
    expect(await deed.then(String, ({ message }: Error) => message)).toBe('killed')
  }
  const before = (await results(round.id)).filter(({ result }) => result !== null)
  expect(before).toHaveLength(250)
  expect(await now(round.id)).toMatchObject({
    state: 'checking',
    count: { total: SITES, done: before.length },
  })
  await runDeep(ctx)
  const after = await results(round.id)
  expect(after.every(({ result }) => result === 'open')).toBe(true)
  expect(after).toEqual(expect.arrayContaining(before))
  const done = await now(round.id)
  expect(done).toMatchObject({ state: 'reviewing', count: { total: SITES, done: SITES } })
  expect(await closeRound(ctx, people.duty, done.id, done)).toMatchObject({ state: 'closed' })
})

it('one that is void is left alone', async () => {
  const round = await opened()
  await voidRound(ctx, people.duty, round.id, { version: round.version, reason: '重新安排' })
  await runDeep(ctx)
  expect((await results(round.id)).every(({ result }) => result === null)).toBe(true)
})

it('one that takes long stops in time, says that something is left, and is gone on with', async () => {
  const round = await opened()
  expect(await runDeep(ctx, 0)).toBe(false)
  expect(await runDeep(ctx)).toBe(true)
  expect((await results(round.id)).filter(({ result }) => result === null)).toEqual([])
})

it('one that is paused rests, also in the middle, and is gone on with where it was', async () => {
  const round = await opened()
  // Paused by somebody while the first sites are measured.
  const pausing: TestContext['db'] = new Proxy(fresh.db, {
    get(db, key) {
      const value = Reflect.get(db, key)
      if (key !== 'transaction') return typeof value === 'function' ? value.bind(db) : value
      return () => ({
        execute: async (work: Parameters<ReturnType<typeof db.transaction>['execute']>[0]) => {
          await db.transaction().execute(work)
          const { version, may } = await now(round.id)
          if (may.includes('pause')) await pauseRound(ctx, people.duty, round.id, { version })
        },
      })
    },
  })
  await runDeep({ ...ctx, db: pausing })
  const part = await results(round.id)
  expect(part.filter(({ result }) => result !== null)).toHaveLength(50)
  await runDeep(ctx)
  expect(await results(round.id)).toEqual(part)
  const paused = await now(round.id)
  expect(paused).toMatchObject({ state: 'checking', paused: { by: { name: people.duty.name } } })
  await refused(pauseRound(ctx, people.duty, round.id, paused), 'conflict')
  await refused(pauseRound(ctx, people.vendor, round.id, paused), 'forbidden')
  expect(await resumeRound(ctx, people.duty, round.id, paused)).toMatchObject({ paused: null })
  await runDeep(ctx)
  const all = await results(round.id)
  expect(all.every(({ result }) => result !== null)).toBe(true)
  expect(all).toEqual(expect.arrayContaining(part.filter(({ result }) => result !== null)))
})

it('what it keeps of pages has no persons whom they name', async () => {
  const [site] = await fresh.db.selectFrom('site').select('id').orderBy('id').limit(1).execute()
  const said = { codes: [], icp: [], police: [], units: [], phones: [], leadsToContact: false, unseen: null }
  const id = identity()
  await fresh.db
    .insertInto('site_imprint')
    .values({
      ...{ site_id: site?.id ?? 0, read_at: new Date(ctx.clock.now()), final_url: null, differs: [] },
      ...{ said: JSON.stringify({ ...said, title: `李小丽 ${id} 公示` }), site_version: 1 },
    })
    .execute()
  const round = await opened()
  await runDeep(ctx)
  const { items } = await listRoundSites(fresh.db, people.duty.scope, round.id, { limit: SITES })
  const kept = JSON.stringify(items)
  expect(kept).not.toContain(id)
  expect(kept).toContain(`李** 440***${id.slice(-2)} 公示`)
})
