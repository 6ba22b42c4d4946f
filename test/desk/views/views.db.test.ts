import { afterAll, beforeAll, expect, test } from 'vitest'
import { listViews } from '../../../server/desk/views/queries.ts'
import { deleteView, saveView } from '../../../server/desk/views/service.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
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

const tianhe = { name: '天河打不开', query: { district: '440106', rule: 'DOWN' }, shared: false }
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
  const { id } = await saveView(ctx, people.duty, { name: '晨会', query: { status: 'open' }, shared: true })
  expect(await names('viewer')).toEqual(['晨会'])
  await refused(deleteView(ctx, people.haizhu, id), 'forbidden')
  await deleteView(ctx, people.colleague, id)
  expect(await names('viewer')).toEqual([])
})

test('nobody deletes what another person saved, or learns that it is there', async () => {
  const { id } = await saveView(ctx, people.haizhu, { name: '海珠', query: {}, shared: false })
  await refused(deleteView(ctx, people.duty, id), 'not_found')
  await deleteView(ctx, people.haizhu, id)
  await refused(deleteView(ctx, people.haizhu, id), 'not_found')
})

test('one person keeps fifty at most, and is told so', async () => {
  for (let n = 1; n <= 50; n++)
    await saveView(ctx, people.vendor, { name: `视图 ${n}`, query: {}, shared: false })
  await refused(saveView(ctx, people.vendor, { name: '视图 51', query: {}, shared: false }), 'invalid')
  expect(await names('vendor')).toHaveLength(50)
})
