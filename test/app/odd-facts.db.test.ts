import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bringBack } from '../../server/app/yet-to-come.ts'
import { DAY, MINUTE } from '../../shared/base/time.ts'
import { contextOf, fallen, tools } from '../desk/notifications/setup.ts'
import type { TestContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { makePeople, type People } from '../support/people.ts'

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

test('what the version beside this one tells by a rule of its own keeps no other notice from going out', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  await fall(1, '440106')
  const told = { rule: 'RULE_OF_TOMORROW' }
  await sql`
    update fact set data = jsonb_set(data, '{alert}', data->'alert' || ${JSON.stringify(told)}::jsonb)
    where seq = (select max(seq) from fact)
  `.execute(ctx.db)
  const [known] = await fall(1, '440105')
  await it.pass(MINUTE)
  const lines = (await it.deliveries(robot.id)).flatMap(({ notice }) => notice.lines)
  expect(lines.map(({ path }) => path)).toEqual([`/alerts/${known}`])
})

test('a clock that was a year ahead for a while keeps nobody from being told for as long', async () => {
  const robot = await it.channel({ kind: 'wecom', url: ROBOT })
  await it.subscribe(robot.id)
  const rightMs = ctx.clock.now()
  ctx.clock.advance(365 * DAY)
  await fall(1, '440106')
  await it.pass(MINUTE)
  await ctx.db
    .updateTable('notification_channel')
    .set({ rest_until: new Date(ctx.clock.now()) })
    .where('id', '=', robot.id)
    .execute()
  ctx.clock.set(rightMs)
  expect(await bringBack(ctx.db, rightMs)).toMatchObject({ notification_group: 1, notification_channel: 1 })
  expect(await bringBack(ctx.db, rightMs), 'for good').toEqual({})
  const [later] = await fall(1, '440106')
  await it.pass(10 * MINUTE)
  const paths = (await it.deliveries(robot.id)).flatMap(({ notice }) => notice.lines.map(({ path }) => path))
  expect(paths).toContain(`/alerts/${later}`)
  const { rest_until } = await ctx.db
    .selectFrom('notification_channel')
    .select('rest_until')
    .where('id', '=', robot.id)
    .executeTakeFirstOrThrow()
  expect(rest_until?.getTime()).toBe(rightMs)
})
