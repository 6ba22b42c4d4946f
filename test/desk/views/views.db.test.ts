import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRectifications } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { listViews } from '../../../server/desk/views/queries.ts'
import { deleteView, saveView } from '../../../server/desk/views/service.ts'
import { VIEW_LISTS } from '../../../shared/desk/views/views-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const tianhe = {
  list: 'alerts',
  name: '天河打不开',
  query: { district: '440106', rule: 'DOWN' },
  shared: false,
} as const
const names = async (who: keyof Omit<People, 'unitId'>) =>
  (await listViews(ctx.db, people[who])).map(({ name }) => name)

test('a view is its own person’s, and the same name again replaces it', async () => {
  await saveView(ctx, people.tianhe, tianhe)
  const again = await saveView(ctx, people.tianhe, { ...tianhe, query: { rule: 'V2' } })
  expect(await listViews(ctx.db, people.tianhe)).toEqual([again])
  expect(again).toMatchObject({ query: { rule: 'V2' }, owner: { name: '李晓燕' } })
  expect(await names('duty')).toEqual([])
})

test('the working group shares views with everybody; a district may not, nor take one away', async () => {
  await refused(saveView(ctx, people.tianhe, { ...tianhe, shared: true }), 'forbidden')
  const { id } = await saveView(ctx, people.duty, {
    list: 'alerts',
    name: '晨会',
    query: { status: 'open' },
    shared: true,
  })
  expect(await names('viewer')).toEqual(['晨会'])
  await refused(deleteView(ctx, people.haizhu, id), 'forbidden')
  await deleteView(ctx, people.colleague, id)
  expect(await names('viewer')).toEqual([])
})

test('a name is one list’s: the same in another is another view, an own one or a shared one', async () => {
  const query = { state: 'wrong' }
  for (const list of VIEW_LISTS) {
    await saveView(ctx, people.owner, { list, name: '周一', query: {}, shared: false })
    await saveView(ctx, people.duty, { list, name: '周报', query: {}, shared: true })
  }
  await saveView(ctx, people.owner, { list: 'sites', name: '周一', query, shared: false })
  await saveView(ctx, people.colleague, { list: 'sites', name: '周报', query, shared: true })
  const seen = (await listViews(ctx.db, people.owner)).map(({ list, name, query: { state } }) => [
    list,
    name,
    state,
  ])
  expect(seen.toSorted()).toEqual([
    ['alerts', '周一', undefined],
    ['alerts', '周报', undefined],
    ['rectifications', '周一', undefined],
    ['rectifications', '周报', undefined],
    ['sites', '周一', 'wrong'],
    ['sites', '周报', 'wrong'],
  ])
  for (const { id } of await listViews(ctx.db, people.duty)) await deleteView(ctx, people.duty, id)
})

test('a view changes nothing of what one sees: a district office that opens a shared one of another sees its own sites only', async () => {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const alert = await makeAlert(ctx.db, { site })
  await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
  const tianhes = {
    list: 'rectifications',
    name: '天河',
    query: { district: '440106' },
    shared: true,
  } as const
  const { id, query } = await saveView(ctx, people.duty, tianhes)
  expect(await names('haizhu')).toContain('天河')
  const opened = async (who: Principal) => {
    const filter = { stage: 'open', district: query.district, now: ctx.clock.now() } as const
    return (await listRectifications(ctx.db, who.scope, filter, { limit: 50 })).total
  }
  expect([await opened(people.tianhe), await opened(people.haizhu)]).toEqual([1, 0])
  await deleteView(ctx, people.duty, id)
})

test('nobody deletes what another person saved, or learns that it is there', async () => {
  const { id } = await saveView(ctx, people.haizhu, {
    list: 'sites',
    name: '海珠',
    query: {},
    shared: false,
  })
  await refused(deleteView(ctx, people.duty, id), 'not_found')
  await deleteView(ctx, people.haizhu, id)
  await refused(deleteView(ctx, people.haizhu, id), 'not_found')
})

test('one person keeps fifty at most over all lists, and is told so', async () => {
  const nth = (n: number) =>
    ({ list: VIEW_LISTS[n % 3] ?? 'sites', name: `视图 ${n}`, query: {}, shared: false }) as const
  for (let n = 1; n <= 50; n++) await saveView(ctx, people.vendor, nth(n))
  await refused(saveView(ctx, people.vendor, nth(51)), 'invalid')
  expect(await names('vendor')).toHaveLength(50)
})
