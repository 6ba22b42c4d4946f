import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Jobs, startJobs } from '../../../server/base/jobs.ts'
import { insertDeliveries } from '../../../server/desk/notices/deliveries.ts'
import {
  type NotificationWorker,
  startNotificationWorker,
} from '../../../server/desk/notifications/delivery/worker.ts'
import { SECOND } from '../../../shared/base/time.ts'
import type { Notice } from '../../../shared/desk/notifications/notifications.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { endpoint, mailServer } from '../notifications/endpoint.ts'
import { contextOf, tools } from '../notifications/setup.ts'

let fresh: FreshDatabase
let ctx: TestContext
let it: ReturnType<typeof tools>
let jobs: Jobs
let worker: NotificationWorker
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  it = tools(ctx, await makePeople(fresh.db))
  const { pool, alone } = fresh.connection
  const query = (text: string, values: unknown[]) => pool.query(text, values)
  jobs = await startJobs(ctx, { query, alone }, true)
  worker = await startNotificationWorker(ctx, jobs, it.line)
})
afterAll(async () => {
  await worker.stop()
  await jobs.stop()
  await fresh.drop()
})

const NOTICE: Notice = { title: '告警', summary: '', lines: [], more: 0, language: 'zh' }
function send(channelId: number, count: number): Promise<number[]> {
  const one = { channelId, userId: null, address: 'wang@gz.gov.cn', notice: NOTICE }
  const many = Array.from({ length: count }, () => one)
  return ctx.db.transaction().execute((tx) => insertDeliveries(tx, many, ctx.clock.now()))
}
const mailChannel = (port: number) =>
  it.channel({
    kind: 'email',
    mail: { host: '127.0.0.1', port, security: 'none', user: 'siteward', from: 'siteward@gz.gov.cn' },
    password: 'mail-secret',
  })
/** A mail server that takes connections and says nothing. */
async function silent(): Promise<number> {
  const server = createServer(() => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('a message to a robot does not wait for the mails to a server that hangs', async () => {
  const mails = await mailChannel(await silent())
  const robot = await endpoint()
  const { id } = await it.channel({ kind: 'wecom', url: robot.url })
  await send(mails.id, 100)
  await send(id, 1)
  await until('the robot has its message', () => robot.received.length > 0)
  const tried = await ctx.db
    .selectFrom('notification_delivery')
    .select('id')
    .where('channel_id', '=', mails.id)
    .where('attempts', '>', 0)
    .execute()
  expect(tried.length).toBeLessThanOrEqual(2)
})

test('all that one channel has to send goes out one after the other, without a pause', async () => {
  const box = await mailServer()
  const { id } = await mailChannel(box.port)
  await send(id, 40)
  const areThere = () => {
    // One that was slow to answer on a busy machine has the channel rest.
    ctx.clock.advance(SECOND / 4)
    return box.mails.length >= 40
  }
  await until('all mails are there', areThere, 15_000)
})
