import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { forgetAcknowledgements } from '../../../server/desk/alerts/forget.ts'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commandAlerts } from '../../../server/desk/alerts/service.ts'
import { HOUR } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let alert: Alert
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
const newAlert = async (): Promise<Alert> => {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  return now((await makeAlert(ctx.db, { site })).id)
}
const now = async (id = alert.id): Promise<Alert> => {
  const found = await findAlert(ctx.db, { kind: 'city' }, id)
  if (!found) throw new Error('no alert')
  return found
}
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  alert = await newAlert()
})
const until = () => new Date(ctx.clock.now() + 4 * HOUR).toISOString()
const inform = () =>
  commandAlert(ctx, people.owner, alert, { action: 'acknowledge', until: until(), note: '机房断电' })
const inboxOf = async (userId: number) => {
  const rows = await ctx.db
    .selectFrom('notification_delivery')
    .select('notice')
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return rows.map(({ notice }) => notice.title)
}

describe('a unit that acknowledges its own alert', () => {
  test('informs: it stays open, says who knows and until when, and those above are told', async () => {
    const before = await inboxOf(people.tianhe.id)
    const facts = await ctx.told(inform)
    expect(facts).toMatchObject([
      { kind: 'alert.informed', actor: { name: '张磊' }, data: { text: '机房断电' } },
    ])
    expect(await now()).toMatchObject({
      status: 'open',
      acknowledgedBy: null,
      informed: { by: { name: '张磊' }, until: until(), note: '机房断电' },
    })
    const titles = (await inboxOf(people.tianhe.id)).slice(before.length)
    expect(titles).toEqual([expect.stringContaining('报告已在处理 1 条告警')])
  })

  test('many at once are one notice to the district', async () => {
    const many = [alert, await newAlert(), await newAlert()]
    const before = await inboxOf(people.tianhe.id)
    const outcomes = await commandAlerts(ctx, people.owner, many, { action: 'acknowledge' })
    expect(outcomes.map((one) => 'alert' in one && one.alert.status)).toEqual(['open', 'open', 'open'])
    expect((await inboxOf(people.tianhe.id)).slice(before.length)).toEqual([
      expect.stringContaining('3 条告警'),
    ])
  })

  test('takes back what it said, and nothing that those above have taken on', async () => {
    const informed = await inform()
    const taken = await commandAlert(ctx, people.tianhe, informed, { action: 'acknowledge' })
    expect(taken).toMatchObject({ status: 'acknowledged', informed: { by: { name: '张磊' } } })
    const back = await commandAlert(ctx, people.owner, taken, { action: 'unacknowledge' })
    expect(back).toMatchObject({ status: 'acknowledged', acknowledgedBy: { name: '李晓燕' }, informed: null })
    await refused(commandAlert(ctx, people.owner, back, { action: 'unacknowledge' }), 'invalid')
  })

  test('may say so also when it has been taken on', async () => {
    const taken = await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
    const both = await commandAlert(ctx, people.owner, taken, { action: 'acknowledge' })
    expect(both).toMatchObject({ status: 'acknowledged', acknowledgedBy: { name: '王敏' }, informed: {} })
  })

  test('whose time runs out has let it run out, as everybody sees', async () => {
    await inform()
    ctx.clock.advance(4 * HOUR)
    const facts = await ctx.told(() => forgetAcknowledgements(ctx, ctx.clock.now()))
    const mine = facts.filter((one) => 'alert' in one.data && one.data.alert.id === alert.id)
    expect(mine).toMatchObject([{ kind: 'alert.forgotten', data: { text: '张磊' } }])
    expect(await now()).toMatchObject({ status: 'open', informed: null, forgotten: { by: { name: '张磊' } } })
  })

  test('has said nothing of what is worse since', async () => {
    await inform()
    const { siteId } = alert
    if (siteId === null) throw new Error('no site')
    const change = { siteId, rule: 'DOWN', wanted: 'critical', evidence: {} } as const
    await ctx.db.transaction().execute((tx) => followAlerts(tx, [change], ctx.clock.now()))
    expect(await now()).toMatchObject({ severity: 'critical', informed: null })
  })
})

describe('the level of a site', () => {
  test.each([
    ['city_portal', 'critical'],
    ['district_portal', 'critical'],
    ['city_department', 'major'],
    ['street', 'major'],
  ] as const)('%s: an outage is %s', async (level, severity) => {
    const site = await makeSite(ctx.db, { level })
    const change = { siteId: site.id, rule: 'DOWN', wanted: 'major', evidence: {} } as const
    const follow = () => ctx.db.transaction().execute((tx) => followAlerts(tx, [change], ctx.clock.now()))
    expect(await follow()).toMatchObject([{ kind: 'alert.opened', data: { alert: { severity } } }])
    expect(await follow(), 'and asking again changes nothing').toEqual([])
  })
})
