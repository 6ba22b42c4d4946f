import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastSeq } from '../../../server/base/facts/log.ts'
import { lockCursor } from '../../../server/desk/notifications/delivery/cursor.ts'
import { listDeliveries, listSubscriptions } from '../../../server/desk/notifications/queries.ts'
import { changeSubscription, deleteSubscription } from '../../../server/desk/notifications/subscriptions.ts'
import { filePause } from '../../../server/desk/pauses/service.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { DAY, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { TestContext } from '../../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { contextOf, tools } from './setup.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let it: ReturnType<typeof tools>
let robot: number
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  it = tools(ctx, people)
  robot = (await it.channel({ kind: 'feishu', url: 'https://open.feishu.cn/open-apis/bot/v2/hook/x' })).id
})
afterAll(() => fresh.drop())

const TIANHE = { kind: 'district', district: '440106' } as const
const HAIZHU = { kind: 'district', district: '440105' } as const
const CITY = { kind: 'city' } as const

test('a district office manages what its district gets, and nothing of another', async () => {
  const own = await it.subscribe(robot, { owner: TIANHE, scope: TIANHE }, people.tianhe)
  await refused(it.subscribe(robot, { owner: HAIZHU, scope: HAIZHU }, people.tianhe), 'forbidden')
  await refused(it.subscribe(robot, { owner: CITY, scope: TIANHE }, people.tianhe), 'forbidden')
  await refused(it.subscribe(robot, { owner: TIANHE, scope: CITY }, people.tianhe), 'invalid')
  expect((await listSubscriptions(ctx.db, people.haizhu)).map(({ id }) => id)).not.toContain(own.id)
  await refused(deleteSubscription(ctx, people.haizhu, own.id), 'not_found')
  await refused(it.subscribe(robot, { owner: TIANHE, scope: TIANHE }, people.tianhe), 'conflict')
})

test.runIf(databaseKind === 'postgres')(
  'one that is made while others are told begins where they end',
  async () => {
    const alert = await makeAlert(ctx.db, { site: await makeSite(ctx.db) })
    const [made] = await ctx.db.transaction().execute(async (tx) => {
      await lockCursor(tx)
      const waiting = it.subscribe(robot, { address: '13800000000' })
      await it.tell('alert.opened', [alert.id])
      return [waiting]
    })
    const { id } = await (made as Promise<{ id: number }>)
    const row = await ctx.db
      .selectFrom('notification_subscription')
      .select('since_seq')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row.since_seq).toBe(await lastSeq(ctx.db))
    await deleteSubscription(ctx, people.duty, id)
  },
)

test('a person subscribes to the own inbox or mail, within the own scope, and nobody else for that person', async () => {
  const inbox = await it.inbox()
  const mine = { owner: { kind: 'person' as const, userId: people.owner.id } }
  const unit = { kind: 'unit' as const, unitId: people.unitId }
  await it.subscribe(inbox, { ...mine, scope: unit }, people.owner)
  await refused(it.subscribe(inbox, { ...mine, scope: TIANHE }, people.owner), 'invalid')
  await refused(it.subscribe(robot, { ...mine, scope: unit }, people.owner), 'invalid')
  await refused(it.subscribe(inbox, { ...mine, scope: unit }, people.admin), 'forbidden')
  await refused(it.subscribe(inbox, { owner: CITY, scope: CITY }, people.duty), 'invalid')
})

test('mail needs addresses that could be, and a district one that is there', async () => {
  const mail = {
    host: 'smtp.gz.gov.cn',
    port: 465,
    security: 'tls' as const,
    user: '',
    from: 'siteward@gz.gov.cn',
  }
  const { id } = await it.channel({ kind: 'email', mail })
  await refused(it.subscribe(id, { address: 'nobody' }), 'invalid')
  await it.subscribe(id, { address: 'wang@gz.gov.cn, li@gz.gov.cn' })
  const nowhere = { kind: 'district' as const, district: '999999' }
  await refused(it.subscribe(robot, { owner: nowhere, scope: nowhere }), 'invalid')
})

test('of two people who change a subscription the second is told; what was told stays told', async () => {
  const made = await it.subscribe(robot, { owner: HAIZHU, scope: HAIZHU }, people.haizhu)
  const site = await makeSite(ctx.db, { district: '440105' })
  const { id } = await makeAlert(ctx.db, { site })
  await it.tell('alert.opened', [id])
  await it.pass(0)
  await it.pass(40 * SECOND)
  const { owner, ownerName, id: number, ...rule } = made
  await changeSubscription(ctx, people.haizhu, number, { ...rule, language: 'en' })
  await refused(changeSubscription(ctx, people.duty, number, rule), 'conflict')
  await it.pass(400 * SECOND)
  const { items } = await listDeliveries(ctx.db, people.haizhu, { limit: 10 })
  expect([items.length, owner, ownerName]).toEqual([1, HAIZHU, '海珠区'])
})

test('what is still to be told when a subscription is changed is told afterwards: what is over, rectifications, planned downtime', async () => {
  const over = (ids: number[]) =>
    ctx.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(ctx.clock.now()) })
      .$if(ids.length > 0, (query) => query.where('id', 'in', ids))
      .execute()
  await over([])
  const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k'
  const channel = await it.channel({ kind: 'wecom', url })
  const made = await it.subscribe(channel.id)
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const ids = [(await makeAlert(ctx.db, { site })).id, (await makeAlert(ctx.db, { site, rule: 'V2' })).id]
  await it.tell('alert.opened', ids)
  await it.pass(MINUTE)
  const seen = await raiseRectification(ctx, people.duty, { alertIds: ids.slice(1), dueWorkdays: 10 })
  await takeStep(ctx, people.duty, seen, { step: 'override', reason: '已核实' })
  const [from, to] = [DAY, 2 * DAY].map((ms) => new Date(ctx.clock.now() + ms).toISOString())
  const target = { kind: 'site', siteId: site.id } as const
  await filePause(ctx, people.owner, { target, reason: '机房检修', from: from!, to: to!, repeat: null })
  await over(ids)
  await it.tell('alert.resolved', ids)
  await it.pass(SECOND)
  await changeSubscription(ctx, people.duty, made.id, { ...made, breakThrough: true })
  await it.pass(10 * MINUTE)
  const told = (await it.deliveries(channel.id)).slice(1).flatMap(({ notice }) => notice.lines)
  expect(told.map(({ change }) => change).sort()).toEqual([
    'pause.filed',
    'rectification.closed',
    'resolved',
    'resolved',
  ])
})

test('somebody who is disabled is told nothing more', async () => {
  const inbox = await it.inbox()
  const owner = { kind: 'person' as const, userId: people.vendor.id }
  await it.subscribe(inbox, { owner }, people.vendor)
  await ctx.db
    .updateTable('user_account')
    .set({ disabled_at: new Date() })
    .where('id', '=', people.vendor.id)
    .execute()
  const { id } = await makeAlert(ctx.db, { site: await makeSite(ctx.db) })
  await it.tell('alert.opened', [id])
  await it.pass(0)
  await it.pass(40 * SECOND)
  const { items } = await listDeliveries(ctx.db, people.vendor, { limit: 10 })
  expect(items).toEqual([])
})
