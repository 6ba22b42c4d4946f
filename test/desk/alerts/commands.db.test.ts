import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
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

/** A fresh alert of a site of 张磊's unit in Tianhe. */
beforeEach(async () => {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const { id } = await makeAlert(ctx.db, { site, opened_at: new Date(ctx.clock.now()) })
  alert = await current(id)
})

async function current(id: number): Promise<Alert> {
  const found = await findAlert(ctx.db, { kind: 'city' }, id)
  if (!found) throw new Error(`no alert ${id}`)
  return found
}
const acknowledge = { action: 'acknowledge' } as const
const resolve = { action: 'resolve', note: '已核实为误报' } as const
const soon = (ms: number) => new Date(ctx.clock.now() + ms).toISOString()

describe('acknowledging', () => {
  test('holds for four hours, says who and why, and wakes the live plane', async () => {
    const woken = ctx.woken()
    const facts = await ctx.told(() =>
      commandAlert(ctx, people.duty, alert, { ...acknowledge, note: '机房停电，已联系' }),
    )
    expect(facts).toMatchObject([
      {
        kind: 'alert.acknowledged',
        actor: { id: people.duty.id, name: '王敏' },
        siteId: alert.siteId,
        data: { text: '机房停电，已联系' },
      },
    ])
    expect(await current(alert.id)).toMatchObject({
      status: 'acknowledged',
      acknowledgedBy: { name: '王敏' },
      acknowledgedUntil: soon(4 * HOUR),
      note: '机房停电，已联系',
      version: 2,
    })
    expect(ctx.woken()).toBe(woken + 1)
  })

  test('two at once: one wins, the other is told who did', async () => {
    const both = [people.duty, people.colleague]
    const outcomes = await Promise.allSettled(both.map((who) => commandAlert(ctx, who, alert, acknowledge)))
    const winner = both[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')]
    const lost = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      message: `已被 ${winner?.name} 于 10:00 确认。Already acknowledged by ${winner?.name} at 10:00.`,
      current: { id: alert.id, status: 'acknowledged', acknowledgedBy: { name: winner?.name }, version: 2 },
    })
  })

  test('a second time is refused, also by the same person and with the newest version', async () => {
    const taken = await commandAlert(ctx, people.duty, alert, acknowledge)
    await refused(commandAlert(ctx, people.duty, taken, acknowledge), 'conflict')
  })

  test('a resolved alert takes no acknowledgement, and says who resolved it', async () => {
    const closed = await commandAlert(ctx, people.duty, alert, resolve)
    const refusal = await refused(commandAlert(ctx, people.tianhe, closed, acknowledge), 'conflict')
    expect(refusal.message).toContain('已被 王敏 于 10:00 解除')
    expect(refusal.current).toMatchObject({ status: 'resolved' })
  })

  test('until must lie ahead, by seven days at most', async () => {
    const until = (ms: number) => commandAlert(ctx, people.duty, alert, { ...acknowledge, until: soon(ms) })
    await refused(until(0), 'invalid')
    await refused(until(-MINUTE), 'invalid')
    await refused(until(7 * DAY + 1), 'invalid')
    expect(await until(HOUR)).toMatchObject({ acknowledgedUntil: soon(HOUR) })
  })
})

describe('assigning', () => {
  test('gives it to somebody and leaves it open', async () => {
    const given = await commandAlert(ctx, people.duty, alert, {
      action: 'assign',
      assigneeId: people.owner.id,
    })
    expect(given).toMatchObject({ status: 'open', assignee: { name: '张磊' }, acknowledgedBy: null })
  })

  test('to oneself acknowledges it', async () => {
    const mine = await commandAlert(ctx, people.duty, alert, {
      action: 'assign',
      assigneeId: people.duty.id,
    })
    expect(mine).toMatchObject({
      status: 'acknowledged',
      assignee: { name: '王敏' },
      acknowledgedBy: { name: '王敏' },
      acknowledgedUntil: soon(4 * HOUR),
    })
  })

  test("to oneself leaves another's acknowledgement alone", async () => {
    const taken = await commandAlert(ctx, people.colleague, alert, acknowledge)
    const mine = await commandAlert(ctx, people.duty, taken, {
      action: 'assign',
      assigneeId: people.duty.id,
    })
    expect(mine).toMatchObject({ assignee: { name: '王敏' }, acknowledgedBy: { name: '陈浩' } })
  })

  test('to somebody who cannot see the site, who only looks on, who left or who never was is refused', async () => {
    const give = (assigneeId: number) =>
      commandAlert(ctx, people.duty, alert, { action: 'assign', assigneeId })
    const refusal = await refused(give(people.haizhu.id), 'invalid')
    expect(refusal.message).toContain('黄海涛 不负责该网站')
    await refused(give(people.viewer.id), 'invalid')
    await refused(give(999_999), 'invalid')
    const left = new Date(ctx.clock.now())
    await ctx.db
      .updateTable('user_account')
      .set({ disabled_at: left })
      .where('id', '=', people.vendor.id)
      .execute()
    await refused(give(people.vendor.id), 'invalid')
    await ctx.db
      .updateTable('user_account')
      .set({ disabled_at: null })
      .where('id', '=', people.vendor.id)
      .execute()
  })
})

describe('silencing, resolving, commenting', () => {
  test('a silence has an end and a reason, and stays apart from the status', async () => {
    const silenced = await commandAlert(ctx, people.duty, alert, {
      action: 'silence',
      until: soon(DAY),
      reason: '机房搬迁',
    })
    expect(silenced).toMatchObject({
      status: 'open',
      silencedUntil: soon(DAY),
      silenceReason: '机房搬迁',
    })
    const tooLong = { action: 'silence', until: soon(31 * DAY), reason: '搬迁' } as const
    await refused(commandAlert(ctx, people.duty, silenced, tooLong), 'invalid')
    const told = await ctx.told(() => commandAlert(ctx, people.duty, silenced, { action: 'unsilence' }))
    expect(told).toMatchObject([
      { kind: 'alert.unsilenced', data: { alert: { silencedUntil: null, silenceReason: null } } },
    ])
    const loud = { ...silenced, version: silenced.version + 1 }
    const twice = await refused(commandAlert(ctx, people.duty, loud, { action: 'unsilence' }), 'invalid')
    expect(twice).toMatchObject({ reason: 'alerts.notSilenced' })
  })

  test('of two changes from the same version the later one is told of the first', async () => {
    await commandAlert(ctx, people.tianhe, alert, {
      action: 'silence',
      until: soon(HOUR),
      reason: '计划维护',
    })
    ctx.clock.advance(DAY)
    const refusal = await refused(commandAlert(ctx, people.duty, alert, resolve), 'conflict')
    expect(refusal.message).toBe(
      '已被 李晓燕 于 2026-03-10 10:00 静默。Already silenced by 李晓燕 at 2026-03-10 10:00.',
    )
    ctx.clock.advance(-DAY)
  })

  test('a comment changes nothing of the alert, so it overtakes nobody', async () => {
    const facts = await ctx.told(() => commentAlert(ctx, people.owner, alert.id, { text: '正在重启' }))
    expect(facts).toMatchObject([
      { kind: 'alert.commented', actor: { name: '张磊' }, data: { text: '正在重启' } },
    ])
    await commandAlert(ctx, people.duty, alert, acknowledge)
    const stale = commentAlert(ctx, people.owner, alert.id, { text: '已恢复', version: 1 })
    expect((await refused(stale, 'conflict')).message).toContain('王敏')
  })

  test('a day has only so many comments of one person, and others may still write', async () => {
    const few = { ...ctx, config: { ...ctx.config, commentsPerDay: 3 } }
    for (let n = 0; n < 3; n++) await commentAlert(few, people.vendor, alert.id, { text: `第${n}条` })
    await refused(commentAlert(few, people.vendor, alert.id, { text: '又一条' }), 'too_many_requests')
    await commentAlert(few, people.duty, alert.id, { text: '收到' })
  })

  test('a comment that waits for a change tells of the alert after it', async () => {
    const facts = await ctx.told(() =>
      Promise.all([
        commandAlert(ctx, people.duty, alert, acknowledge),
        commentAlert(ctx, people.owner, alert.id, { text: '收到' }),
      ]),
    )
    const versions = facts.map((fact) => ('alert' in fact.data ? fact.data.alert.version : 0))
    expect(versions, 'no fact tells of a state that is past').toEqual([...versions].sort())
  })
})

describe('rights', () => {
  test('what lies outside the own scope does not exist', async () => {
    await refused(commandAlert(ctx, people.haizhu, alert, acknowledge), 'not_found')
    await refused(commentAlert(ctx, people.haizhu, alert.id, { text: '?' }), 'not_found')
    await refused(commandAlert(ctx, people.duty, { id: 999_999, version: 1 }, acknowledge), 'not_found')
    await refused(commentAlert(ctx, people.duty, 999_999, { text: '?' }), 'not_found')
  })

  test('who only looks on changes nothing; a unit may not assign, a district not resolve', async () => {
    const { viewer, owner, tianhe } = people
    await refused(commandAlert(ctx, viewer, alert, acknowledge), 'forbidden')
    await refused(commentAlert(ctx, viewer, alert.id, { text: '?' }), 'forbidden')
    await refused(commandAlert(ctx, owner, alert, { action: 'assign', assigneeId: owner.id }), 'forbidden')
    await refused(commandAlert(ctx, tianhe, alert, resolve), 'forbidden')
    expect(await commandAlert(ctx, owner, alert, acknowledge)).toMatchObject({
      status: 'open',
      informed: { by: { name: '张磊' } },
    })
  })

  test('a refusal leaves no fact and no entry in the audit', async () => {
    const audits = () => ctx.db.selectFrom('audit').selectAll().execute()
    const before = await audits()
    const facts = await ctx.told(() =>
      refused(commandAlert(ctx, people.viewer, alert, acknowledge), 'forbidden'),
    )
    expect(facts).toEqual([])
    expect(await audits()).toEqual(before)
  })

  test('the audit says who did what to which alert', async () => {
    await commandAlert(ctx, people.duty, alert, { ...acknowledge, note: '跟进中' })
    const entry = await ctx.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirst()
    expect(entry).toMatchObject({
      actor_name: '王敏',
      action: 'alert.acknowledged',
      entity: 'alert',
      entity_id: alert.id,
      detail: { note: '跟进中' },
    })
  })
})
