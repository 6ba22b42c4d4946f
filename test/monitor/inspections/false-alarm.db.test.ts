import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commitFacts } from '../../../server/base/facts/commit.ts'
import { followInspected } from '../../../server/desk/alerts/inspected/inspected.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { refuseProblems } from '../../../server/monitor/inspections/service.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let siteId: number

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(ctx.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('inspection_problem').execute()
  siteId = (await makeSite(ctx.db, { unit_id: people.unitId, platform: null })).id
})

/** It stands for what it finds. */
const TELLING = 'hidden-links'
const find = (key: string, rule = TELLING) =>
  ctx.db.transaction().execute((tx) => {
    const one = {
      rule,
      version: 1,
      key,
      url: `http://x.gov.cn${key}`,
      excerpt: '',
      outline: null,
      detail: {},
    }
    return keepProblems(tx, siteId, [one], new Date(ctx.clock.now()))
  })
const follow = () => commitFacts(ctx, (tx) => followInspected(tx, [siteId], ctx.clock.now()))
const live = () =>
  ctx.db
    .selectFrom('alert')
    .select(['id', 'version', 'evidence'])
    .where('site_id', '=', siteId)
    .where('status', '<>', 'resolved')
    .executeTakeFirst()
const callFalse = async () => {
  const { id = 0, version = 0 } = (await live()) ?? {}
  const facts = await ctx.told(() =>
    commandAlert(ctx, people.duty, { id, version }, { action: 'falseAlarm', reason: '外部系统' }),
  )
  return facts.map(({ kind }) => kind)
}
const states = async () => {
  const rows = await ctx.db
    .selectFrom('inspection_problem')
    .select(['key', 'state', 'note'])
    .orderBy('id')
    .execute()
  return rows.map(({ key, state, note }) => [key, state, note])
}

describe('an alert of what the machine has found that somebody calls false', () => {
  it('has what it showed refused, so that the next look does not bring it back', async () => {
    await find('/a')
    await follow()
    expect(await callFalse()).toEqual(['alert.falsified', 'problem.refused'])
    await find('/a')
    expect(await states()).toEqual([['/a', 'refused', '外部系统']])
    expect(await follow()).toBe(0)
  })

  it('leaves what was found since, and comes back with that', async () => {
    await find('/a')
    await follow()
    ctx.clock.advance(MINUTE)
    await find('/later')
    await follow()
    expect(await callFalse()).toEqual(['alert.falsified', 'problem.refused', 'alert.reopened'])
    expect(await states()).toEqual([
      ['/a', 'refused', '外部系统'],
      ['/later', 'open', null],
    ])
    expect((await live())?.evidence.found).toMatchObject({ n: 1, rules: [{ id: TELLING, n: 1 }] })
    expect(await callFalse(), 'now it was seen').toEqual(['alert.falsified', 'problem.refused'])
  })

  it('leaves what a person has confirmed, and what is of a rule that it does not name', async () => {
    for (const key of ['/a', '/so']) await find(key)
    await ctx.db
      .updateTable('inspection_problem')
      .set({ state: 'confirmed', decided_by: people.tianhe.id, decided_at: new Date(ctx.clock.now()) })
      .where('key', '=', '/so')
      .execute()
    await follow()
    await find('/b', 'foreign-words')
    expect(await callFalse()).toEqual(['alert.falsified', 'problem.refused', 'alert.reopened'])
    expect(await states()).toEqual([
      ['/a', 'refused', '外部系统'],
      ['/so', 'confirmed', null],
      ['/b', 'open', null],
    ])
  })

  it('has nothing refused by those who may not judge it', async () => {
    await find('/a')
    const { id } = await ctx.db.selectFrom('inspection_problem').select('id').executeTakeFirstOrThrow()
    const refuse = (who: typeof people.duty) =>
      ctx.db
        .transaction()
        .execute((tx) => refuseProblems(tx, who, [id], '外部系统', new Date(ctx.clock.now())))
    for (const who of [people.viewer, people.haizhu])
      expect(await refuse(who)).toEqual({ facts: [], siteIds: [] })
    expect(await states()).toEqual([['/a', 'open', null]])
    expect((await refuse(people.vendor)).siteIds).toEqual([siteId])
  })
})
