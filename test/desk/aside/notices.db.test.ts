import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertDeliveries } from '../../../server/desk/notices/deliveries.ts'
import { deliver } from '../../../server/desk/notifications/delivery/deliver.ts'
import { dispatch } from '../../../server/desk/notifications/delivery/dispatch.ts'
import { queueDue } from '../../../server/desk/notifications/delivery/worker.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Notice, SubscriptionInput } from '../../../shared/desk/notifications/notifications.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { endpoint } from '../notifications/endpoint.ts'
import { contextOf, tools } from '../notifications/setup.ts'

/* Messages, and what they tell of, that the database refuses for ever. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let it: ReturnType<typeof tools>
let allow: () => Promise<void> = async () => {}

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  it = tools(ctx, people)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('set_aside').execute()
  await ctx.db.deleteFrom('notification_delivery').execute()
  await ctx.db.deleteFrom('notification_subscription').execute()
})
afterEach(async () => {
  await allow()
  allow = async () => {}
})

const asides = () => ctx.db.selectFrom('set_aside').selectAll().orderBy('id').execute()
async function fall(): Promise<number> {
  const site = await makeSite(ctx.db)
  const { id } = await makeAlert(ctx.db, { site, opened_at: new Date(ctx.clock.now()) })
  await it.tell('alert.opened', [id])
  return id
}
/** A message on its way to a program that takes it. */
async function onItsWay() {
  const hook = await endpoint((res) => res.end('poison'))
  const { id: channelId } = await it.channel({ kind: 'webhook', url: hook.url })
  const notice: Notice = { title: '告警', summary: '', lines: [], more: 0, language: 'zh' }
  const [id = 0] = await ctx.db
    .transaction()
    .execute((tx) =>
      insertDeliveries(tx, [{ channelId, userId: null, address: '', notice }], ctx.clock.now()),
    )
  return { id, hook }
}
const stateOf = (id: number) =>
  ctx.db
    .selectFrom('notification_delivery')
    .select(['state', 'answer'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
/** Messages that a job is asked for. */
async function asked(): Promise<number[]> {
  const ids: number[] = []
  await queueDue(ctx.db, ctx.clock.now(), async (id) => void ids.push(id))
  return ids
}

test('what arrived is sent once, also when the answer cannot be stored', async () => {
  const { id, hook } = await onItsWay()
  allow = await refuse(ctx.db, 'notification_delivery', "new.answer->>'text' = 'poison'")
  expect(await deliver(ctx, it.line, id)).toEqual({ state: 'sent' })
  expect(await stateOf(id)).toMatchObject({ state: 'sent', answer: { ok: true, status: 200, text: '' } })
  ctx.clock.advance(5 * MINUTE)
  expect(await asked()).toEqual([])
  expect(hook.received).toHaveLength(1)
  expect(await asides()).toMatchObject([{ kind: 'delivery', ref: String(id), times: 1, code: '23514' }])
})

test('and when nothing at all can be noted of it', async () => {
  const { id, hook } = await onItsWay()
  const other = await onItsWay()
  allow = await refuse(ctx.db, 'notification_delivery', `new.id = ${id} and new.answer is not null`)
  expect(await deliver(ctx, it.line, id)).toEqual({ state: 'gone' })
  for (let minutes = 0; minutes < 30; minutes += 3) {
    ctx.clock.advance(3 * MINUTE)
    const ids = await asked()
    expect(ids, 'others are asked for').toEqual([other.id])
    expect(await deliver(ctx, it.line, id)).toEqual({ state: 'gone' })
  }
  expect(hook.received).toHaveLength(1)
  expect(await asides()).toMatchObject([{ kind: 'delivery', ref: String(id), times: 1 }])
})

test('a fact that cannot be told to one does not keep it, or any other, from everybody else', async () => {
  const inbox = await it.inbox()
  const mine = {
    owner: { kind: 'person', userId: people.duty.id },
    rules: ['DOWN'],
  } satisfies Partial<SubscriptionInput>
  const own = await it.subscribe(inbox, mine, people.duty)
  const hook = await endpoint()
  const channel = await it.channel({ kind: 'webhook', url: hook.url })
  await it.subscribe(channel.id, { rules: ['DOWN'] })
  const bad = await fall()
  const good = await fall()
  allow = await refuse(
    ctx.db,
    'notification_group',
    `new.subscription_id = ${own.id} and new.state::text like '%"${bad}"%'`,
  )
  await it.pass(SECOND)
  await it.pass(MINUTE)
  const paths = async (id: number) =>
    (await it.deliveries(id)).flatMap(({ notice }) => notice.lines.map(({ path }) => path))
  expect((await paths(channel.id)).sort()).toEqual([`/alerts/${bad}`, `/alerts/${good}`])
  const told = await ctx.db
    .selectFrom('notification_delivery')
    .select('notice')
    .where('user_id', '=', people.duty.id)
    .execute()
  expect(told.flatMap(({ notice }) => notice.lines.map(({ path }) => path))).toEqual([`/alerts/${good}`])
  const [aside, ...more] = await asides()
  expect(more).toEqual([])
  expect(aside).toMatchObject({ kind: 'notice', code: '23514', times: 1 })
  expect(JSON.parse(aside?.data ?? '')).toEqual({
    subscriptions: [own.id],
    calls: false,
    kind: 'alert.opened',
  })
  expect(await dispatch(ctx), 'nothing is left to do').toBe(false)
})

test('a digest that is due and cannot be put on its way waits, and the others go', async () => {
  const hooks = [await endpoint(), await endpoint()]
  const channels = []
  for (const { url } of hooks) {
    const { id } = await it.channel({ kind: 'webhook', url })
    // Not of the alert that tells of what is set aside.
    await it.subscribe(id, { rules: ['DOWN'] })
    channels.push(id)
  }
  const [bad = 0, good = 0] = channels
  await fall()
  await it.pass(SECOND)
  allow = await refuse(ctx.db, 'notification_delivery', `new.channel_id = ${bad}`)
  await it.pass(MINUTE)
  for (let n = 0; n < 5; n++) await it.pass(2 * SECOND)
  expect(await it.deliveries(good)).toHaveLength(1)
  expect(await it.deliveries(bad)).toHaveLength(0)
  expect(await asides()).toMatchObject([{ kind: 'notice', times: 1 }])
  await allow()
  allow = async () => {}
  await it.pass(HOUR + MINUTE)
  expect(await it.deliveries(bad), 'it is told once it can be').toHaveLength(1)
})

test('somebody who cannot be called keeps nobody else from being called', async () => {
  const { duty, owner } = people
  const alert = await fall()
  await it.pass(MINUTE)
  allow = await refuse(ctx.db, 'notification_delivery', `new.user_id = ${owner.id}`)
  const assign = (id: number) =>
    sql`update alert set assignee_id = ${id} where id = ${alert}`
      .execute(ctx.db)
      .then(() => it.tell('alert.assigned', [alert]))
  await assign(owner.id)
  await assign(duty.id)
  await it.pass(SECOND)
  const called = await ctx.db.selectFrom('notification_delivery').select('user_id').execute()
  expect(called.map((row) => row.user_id)).toEqual([duty.id])
  expect(await asides()).toMatchObject([{ kind: 'notice', times: 1 }])
})
