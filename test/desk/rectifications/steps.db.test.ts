import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findRectification } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import type { StepCommand } from '../../../server/desk/rectifications/steps.ts'
import { DAY } from '../../../shared/base/time.ts'
import {
  type Rectification,
  STAGES,
  STEP_FROM,
  STEPS,
  type Stage,
  type Step,
} from '../../../shared/desk/rectifications/rectifications.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

const newAlert = (given: Partial<Parameters<typeof makeAlert>[1]> = {}) =>
  makeAlert(ctx.db, { site, ...given })
const raise = async (
  alertIds: number[],
  more: { assigneeId?: number; unitId?: number; dueWorkdays?: number } = {},
) => raiseRectification(ctx, people.duty, { alertIds, dueWorkdays: 10, ...more })
const newRectification = async () => raise([(await newAlert()).id])

/** A rectification in this stage, as if it had come there. */
async function rectificationIn(stage: Stage): Promise<Rectification> {
  const { id } = await newRectification()
  await ctx.db
    .updateTable('rectification')
    .set({ stage, closed_at: stage === 'closed' ? new Date(ctx.clock.now()) : null })
    .where('id', '=', id)
    .execute()
  return rectificationNow(id)
}
async function rectificationNow(id: number): Promise<Rectification> {
  const rectification = await findRectification(ctx.db, { kind: 'city' }, id)
  if (!rectification) throw new Error('no rectification')
  return rectification
}
/** What a step needs beside its stage. */
async function readyFor(step: Step, { id }: Rectification): Promise<Rectification> {
  const pause = { since: '2026-03-09', until: '2026-03-17', workdays: 5, reason: '', by: people.duty }
  const set = {
    ...(step === 'resume' && { pause: JSON.stringify(pause), paused_workdays: 5 }),
    ...(step === 'confirm' && { rule: 'OTHER' }),
  }
  if (step === 'confirm') {
    await ctx.db.deleteFrom('rectification_alert').where('rectification_id', '=', id).execute()
  }
  if (step === 'resume' || step === 'confirm') {
    await ctx.db.updateTable('rectification').set(set).where('id', '=', id).execute()
  }
  if (step === 'withdraw' || step === 'answer') {
    const asked = { kind: 'extend', until: '2026-06-30', reason: '', asked_by: people.owner.id } as const
    await ctx.db
      .insertInto('rectification_request')
      .values({ ...asked, rectification_id: id, asked_at: new Date(ctx.clock.now()), state: 'open' })
      .execute()
  }
  return rectificationNow(id)
}
const commands = (): Record<StepCommand['step'], StepCommand> => ({
  assign: { step: 'assign', assigneeId: people.owner.id },
  accept: { step: 'accept' },
  submit: { step: 'submit', note: '已修复' },
  confirm: { step: 'confirm', note: '现场查看，错字已改' },
  return: { step: 'return', reason: '首页仍无法打开' },
  extend: { step: 'extend', dueWorkdays: 5, reason: '采购设备' },
  pause: { step: 'pause', until: '2026-03-17', reason: '等待云平台迁移' },
  resume: { step: 'resume' },
  override: { step: 'override', reason: '网站已并入区门户' },
  ask: { step: 'ask', kind: 'extend', until: '2026-06-30', reason: '等待采购' },
  withdraw: { step: 'withdraw' },
  answer: { step: 'answer', grant: false, reason: '请先自查' },
})

describe('raising a rectification', () => {
  test('may name the person and another unit at once, and covers several alerts of the site', async () => {
    const unit = await makeUnit(ctx.db)
    const alerts = [await newAlert(), await newAlert({ rule: 'V1', severity: 'critical' })]
    const facts = await ctx.told(() =>
      raise(
        alerts.map((alert) => alert.id),
        { assigneeId: people.owner.id, unitId: unit.id },
      ),
    )
    expect(facts).toMatchObject([
      {
        kind: 'rectification.raised',
        actor: { name: '王敏' },
        data: {
          rectification: {
            stage: 'assigned',
            assignee: { name: '张磊' },
            unit: unit.name,
            rules: ['DOWN', 'V1'],
            alertIds: alerts.map((alert) => alert.id),
          },
        },
      },
    ])
  })

  test('two people from the same alert at once: one rectification, and the other is told whose it is', async () => {
    const alert = await newAlert()
    const input = { alertIds: [alert.id], dueWorkdays: 10 }
    const outcomes = await Promise.allSettled([
      raiseRectification(ctx, people.duty, input),
      raiseRectification(ctx, people.colleague, input),
    ])
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^已被 (王敏|陈浩) 于 .* 发起/),
      current: { alertIds: [alert.id] },
    })
  })

  test('is refused for alerts of two sites, of none, resolved, unknown or out of scope', async () => {
    const mine = await newAlert()
    const other = await makeAlert(ctx.db, { site: await makeSite(ctx.db) })
    await refused(raise([mine.id, other.id]), 'invalid')
    const line = await makeAlert(ctx.db, { site: null, rule: 'LINE', severity: 'critical' })
    await refused(raise([line.id]), 'invalid')
    const at = new Date(ctx.clock.now())
    const over = await newAlert({ rule: 'V1', status: 'resolved', resolved_at: at })
    expect((await refused(raise([over.id]), 'conflict')).message).toContain('监测系统')
    await refused(raise([mine.id, 999_999]), 'not_found')
    const input = { alertIds: [mine.id], dueWorkdays: 10 }
    await refused(raiseRectification(ctx, people.haizhu, input), 'not_found')
    await refused(raiseRectification(ctx, people.owner, input), 'forbidden')
  })

  test('is refused for a unit that is none and for a person who cannot fix it', async () => {
    const { id } = await newAlert()
    await refused(raise([id], { unitId: 999_999 }), 'invalid')
    await refused(raise([id], { assigneeId: 999_999 }), 'invalid')
    await refused(raise([id], { assigneeId: people.viewer.id }), 'invalid')
    expect((await refused(raise([id], { assigneeId: people.haizhu.id }), 'invalid')).message).toContain(
      '黄海涛',
    )
  })

  test('is provisional when its due day lies in a year whose holidays are not announced', async () => {
    const alert = await newAlert()
    expect(await raise([alert.id], { dueWorkdays: 250 })).toMatchObject({
      provisional: true,
      dueOn: '2027-03-05',
    })
  })
})

describe('steps', () => {
  test.each(
    STEPS.flatMap((step) =>
      STAGES.map((stage) => ({ step, stage, allowed: STEP_FROM[step].includes(stage) })),
    ),
  )('$step from $stage: $allowed', async ({ step, stage, allowed }) => {
    const rectification = await readyFor(step, await rectificationIn(stage))
    const who = step === 'ask' || step === 'withdraw' ? people.tianhe : people.duty
    const deed = takeStep(ctx, who, rectification, commands()[step])
    if (allowed) expect(await deed).toMatchObject({ version: rectification.version + 1 })
    else expect((await refused(deed, 'conflict')).current).toMatchObject({ id: rectification.id, stage })
  })

  test('two at once from the same version: one is taken, the other is told which', async () => {
    const rectification = await newRectification()
    const outcomes = await Promise.allSettled([
      takeStep(ctx, people.tianhe, rectification, { step: 'accept' }),
      takeStep(ctx, people.duty, rectification, { step: 'extend', dueWorkdays: 3, reason: '设备采购' }),
    ])
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^已被 (李晓燕 于 10:00 接收|王敏 于 10:00 延期)/),
      current: { version: 2 },
    })
  })

  test('whoever accepts a rectification that nobody has, has it', async () => {
    const accepted = await takeStep(ctx, people.owner, await newRectification(), { step: 'accept' })
    expect(accepted.assignee).toMatchObject({ name: '张磊' })
  })

  test('a person may return what the monitor still verifies, with the reason', async () => {
    const submitted = await takeStep(ctx, people.owner, await newRectification(), { step: 'submit' })
    const facts = await ctx.told(() =>
      takeStep(ctx, people.vendor, submitted, { step: 'return', reason: '只恢复了首页' }),
    )
    expect(facts).toMatchObject([
      {
        kind: 'rectification.returned',
        data: {
          text: '只恢复了首页',
          rectification: { returnedCount: 1, verification: { result: 'returned_by_person' } },
        },
      },
    ])
  })

  test('more time counts from the due day, or from today once it is past', async () => {
    const rectification = await newRectification()
    expect(rectification.dueOn).toBe('2026-03-24')
    const extended = await takeStep(ctx, people.duty, rectification, commands().extend)
    expect(extended).toMatchObject({ dueOn: '2026-03-31', dueWorkdays: 15, stage: 'raised' })

    ctx.clock.advance(30 * DAY)
    const late = await takeStep(ctx, people.duty, extended, commands().extend)
    expect(late, 'five working days after 9 April').toMatchObject({ dueOn: '2026-04-16', dueWorkdays: 20 })
    ctx.clock.advance(-30 * DAY)
  })

  test('closing by hand is marked as such', async () => {
    const overridden = await takeStep(ctx, people.duty, await newRectification(), commands().override)
    expect(overridden).toMatchObject({ stage: 'closed', overridden: true, verification: null })
    expect(overridden.closedAt).not.toBeNull()
  })

  test('are for those who may take them, on what they may see', async () => {
    const rectification = await newRectification()
    const { owner, tianhe, vendor, haizhu, viewer } = people
    await refused(takeStep(ctx, haizhu, rectification, { step: 'accept' }), 'not_found')
    await refused(takeStep(ctx, people.duty, { id: 999_999, version: 1 }, { step: 'accept' }), 'not_found')
    await refused(takeStep(ctx, viewer, rectification, { step: 'accept' }), 'forbidden')
    await refused(takeStep(ctx, owner, rectification, commands().assign), 'forbidden')
    await refused(takeStep(ctx, tianhe, rectification, commands().extend), 'forbidden')
    await refused(takeStep(ctx, tianhe, rectification, commands().override), 'forbidden')
    await refused(takeStep(ctx, vendor, rectification, commands().submit), 'forbidden')
    await refused(
      takeStep(ctx, people.duty, rectification, { step: 'assign', assigneeId: haizhu.id }),
      'invalid',
    )
  })

  test('each leaves an entry in the audit', async () => {
    const rectification = await newRectification()
    await takeStep(ctx, people.duty, rectification, commands().extend)
    const entries = await ctx.db
      .selectFrom('audit')
      .selectAll()
      .where('entity', '=', 'rectification')
      .where('entity_id', '=', rectification.id)
      .orderBy('id')
      .execute()
    expect(entries).toMatchObject([
      { action: 'rectification.raised', actor_name: '王敏' },
      { action: 'rectification.extended', detail: { dueWorkdays: 5, reason: '采购设备' } },
    ])
  })
})
