import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { notify } from '../../../server/desk/notices/notify.ts'
import { dispatch } from '../../../server/desk/notifications/delivery/dispatch.ts'
import { NO_GROUP } from '../../../server/desk/notifications/delivery/group.ts'
import { listInbox } from '../../../server/desk/notifications/queries.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refuse } from '../../support/databases/refuse.ts'
import { makeAlert } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { GROUPS } from '../../support/registers/guangzhou.ts'
import { contextOf, fallen, tools } from './setup.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let it: ReturnType<typeof tools>
const ROBOT = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k'

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  it = tools(ctx, people)
})
afterAll(() => fresh.drop())
/** Each story begins with nobody told of anything, and nothing open. */
beforeEach(async () => {
  await ctx.db.deleteFrom('notification_delivery').execute()
  await ctx.db.deleteFrom('notification_subscription').execute()
  await ctx.db.updateTable('alert').set({ status: 'resolved', resolved_at: new Date() }).execute()
})

/** Sites that fall at once, with their facts. */
const fall = (count: number, district: string) => fallen(ctx, it, count, district)
async function recover(ids: number[]): Promise<void> {
  const at = new Date(ctx.clock.now())
  await ctx.db
    .updateTable('alert')
    .set({ status: 'resolved', resolved_at: at })
    .where('id', 'in', ids)
    .execute()
  await it.tell('alert.resolved', ids)
}
const lineCount = (deliveries: { notice: { lines: unknown[]; more: number } }[]) =>
  deliveries.reduce((sum, { notice }) => sum + notice.lines.length + notice.more, 0)

test('when the whole city falls in one minute, each channel gets one digest for each district', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  const total = 640
  for (const [index, { code }] of GROUPS.entries()) {
    await fall(Math.floor(total / 13) + (index < total % 13 ? 1 : 0), code)
    await it.pass(4 * SECOND)
  }
  for (let n = 0; n < 30; n++) await it.pass(2 * SECOND)
  const told = await it.deliveries(robot.id)
  expect(told).toHaveLength(13)
  expect(lineCount(told)).toBe(total)
  expect(new Set(told.map(({ notice }) => notice.title.slice(0, 5))).size).toBe(13)
})

test('when the places of a whole nation come due in the same second, every one is looked at, page after page', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  const { id } = await it.subscribe(robot.id)
  const [alert = 0] = await fall(1, '440106')
  await it.pass(MINUTE)
  const now = ctx.clock.now()
  const mark = { untold: [], toldMs: now, heard: true, behind: null }
  const state = { ...NO_GROUP, marks: { [alert]: mark }, nextMs: now, noticedMs: now }
  await sql`
    insert into notification_group (subscription_id, place, state, next_at)
    select ${id}, 'place ' || n, ${JSON.stringify(state)}::jsonb, ${new Date(now)} from generate_series(1, 17000) n
  `.execute(ctx.db)
  await it.pass(SECOND)
  const { left } = await ctx.db
    .selectFrom('notification_group')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('next_at', '<=', new Date(ctx.clock.now()))
    .executeTakeFirstOrThrow()
  expect(left).toBe(0)
  expect(await it.deliveries(robot.id), 'and nobody is told twice').toHaveLength(1)
})

test('groups of a channel that is disabled do not stand before those of others', async () => {
  const off = await it.channel({ kind: 'webhook', url: 'https://hook.gz.gov.cn/' })
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  const { id } = await it.subscribe(off.id)
  await it.subscribe(robot.id)
  await it.change(off.id, { version: off.version, disabled: true })
  await sql`
    insert into notification_group (subscription_id, place, state, next_at)
    select ${id}, 'place ' || n, ${JSON.stringify({ ...NO_GROUP, nextMs: 1 })}::jsonb, ${new Date(1)}
    from generate_series(1, 1000) n
  `.execute(ctx.db)
  await fall(1, '440106')
  await it.pass(SECOND)
  await it.pass(MINUTE)
  expect(await it.deliveries(robot.id)).toHaveLength(1)
  expect(await dispatch(ctx), 'and nothing is left to do').toBe(false)
})

test('a channel that is enabled again tells what opened and what was over meanwhile', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  const [over = 0] = await fall(1, '440106')
  await it.pass(MINUTE)
  const off = await it.change(robot.id, { version: robot.version, disabled: true })
  await recover([over])
  const opened = [...(await fall(1, '440106')), ...(await fall(1, '440105'))]
  await it.pass(HOUR)
  expect(await it.deliveries(robot.id)).toHaveLength(1)
  await it.change(robot.id, { version: off.version, disabled: false })
  await it.pass(10 * MINUTE)
  const told = (await it.deliveries(robot.id)).slice(1).flatMap(({ notice }) => notice.lines)
  expect(told.map(({ change, path }) => `${change} ${path}`).sort()).toEqual([
    ...opened.map((id) => `opened /alerts/${id}`),
    `resolved /alerts/${over}`,
  ])
})

test('a person hears of nothing beyond the own scope, whatever the subscription says', async () => {
  const inbox = await it.inbox()
  await it.subscribe(
    inbox,
    { owner: { kind: 'person', userId: people.tianhe.id }, scope: { kind: 'district', district: '440106' } },
    people.tianhe,
  )
  await fall(1, '440105')
  const [own] = await fall(1, '440106')
  await it.pass(MINUTE)
  const { items } = await listInbox(ctx.db, people.tianhe.id, { limit: 10 })
  expect(items.flatMap(({ notice }) => notice.lines.map(({ path }) => path))).toEqual([`/alerts/${own}`])
})

test('a process that ends before it has stored what it told leaves everything to the next, which tells it once', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  await fall(3, '440106')
  await it.pass(5 * SECOND)
  ctx.clock.advance(MINUTE)
  // The last statement of the transaction fails, as when the process or the database goes.
  const allow = await refuse(ctx.db, 'notification_group', 'true', 'admin_shutdown')
  await expect(dispatch(ctx)).rejects.toThrow('poisoned')
  await allow()
  expect(await it.deliveries(robot.id)).toEqual([])
  await Promise.all([dispatch(ctx), dispatch(ctx)])
  await dispatch(ctx)
  expect((await it.deliveries(robot.id)).map(({ notice }) => notice.lines.length)).toEqual([3])
})

test('what opened and was over within the wait is told all the same', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  const ids = await fall(1, '440106')
  await it.pass(10 * SECOND)
  await recover(ids)
  await it.pass(30 * SECOND)
  const [told] = await it.deliveries(robot.id)
  expect(told?.notice.lines.map(({ change }) => change)).toEqual(['passed'])
  expect(told?.notice.title).toBe('【天河区】已恢复 1 条')
})

test('a new subscription begins with what is open', async () => {
  await fall(2, '440106')
  await it.pass(HOUR)
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  await it.pass(MINUTE)
  expect((await it.deliveries(robot.id)).map(({ notice }) => notice.lines.length)).toEqual([2])
})

test('sites of one incident are one line to the city, and lines of their own to their district', async () => {
  const city = await it.channel({ kind: 'wecom', url: ROBOT })
  const tianhe = await it.channel({
    kind: 'dingtalk',
    url: 'https://oapi.dingtalk.com/robot/send?access_token=a',
  })
  await it.subscribe(city.id)
  await it.subscribe(tianhe.id, {
    owner: { kind: 'district', district: '440106' },
    scope: { kind: 'district', district: '440106' },
  })
  const { id } = await ctx.db
    .insertInto('incident')
    .values({
      kind: 'platform',
      key: '集约化平台',
      opened_at: new Date(),
      changed_at: new Date(),
      resolved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const ids = await fall(5, '440106')
  await ctx.db.updateTable('alert').set({ incident_id: id }).where('id', 'in', ids).execute()
  const evidence = JSON.stringify({ kind: 'platform', key: '集约化平台', sites: 5, down: 5 })
  const shared = await makeAlert(ctx.db, { site: null, rule: 'PLATFORM', incident_id: id, evidence })
  await it.tell('alert.opened', [shared.id])
  await it.tell('alert.grouped', ids)
  await it.pass(MINUTE)
  expect(
    (await it.deliveries(city.id)).flatMap(({ notice }) => notice.lines.map(({ path }) => path)),
  ).toEqual([`/alerts/${shared.id}`])
  expect(lineCount(await it.deliveries(tianhe.id))).toBe(5)
})

test('over the hourly cap there is one more notice for all the rest, when the hour has room', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT, hourlyCap: 2 })
  await it.subscribe(robot.id)
  const start = ctx.clock.now()
  for (const { code } of GROUPS.slice(2, 8)) await fall(1, code)
  await it.pass(MINUTE)
  const told = await it.deliveries(robot.id)
  const rest = told.find(({ state }) => state === 'held')
  expect(told.filter(({ state }) => state === 'waiting')).toHaveLength(2)
  expect(rest?.notice.title).toBe('通知已达每小时上限，另有 4 份汇总合并为本条')
  expect(lineCount(told)).toBe(6)
  expect(Date.parse(rest?.nextAt ?? '')).toBe(start + MINUTE + HOUR)
})

test('whoever is given an alert is told so in person, and so is whoever a comment calls on', async () => {
  const [id = 0] = await fall(1, '440106')
  const seen = { id, version: 1 }
  await commandAlert(ctx, people.duty, seen, { action: 'assign', assigneeId: people.tianhe.id })
  await commentAlert(ctx, people.tianhe, id, {
    text: '机房停电',
    mentions: [people.duty.id, people.tianhe.id],
  })
  await it.pass(SECOND)
  const titles = async (userId: number) =>
    (await listInbox(ctx.db, userId, { limit: 10 })).items.map(({ notice }) => notice.title)
  expect(await titles(people.tianhe.id)).toEqual(['王敏 把一条告警交办给您'])
  expect(await titles(people.duty.id)).toEqual(['李晓燕 在备注中提到您：机房停电'])
})

test('a person who is called hears of it at once in the inbox and by every own channel, once each', async () => {
  const mail = await it.channel({
    kind: 'email',
    mail: { host: 'smtp.gz.gov.cn', port: 465, security: 'tls', user: '', from: 'siteward@gz.gov.cn' },
  })
  const own = { owner: { kind: 'person' as const, userId: people.duty.id }, address: 'wang@gz.gov.cn' }
  await it.subscribe(mail.id, { ...own, quiet: { from: '00:00', to: '23:59' }, language: 'en' })
  await it.subscribe(mail.id, { ...own, scope: { kind: 'district', district: '440106' } })
  const [alertId = 0] = await fall(1, '440106')
  const [alert] = await it.tell('alert.assigned', [alertId])
  const reason = { word: 'notices.call.alertToYou', values: { name: '王敏' } } as const
  const recipients = [people.duty.id, people.duty.id, people.tianhe.id, 999_999]
  const ids = await ctx.db
    .transaction()
    .execute((tx) => notify(tx, { recipients, about: { alerts: [alert!] }, reason }, ctx.clock.now()))
  expect(ids).toHaveLength(3)
  const byMail = await it.deliveries(mail.id)
  expect(byMail).toMatchObject([{ address: 'wang@gz.gov.cn', state: 'waiting', recipient: { name: '王敏' } }])
  const { items, unread } = await listInbox(ctx.db, people.tianhe.id, { limit: 10 })
  expect([items[0]?.notice.title, unread]).toEqual(['王敏 把一条告警交办给您', 1])
})
