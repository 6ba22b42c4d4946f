import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newKey } from '../../../server/base/secrets/keys.ts'
import { insertDeliveries } from '../../../server/desk/notices/deliveries.ts'
import { testChannel } from '../../../server/desk/notifications/channels/channels.ts'
import { createOutlet } from '../../../server/desk/notifications/channels/outlet.ts'
import { deliver } from '../../../server/desk/notifications/delivery/deliver.ts'
import { resendDead, resendDelivery } from '../../../server/desk/notifications/delivery/resend.ts'
import { queueDue } from '../../../server/desk/notifications/delivery/worker.ts'
import { listChannels } from '../../../server/desk/notifications/queries.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { ChannelInput, Notice } from '../../../shared/desk/notifications/notifications.ts'
import type { TestContext } from '../../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
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

const NOTICE: Notice = {
  title: '【天河区】告警 1 条',
  summary: '未恢复 1 条：重要 1。',
  lines: [{ text: '石牌街道办事处：打不开', path: '/alerts/1', change: 'opened', severity: 'major' }],
  more: 0,
  language: 'zh',
}
const PLAIN = { security: 'none', user: 'siteward', from: 'siteward@gz.gov.cn' } as const
/** A channel with one message on its way. */
async function waiting(given: Pick<ChannelInput, 'kind'> & Partial<ChannelInput>, address = '') {
  const channel = await it.channel(given)
  const delivery = { channelId: channel.id, userId: null, address, notice: NOTICE }
  const [id = 0] = await ctx.db
    .transaction()
    .execute((tx) => insertDeliveries(tx, [delivery], ctx.clock.now()))
  return { channel, id, now: async () => (await it.deliveries(channel.id))[0] }
}

describe('what arrives', () => {
  test.runIf(databaseKind === 'postgres')(
    'arrives while another message goes over the same channel',
    async () => {
      const hook = await endpoint()
      const { channel, id } = await waiting({ kind: 'webhook', url: hook.url })
      const outcome = await ctx.db.transaction().execute(async (tx) => {
        await tx
          .selectFrom('notification_channel')
          .select('id')
          .where('id', '=', channel.id)
          .forUpdate()
          .execute()
        return deliver(ctx, createOutlet(ctx.config), id)
      })
      expect(outcome).toEqual({ state: 'sent' })
    },
  )

  test('a program gets JSON that it can trust: signed with the time', async () => {
    const hook = await endpoint()
    await waiting({ kind: 'webhook', url: hook.url, secret: 'webhook-secret' }, '13800000000')
    expect(await it.send()).toEqual([{ state: 'sent' }])
    const [{ headers, body }] = hook.received as [(typeof hook.received)[0]]
    const time = headers['x-siteward-timestamp']
    const sign = createHmac('sha256', 'webhook-secret').update(`${time}.${body}`).digest('hex')
    expect(headers['x-siteward-signature']).toBe(`sha256=${sign}`)
    expect(JSON.parse(body)).toMatchObject({
      to: '13800000000',
      title: NOTICE.title,
      lines: [{ url: 'https://monitor.gz.gov.cn/alerts/1', severity: 'major' }],
    })
  })

  test.each(['wecom', 'dingtalk', 'feishu'] as const)('%s gets its own form', async (kind) => {
    const robot = await endpoint((res) =>
      res.end(kind === 'feishu' ? '{"code":0,"msg":"success"}' : '{"errcode":0}'),
    )
    await waiting({ kind, url: robot.url })
    expect(await it.send()).toEqual([{ state: 'sent' }])
    expect(robot.received[0]?.body).toContain('石牌街道办事处')
    expect(robot.received[0]?.body).toContain('https://monitor.gz.gov.cn/alerts/1')
  })

  test('whoever is called among eight thousand is called', async () => {
    const hook = await endpoint()
    const { channel } = await waiting({ kind: 'webhook', url: hook.url })
    const call = { channelId: channel.id, userId: null, address: '', notice: NOTICE }
    const many = Array.from({ length: 8_000 }, () => call)
    const ids = await ctx.db.transaction().execute((tx) => insertDeliveries(tx, many, ctx.clock.now()))
    expect(new Set(ids).size).toBe(8_000)
    expect((await it.deliveries(channel.id))[0]).toMatchObject({ state: 'waiting', notice: NOTICE })
  })

  test('mail reaches everybody named', async () => {
    const box = await mailServer()
    const mail = { host: 'localhost', port: box.port, ...PLAIN }
    await waiting({ kind: 'email', mail, password: 'mail-secret' }, 'wang@gz.gov.cn, li@gz.gov.cn')
    expect(await it.send()).toEqual([{ state: 'sent' }])
    expect(box.mails[0]).toMatch(/To: wang@gz.gov.cn, li@gz.gov.cn/)
    expect(Buffer.from(box.mails[0]?.split('\r\n\r\n')[1] ?? '', 'base64').toString()).toContain('打不开')
  })
})

describe('what goes wrong', () => {
  test('an endpoint that hangs is given up on in time, and tried again later', async () => {
    const hook = await endpoint(() => {})
    const { id, now } = await waiting({ kind: 'webhook', url: hook.url })
    expect(await deliver(ctx, it.line, id)).toEqual({
      state: 'retrying',
      nextMs: ctx.clock.now() + 10 * SECOND,
    })
    expect((await now())?.answer).toMatchObject({ ok: false, status: null, code: 'timeout' })
    expect(await deliver(ctx, it.line, id), 'not before its time').toEqual({ state: 'gone' })
  })

  test('one that refuses, answers rubbish, or says in a 200 that it did not take it, has not taken it', async () => {
    const robot = await endpoint((res) => res.end('<html>'))
    const strict = await endpoint((res) => res.end('{"errcode":40035,"errmsg":"invalid parameter"}'))
    const closed = await closedPort()
    const codes: unknown[] = []
    for (const url of [robot.url, strict.url, `http://127.0.0.1:${closed}/`]) {
      const { id, now } = await waiting({ kind: 'dingtalk', url })
      expect(await deliver(ctx, it.line, id)).toMatchObject({ state: 'retrying' })
      codes.push((await now())?.answer?.code)
    }
    expect(codes).toEqual(['bad_answer', '40035', 'ECONNREFUSED'])
  })

  test('an endpoint that is busy is left alone as long as it asks', async () => {
    const hook = await endpoint((res, count) => {
      if (count > 1) return void res.end('{}')
      res.writeHead(429, { 'retry-after': '300' }).end('slow down')
    })
    const { id, now } = await waiting({ kind: 'webhook', url: hook.url })
    expect(await deliver(ctx, it.line, id)).toEqual({
      state: 'retrying',
      nextMs: ctx.clock.now() + 300 * SECOND,
    })
    ctx.clock.advance(299 * SECOND)
    expect(await deliver(ctx, it.line, id)).toEqual({ state: 'gone' })
    ctx.clock.advance(SECOND)
    expect(await deliver(ctx, it.line, id)).toEqual({ state: 'sent' })
    expect(await now()).toMatchObject({ attempts: 2, state: 'sent' })
  })

  test('a mail server that is down for an hour gets the mail when it is back', async () => {
    const port = await closedPort()
    const mail = { host: '127.0.0.1', port, ...PLAIN }
    const given = { kind: 'email' as const, mail, password: 'mail-secret' }
    const { id, now } = await waiting(given, 'wang@gz.gov.cn')
    const back = ctx.clock.now() + HOUR
    let next = ctx.clock.now()
    while (next < back) {
      ctx.clock.set(next)
      const outcome = await deliver(ctx, it.line, id)
      next = outcome.state === 'retrying' ? outcome.nextMs : Number.NaN
    }
    const box = await mailServer(port)
    ctx.clock.set(next)
    expect(await deliver(ctx, it.line, id)).toEqual({ state: 'sent' })
    expect(box.mails).toHaveLength(1)
    expect((await now())?.attempts).toBeLessThan(15)
  })

  test('what can never succeed is given up at once, is seen, and can be sent again one by one or all together', async () => {
    const hook = await endpoint((res, count) => {
      res.writeHead(count <= 2 ? 404 : 200).end('no such hook')
    })
    const first = await waiting({ kind: 'webhook', url: hook.url })
    const second = await waiting({ kind: 'webhook', url: hook.url })
    expect(await it.send()).toEqual([{ state: 'dead' }, { state: 'dead' }])
    await refused(resendDelivery(ctx, people.tianhe, first.id), 'not_found')
    await resendDelivery(ctx, people.duty, first.id)
    expect(await deliver(ctx, it.line, first.id)).toEqual({ state: 'sent' })
    await refused(resendDelivery(ctx, people.duty, first.id), 'conflict')
    expect(await resendDead(ctx, people.duty, undefined)).toBe(1)
    expect(await deliver(ctx, it.line, second.id)).toEqual({ state: 'sent' })
  })

  test('a redirect is not followed, and an inner address is not reached without leave', async () => {
    const secret = await endpoint()
    const hook = await endpoint((res) => res.writeHead(302, { location: secret.url }).end())
    const redirecting = await waiting({ kind: 'webhook', url: hook.url })
    expect(await deliver(ctx, it.line, redirecting.id)).toEqual({ state: 'dead' })
    const inner = await waiting({ kind: 'webhook', url: secret.url })
    const guarded = createOutlet({ ...ctx.config, allowAddresses: [] })
    expect(await deliver(ctx, guarded, inner.id)).toMatchObject({ state: 'retrying' })
    expect((await inner.now())?.answer?.code).toBe('refused_address')
    expect(secret.received).toEqual([])
  })

  test('a robot is not sent a twenty-first message in a minute', async () => {
    const robot = await endpoint()
    const { channel } = await waiting({ kind: 'wecom', url: robot.url })
    const more = Array.from({ length: 24 }, () => ({
      channelId: channel.id,
      userId: null,
      address: '',
      notice: NOTICE,
    }))
    await ctx.db.transaction().execute((tx) => insertDeliveries(tx, more, ctx.clock.now()))
    const outcomes = await it.send()
    expect(outcomes.filter(({ state }) => state === 'sent')).toHaveLength(20)
    expect(outcomes.at(-1)).toEqual({ state: 'postponed', nextMs: ctx.clock.now() + MINUTE })
    expect(robot.received).toHaveLength(20)
    ctx.clock.advance(MINUTE)
    await it.send()
    expect(robot.received).toHaveLength(25)
  })
})

test('a message whose key this process does not have yet is tried again, says why, and arrives after the restart', async () => {
  const hook = await endpoint()
  const newer = { ...ctx, config: { ...ctx.config, secretKeys: { all: [newKey()], file: null } } }
  const { id: channelId } = await tools(newer, people).channel({ kind: 'webhook', url: hook.url })
  const delivery = { channelId, userId: null, address: '', notice: NOTICE }
  const [id = 0] = await ctx.db
    .transaction()
    .execute((tx) => insertDeliveries(tx, [delivery], ctx.clock.now()))
  expect(await deliver(ctx, it.line, id)).toMatchObject({ state: 'retrying' })
  const [told] = await tools(newer, people).deliveries(channelId)
  expect(told?.answer).toMatchObject({ ok: false, text: expect.stringContaining('sealed by the key') })
  ctx.clock.advance(MINUTE)
  expect(await deliver(newer, it.line, id)).toEqual({ state: 'sent' })
  expect(hook.received).toHaveLength(1)
  await ctx.db.deleteFrom('notification_delivery').execute()
  await ctx.db.deleteFrom('notification_channel').where('id', '=', channelId).execute()
})

test('a job that is lost with its process is asked for again; two that are asked for send one message', async () => {
  const hook = await endpoint()
  const { id } = await waiting({ kind: 'webhook', url: hook.url })
  const asked: number[] = []
  const ask = () => queueDue(ctx.db, ctx.clock.now(), async (one) => void asked.push(one))
  await ask()
  await ask()
  expect(asked, 'once for each message').toEqual([id])
  ctx.clock.advance(3 * MINUTE)
  await ask()
  expect(asked, 'and once more when nothing came of it').toEqual([id, id])
  await Promise.all([deliver(ctx, it.line, id), deliver(ctx, it.line, id)])
  expect(hook.received).toHaveLength(1)
})

describe('channels', () => {
  test('a test shows what the endpoint really answered', async () => {
    const robot = await endpoint((res) =>
      res.end('{"errcode":310000,"errmsg":"sign not match 0123456789abcdef"}'),
    )
    const { id } = await it.channel({ kind: 'dingtalk', url: `${robot.url}?access_token=0123456789abcdef` })
    const answer = await testChannel(ctx, it.line, people.duty, id, '')
    expect(answer).toMatchObject({ ok: false, status: 200, code: '310000', text: 'sign not match …' })
    await refused(testChannel(ctx, it.line, people.tianhe, id, ''), 'forbidden')
  })

  test('what is secret is never sent back nor noted, and stays when a change leaves it out', async () => {
    const url = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef'
    const made = await it.channel({ kind: 'dingtalk', url, secret: 'SEC-very-secret' })
    const changed = await it.change(made.id, { version: made.version, name: '天河群' })
    expect(changed).toMatchObject({
      name: '天河群',
      hasSecret: true,
      address: 'https://oapi.dingtalk.com/robot/…',
    })
    const shown = JSON.stringify([
      await listChannels(ctx, people.admin),
      await ctx.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(shown).not.toMatch(/0123456789abcdef|SEC-very-secret/)
    await refused(it.change(made.id, { version: made.version, name: '旧' }), 'conflict')
  })

  test('what waits for a disabled channel is sent when it is enabled again', async () => {
    const hook = await endpoint()
    const { channel } = await waiting({ kind: 'webhook', url: hook.url })
    const off = await it.change(channel.id, { version: channel.version, disabled: true })
    expect(await it.send()).toMatchObject([{ state: 'postponed' }])
    await it.change(channel.id, { version: off.version, disabled: false })
    expect(await it.send()).toEqual([{ state: 'sent' }])
  })

  test('a channel that could never send is refused', async () => {
    await refused(it.channel({ kind: 'email' }), 'invalid')
    await refused(it.channel({ kind: 'feishu' }), 'invalid')
  })
})
