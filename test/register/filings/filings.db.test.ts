import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { carryOutFilings } from '../../../server/register/filings/carry-out.ts'
import { listFilings } from '../../../server/register/filings/queries.ts'
import {
  approveFiling,
  fileFiling,
  refileFiling,
  refuseFiling,
  returnFiling,
  withdrawFiling,
} from '../../../server/register/filings/service.ts'
import { endAndReopen } from '../../../server/register/import/plan/ended.ts'
import { siteHistory } from '../../../server/register/ledger/history.ts'
import { addDays, DAY, HOUR, localDay } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { newFiling, refiling } from '../../../shared/register/filings/filings.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  site = await makeSite(fresh.db, { unit_id: people.unitId })
})

const day = (days: number) => addDays(localDay(ctx.clock.now()), days)
const file = (ask: string, from: number, more: object = {}, who: Principal = people.owner) =>
  fileFiling(
    ctx,
    who,
    newFiling.parse({ siteId: site.id, ask, from: day(from), reason: '机房搬迁', ...more }),
  )
const step = ({ version }: { version: number }, note = '') => ({ version, note })
const approve = async (filing: { id: number; version: number }) =>
  approveFiling(ctx, people.duty, filing.id, step(filing))
const now = () =>
  fresh.db
    .selectFrom('site')
    .innerJoin('site_state', 'site_id', 'site.id')
    .select(['lifecycle', 'lifecycle_until', 'paused_until', 'pause_reason', 'availability'])
    .where('site.id', '=', site.id)
    .executeTakeFirstOrThrow()
async function pass(days: number): Promise<void> {
  ctx.clock.advance(days * DAY)
  await carryOutFilings(ctx, ctx.clock.now())
}

describe('a pause with a day of return', () => {
  it('is filed by the unit, approved by the working group, begins on its day and ends by itself', async () => {
    const filed = await file('paused', 2, { to: day(4) })
    expect(filed).toMatchObject({ state: 'filed', may: ['withdraw', 'attach'] })
    await refused(approveFiling(ctx, people.owner, filed.id, step(filed)), 'forbidden')
    expect(await approve(filed)).toMatchObject({ state: 'approved', begunAt: null })
    await pass(1)
    expect(await now()).toMatchObject({ lifecycle: 'normal', availability: 'up' })
    await pass(1)
    expect(await now()).toMatchObject({
      lifecycle: 'paused',
      lifecycle_until: day(2),
      availability: 'paused',
    })
    await pass(3)
    expect(await now()).toMatchObject({ lifecycle: 'normal', pause_reason: null, availability: 'unknown' })
    const { items } = await siteHistory(ctx, people.duty, site.id, {}, { limit: 9 })
    expect(items).toMatchObject([
      { via: 'filing', after: { lifecycle: 'normal' } },
      { via: 'filing', reason: '机房搬迁', before: { lifecycle: 'normal' }, after: { lifecycle: 'paused' } },
    ])
    const facts = await fresh.db
      .selectFrom('fact')
      .select('kind')
      .where('site_id', '=', site.id)
      .orderBy('seq')
      .execute()
    expect(facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('filing.'))).toEqual([
      'filing.filed',
      'filing.approved',
      'filing.begun',
      'filing.ended',
    ])
  })

  it('needs that day', async () => {
    await refused(file('paused', 1), 'invalid')
    await refused(file('paused', 3, { to: day(2) }), 'invalid')
  })

  it('that somebody resumes by hand is over', async () => {
    await approve(await file('paused', 0, { to: day(9) }))
    expect((await now()).lifecycle).toBe('paused')
    await fresh.db.transaction().execute(async (tx) => {
      await ctx.after.siteReopened(tx, people.duty, site.id, ctx.clock.now())
    })
    await carryOutFilings(ctx, ctx.clock.now())
    expect((await now()).lifecycle).toBe('normal')
  })
})

describe('a site that goes', () => {
  it('has its notice up for 30 days, counts meanwhile, and is then visited no more', async () => {
    await refused(file('closed', 0, { to: day(29) }), 'invalid')
    await approve(await file('closed', 0))
    expect(await now()).toMatchObject({ lifecycle: 'closing', lifecycle_until: day(30), availability: 'up' })
    await pass(30)
    expect((await now()).lifecycle, 'on the last day of its notice').toBe('closing')
    await pass(1)
    expect(await now()).toMatchObject({ lifecycle: 'closed', availability: 'paused', paused_until: null })
    await approve(await file('normal', 0))
    expect(await now()).toMatchObject({ lifecycle: 'normal', pause_reason: null })
  })

  it('says where it moves to', async () => {
    await refused(file('moved', 0), 'invalid')
    await approve(await file('moved', 0, { target: '市集约化平台' }))
    await pass(31)
    expect((await now()).lifecycle).toBe('moved')
  })
})

describe('what is gone stays gone', () => {
  const gone = async () => {
    await approve(await file('closed', 0))
    await pass(31)
  }

  it('nothing but that it is normal again can be filed for it', async () => {
    await gone()
    await refused(file('paused', 1, { to: day(3) }), 'conflict')
    await refused(file('exempt', 0), 'conflict')
    expect(await file('normal', 0)).toMatchObject({ state: 'filed' })
  })

  it('also when a pause of it runs out that was there before', async () => {
    await approve(await file('paused', 0, { to: day(5) }))
    await fresh.db
      .transaction()
      .execute((tx) =>
        endAndReopen(tx, ctx.after, { ended: [{ siteId: site.id, how: 'closed' }] }, ctx.clock.now()),
      )
    const { items } = await siteHistory(ctx, people.duty, site.id, {}, { limit: 1 })
    expect(items).toMatchObject([
      { via: 'import', before: { lifecycle: 'paused' }, after: { lifecycle: 'closed' } },
    ])
    await pass(6)
    expect(await now()).toMatchObject({ lifecycle: 'closed', availability: 'paused', paused_until: null })
  })
})

describe('what comes too late', () => {
  it('is not approved any more, and pauses nothing for a moment', async () => {
    const filed = await file('paused', 1, { to: day(2) })
    ctx.clock.advance(4 * DAY)
    await refused(approve(filed), 'conflict')
    expect((await now()).lifecycle).toBe('normal')
  })

  it('nor carried out: approved before, and the monitor stood still for its days', async () => {
    await approve(await file('paused', 1, { to: day(2) }))
    await pass(4)
    expect(await now()).toMatchObject({ lifecycle: 'normal', pause_reason: null, availability: 'up' })
  })

  it('a site does not go by a notice of days that are past', async () => {
    await refused(file('closed', -60), 'invalid')
  })
})

it('what was approved by mistake is taken back by who may approve, until it begins', async () => {
  const approved = await approve(await file('closed', 5))
  await refused(withdrawFiling(ctx, people.owner, approved.id, step(approved)), 'forbidden')
  expect(await withdrawFiling(ctx, people.duty, approved.id, step(approved))).toMatchObject({
    state: 'withdrawn',
  })
  await pass(6)
  expect((await now()).lifecycle).toBe('normal')
})

describe('what cannot be', () => {
  it('overlaps nothing that is approved, also when both were filed before', async () => {
    const [first, second] = [
      await file('paused', 5, { to: day(9) }),
      await file('paused', 9, { to: day(12) }),
    ]
    await approve(first)
    await refused(approve(second), 'conflict')
    await refused(file('exempt', 0), 'conflict')
    await refused(file('paused', 1, { to: day(5) }), 'conflict')
    expect(await file('paused', 10, { to: day(11) })).toMatchObject({ state: 'filed' })
  })

  it('is back-dated over visits that have counted; where none has, it may be', async () => {
    await addVisits(fresh.db, site.id, spaced(ctx.clock.now(), HOUR, 30))
    await expect(file('paused', -1, { to: day(3) })).rejects.toMatchObject({
      ...{ code: 'conflict', reason: 'filings.countedAlready' },
    })
    site = await makeSite(fresh.db, { unit_id: people.unitId })
    expect(await file('paused', -1, { to: day(3) })).toMatchObject({ state: 'filed' })
  })

  it('is decided twice, or by who has seen an older version', async () => {
    const filed = await file('exempt', 3)
    const returned = await returnFiling(ctx, people.duty, filed.id, step(filed, '请补充依据'))
    expect(returned).toMatchObject({ state: 'returned', decided: { note: '请补充依据' } })
    await refused(approve(filed), 'conflict')
    const body = { version: returned.version, from: day(4), reason: '仅供内部办公，附批文' }
    const again = await refileFiling(ctx, people.owner, filed.id, refiling.parse(body))
    expect(again).toMatchObject({ state: 'filed', from: day(4), decided: null })
    await refuseFiling(ctx, people.duty, filed.id, step(again, '不属例外'))
    await refused(withdrawFiling(ctx, people.owner, filed.id, step(again)), 'conflict')
  })

  it('is filed for a site of somebody else, or seen by them', async () => {
    site = await makeSite(fresh.db, { district: '440105' })
    await refused(file('exempt', 1), 'not_found')
    await refused(file('exempt', 1, {}, people.viewer), 'forbidden')
    const filed = await file('exempt', 1, {}, people.duty)
    const of = async (who: Principal) =>
      (await listFilings(fresh.db, who, { site: site.id }, { limit: 5 })).total
    expect([await of(people.duty), await of(people.tianhe), await of(people.owner)]).toEqual([1, 0, 0])
    await refused(withdrawFiling(ctx, people.owner, filed.id, step(filed)), 'not_found')
  })
})

it('a site that was merged is filed nothing for, least of all to be normal again', async () => {
  const filed = await file('normal', 0)
  const into = await makeSite(fresh.db, { unit_id: people.unitId })
  const merged = { lifecycle: 'merged', merged_into: into.id } as const
  await fresh.db.updateTable('site').set(merged).where('id', '=', site.id).execute()
  for (const refusal of [
    await refused(file('normal', 0), 'conflict'),
    await refused(file('paused', 0, { to: day(2) }), 'conflict'),
    await refused(approve(filed), 'conflict'),
  ])
    expect(refusal.reason).toBe('filings.siteMerged')
  expect((await now()).lifecycle).toBe('merged')
})
