import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertDeliveries } from '../../../server/desk/notices/deliveries.ts'
import { deliver } from '../../../server/desk/notifications/delivery/deliver.ts'
import { resendDelivery } from '../../../server/desk/notifications/delivery/resend.ts'
import { queueDue } from '../../../server/desk/notifications/delivery/worker.ts'
import { listChannels } from '../../../server/desk/notifications/queries.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { Notice } from '../../../shared/desk/notifications/notifications.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'
import { closedPort, endpoint, mailServer } from './endpoint.ts'
import { contextOf, tools } from './setup.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let it: ReturnType<typeof tools>
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  it = tools(ctx, people)
})
afterAll(() => fresh.drop())
beforeEach(() => ctx.db.deleteFrom('notification_delivery').execute())

const NOTICE: Notice = { title: '告警', summary: '', lines: [], more: 0, language: 'zh' }
const PLAIN = { security: 'none', user: 'siteward', from: 'siteward@gz.gov.cn' } as const
const asked = async (): Promise<number[]> => {
  const ids: number[] = []
  await queueDue(ctx.db, ctx.clock.now(), async (id) => void ids.push(id))
  return ids
}
/** So many mails on their way to a server. */
async function mails(port: number, count: number) {
  const mail = { host: '127.0.0.1', port, ...PLAIN }
  const { id: channelId } = await it.channel({ kind: 'email', mail, password: 'mail-secret' })
  return { channelId, ids: await insert(channelId, count) }
}
function insert(channelId: number, count: number): Promise<number[]> {
  const one = { channelId, userId: null, address: 'wang@gz.gov.cn', notice: NOTICE }
  const many = Array.from({ length: count }, () => one)
  return ctx.db.transaction().execute((tx) => insertDeliveries(tx, many, ctx.clock.now()))
}
async function onItsWayToRobot(): Promise<number> {
  const { id } = await it.channel({ kind: 'wecom', url: (await endpoint()).url })
  return (await insert(id, 1))[0] ?? 0
}

test('an endpoint that is not there does not have a message to another wait behind all that is on its way to it', async () => {
  const { ids } = await mails(await closedPort(), 400)
  const robot = await onItsWayToRobot()
  expect(await asked(), 'two mails at a time, and the robot').toEqual([ids[0], ids[1], robot])
  expect(await asked(), 'and no more while they are under way').toEqual([])
})

test('it rests as a whole, is asked with one message, and gets all when it is back', async () => {
  const port = await closedPort()
  const { ids } = await mails(port, 5)
  const [first = 0, second = 0] = await asked()
  expect(await deliver(ctx, it.line, first)).toMatchObject({ state: 'retrying' })
  const restMs = ctx.clock.now() + 10 * SECOND
  expect(await deliver(ctx, it.line, second)).toEqual({ state: 'postponed', nextMs: restMs })
  expect(await asked(), 'nothing while it rests').toEqual([])
  ctx.clock.advance(10 * SECOND)
  const [probe = 0, ...more] = await asked()
  expect(more).toEqual([])
  const box = await mailServer(port)
  expect(await deliver(ctx, it.line, probe)).toEqual({ state: 'sent' })
  for (let next = await asked(); next.length > 0; next = await asked()) {
    for (const id of next) expect(await deliver(ctx, it.line, id)).toEqual({ state: 'sent' })
  }
  expect(box.mails).toHaveLength(ids.length)
})

test('it is asked every minute at least, and at once when somebody sends again by hand or changes the channel', async () => {
  const port = await closedPort()
  const { ids, channelId } = await mails(port, 8)
  for (const id of ids.slice(0, 6)) {
    expect(await deliver(ctx, it.line, id)).toMatchObject({ state: 'retrying' })
    expect(await deliver(ctx, it.line, ids[7] ?? 0)).toMatchObject({ state: 'postponed' })
    ctx.clock.advance(MINUTE)
  }
  await deliver(ctx, it.line, ids[6] ?? 0)
  await resendDelivery(ctx, people.duty, ids[7] ?? 0)
  expect(await deliver(ctx, it.line, ids[7] ?? 0)).toMatchObject({ state: 'retrying' })
  const channel = (await listChannels(ctx, people.admin, channelId))[0]
  const box = await mailServer()
  const mail = { host: '127.0.0.1', port: box.port, ...PLAIN }
  await it.change(channelId, { version: channel?.version ?? 0, mail })
  await resendDelivery(ctx, people.duty, ids[7] ?? 0)
  expect(await deliver(ctx, it.line, ids[7] ?? 0)).toEqual({ state: 'sent' })
})

test('it has what waited for it for twelve hours given up with the message that was tried', async () => {
  const { ids } = await mails(await closedPort(), 3)
  ctx.clock.advance(13 * HOUR)
  expect(await deliver(ctx, it.line, ids[0] ?? 0)).toEqual({ state: 'dead' })
  const rows = await ctx.db.selectFrom('notification_delivery').select(['state', 'answer']).execute()
  expect(rows.map(({ state, answer }) => [state, answer?.code])).toEqual(
    ids.map(() => ['dead', expect.stringMatching(/ESOCKET|ECONNECTION|ECONNREFUSED/)]),
  )
})

test('such endpoints are asked two at a time, however many there are', async () => {
  for (let n = 0; n < 4; n++) {
    const { ids } = await mails(await closedPort(), 3)
    await deliver(ctx, it.line, ids[0] ?? 0)
  }
  ctx.clock.advance(5 * SECOND)
  const robot = await onItsWayToRobot()
  ctx.clock.advance(5 * SECOND)
  const ids = await asked()
  expect(ids).toHaveLength(3)
  expect(ids).toContain(robot)
})
