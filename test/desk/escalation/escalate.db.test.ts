import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetAcknowledgements } from '../../../server/desk/alerts/forget.ts'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { addShift } from '../../../server/desk/duty/service.ts'
import { escalateAlerts } from '../../../server/desk/escalation/escalate.ts'
import { policyOf, setPolicy } from '../../../server/desk/escalation/policy.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { DEFAULT_POLICY } from '../../../shared/desk/escalation/escalation.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
let alert: Alert
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

/** A major outage in Tianhe on a Tuesday at 10:00, which nobody has. */
beforeEach(async () => {
  await fresh.db.deleteFrom('notification_delivery').execute()
  await fresh.db.deleteFrom('duty_shift').execute()
  await fresh.db.deleteFrom('setting').where('key', '=', 'escalation').execute()
  await fresh.db
    .updateTable('alert')
    .set({ status: 'resolved', resolved_at: new Date(TUESDAY), acknowledged_by: null })
    .execute()
  ctx = testContext(fresh)
  site = await makeSite(ctx.db, { unit_id: people.unitId })
  alert = await open('DOWN', 'major')
  await escalateAlerts(ctx)
})

async function open(rule: Alert['rule'], severity: Alert['severity']): Promise<Alert> {
  const made = await makeAlert(ctx.db, { site, rule, severity, opened_at: new Date(ctx.clock.now()) })
  return current(made.id)
}
async function current(id = alert.id): Promise<Alert> {
  const found = await findAlert(ctx.db, { kind: 'city' }, id)
  if (!found) throw new Error(`no alert ${id}`)
  return found
}
/** Lets minutes pass and looks. @returns who is called then, by level. */
async function calledAfter(minutes: number): Promise<string[]> {
  ctx.clock.advance(minutes * MINUTE)
  const facts = await ctx.told(() => escalateAlerts(ctx))
  return facts.flatMap((fact) =>
    fact.kind === 'alert.escalated' && 'alert' in fact.data
      ? [`${fact.data.alert.escalation?.level}: ${fact.data.text}`]
      : [],
  )
}
async function inboxes(): Promise<Record<string, number>> {
  const rows = await ctx.db
    .selectFrom('notification_delivery')
    .innerJoin('user_account', 'user_account.id', 'user_id')
    .select(['name', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('name')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}

describe('an alert that nobody takes on', () => {
  test.runIf(databaseKind === 'postgres')('waits for nobody who is at another one', async () => {
    const other = await makeAlert(ctx.db, { site: await makeSite(ctx.db, { unit_id: people.unitId }) })
    await escalateAlerts(ctx)
    ctx.clock.advance(30 * MINUTE)
    await ctx.db.transaction().execute(async (tx) => {
      await tx.selectFrom('alert').select('id').where('id', '=', other.id).forUpdate().execute()
      expect(await escalateAlerts(ctx)).toBe(1)
    })
    expect((await current()).escalation?.level).toBe('unit')
    expect(await escalateAlerts(ctx)).toBe(1)
  })

  test('goes to the unit, the district office and the working group, one after the other', async () => {
    expect(await calledAfter(29)).toEqual([])
    expect(await calledAfter(1)).toEqual(['unit: 张磊'])
    expect(await calledAfter(89)).toEqual([])
    expect(await calledAfter(1)).toEqual(['district: 李晓燕'])
    expect(await calledAfter(120)).toEqual(['workgroup: 王敏、陈浩'])
    expect(await calledAfter(600)).toEqual([])
    expect(await inboxes()).toEqual({ 张磊: 1, 李晓燕: 1, 王敏: 1, 陈浩: 1 })
  })

  test('says so where it is shown, and keeps its version, so that nobody is refused for it', async () => {
    await calledAfter(30)
    expect(await current()).toMatchObject({ escalation: { level: 'unit' }, version: alert.version })
    await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
  })

  test('goes to whoever is on duty, where somebody is', async () => {
    await addShift(ctx, people.duty, {
      district: null,
      userId: people.colleague.id,
      startsAt: new Date(ctx.clock.now()).toISOString(),
      endsAt: new Date(ctx.clock.now() + 8 * HOUR).toISOString(),
    })
    await calledAfter(30)
    await calledAfter(90)
    expect(await calledAfter(120)).toEqual(['workgroup: 陈浩'])
  })

  test('is not carried on once somebody has acknowledged it, and begins anew when that runs out', async () => {
    await calledAfter(30)
    const until = new Date(ctx.clock.now() + 60 * MINUTE).toISOString()
    await commandAlert(ctx, people.tianhe, await current(), { action: 'acknowledge', until })
    expect(await calledAfter(60)).toEqual([])
    await forgetAcknowledgements(ctx, ctx.clock.now())
    await escalateAlerts(ctx)
    expect(await current()).toMatchObject({ status: 'open', escalation: null })
    expect(await calledAfter(29)).toEqual([])
    expect(await calledAfter(1)).toEqual(['unit: 张磊'])
  })

  test('goes on when its own unit says that it knows: only the unit itself is not called again', async () => {
    const until = new Date(ctx.clock.now() + 6 * 24 * HOUR).toISOString()
    await commandAlert(ctx, people.owner, await current(), { action: 'acknowledge', until })
    expect(await current()).toMatchObject({ status: 'open', informed: { until } })
    expect(await calledAfter(30), 'the unit knows').toEqual([])
    expect(await calledAfter(90)).toEqual(['district: 李晓燕'])
    expect(await calledAfter(120)).toHaveLength(1)
    expect(await current()).toMatchObject({ escalation: { level: 'workgroup' } })
  })

  test('is left alone while it is silenced', async () => {
    const until = new Date(ctx.clock.now() + 8 * HOUR).toISOString()
    await commandAlert(ctx, people.duty, alert, { action: 'silence', until, reason: '计划内维护' })
    expect(await calledAfter(470)).toEqual([])
  })

  test('is pressed faster once it is critical', async () => {
    expect(await calledAfter(20)).toEqual([])
    await commandAlert(ctx, people.duty, await current(), {
      action: 'regrade',
      severity: 'critical',
      reason: '门户网站',
    })
    expect(await calledAfter(0)).toEqual(['unit: 张磊'])
  })

  test('of a legal rule waits for working hours', async () => {
    await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
    ctx.clock.set('2026-03-13T18:00:00+08:00')
    alert = await open('V2', 'critical')
    await escalateAlerts(ctx)
    ctx.clock.set('2026-03-16T12:59:00+08:00')
    expect(await calledAfter(0)).toEqual([])
    expect(await calledAfter(1)).toEqual(['unit: 张磊'])
  })
})

test('many at once are one notice to each who is called', async () => {
  for (let n = 0; n < 40; n += 1) {
    const other = await makeSite(ctx.db, { unit_id: people.unitId })
    await makeAlert(ctx.db, { site: other, severity: 'major', opened_at: new Date(ctx.clock.now()) })
  }
  await escalateAlerts(ctx)
  expect(await calledAfter(31)).toHaveLength(41)
  expect(await inboxes()).toEqual({ 张磊: 1 })
  await calledAfter(90)
  expect(await inboxes()).toEqual({ 张磊: 1, 李晓燕: 1 })
})

/** A shared failure that the outage is part of. @returns its number */
async function shared(): Promise<number> {
  const { id } = await ctx.db
    .insertInto('incident')
    .values({
      kind: 'platform',
      key: `集约化平台 ${alert.id}`,
      opened_at: new Date(ctx.clock.now()),
      changed_at: new Date(ctx.clock.now()),
      resolved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ctx.db.updateTable('alert').set({ incident_id: id }).where('id', '=', alert.id).execute()
  return id
}

test('members of a shared failure are not carried upwards one by one', async () => {
  await shared()
  expect(await calledAfter(600)).toEqual([])
})

describe('a shared failure whose alert somebody resolves while its sites are down', () => {
  test.each([
    { action: 'resolve', note: '平台已恢复' },
    { action: 'falseAlarm', reason: '误报' },
  ] as const)('has them carried upwards one by one from then on: $action', async (command) => {
    const evidence = JSON.stringify({ kind: 'platform', key: '集约化平台', sites: 12, down: 8 })
    const incident_id = await shared()
    const whole = await makeAlert(ctx.db, { site: null, rule: 'PLATFORM', incident_id, evidence })
    await commandAlert(ctx, people.duty, await current(whole.id), { action: 'acknowledge' })
    expect(await calledAfter(60), 'while its own alert speaks for them').toEqual([])
    const { id, version } = await current(whole.id)
    const told = await ctx.told(() => commandAlert(ctx, people.duty, { id, version }, command))
    const alerts = told.flatMap((fact) => ('alert' in fact.data ? [fact.data.alert] : []))
    expect(alerts.slice(1)).toEqual([await current()])
    expect(await current()).toMatchObject({ incidentId: incident_id, alone: true })
    expect(await calledAfter(0)).toEqual([])
    expect(await calledAfter(30)).toEqual(['unit: 张磊'])
  })
})

test('a restart, two processes and a clock that jumps take no step twice', async () => {
  await calledAfter(30)
  const steps = await ctx.told(() => Promise.all([escalateAlerts(ctx), escalateAlerts(ctx)]))
  expect(steps).toEqual([])
  ctx.clock.advance(-HOUR)
  expect(await calledAfter(60)).toEqual([])
  expect(await calledAfter(89)).toEqual([])
  expect(await calledAfter(1)).toEqual(['district: 李晓燕'])
})

test('a desk without people is passed over, and that is told', async () => {
  const empty = await makeSite(ctx.db, { district: '440103' })
  const other = await makeAlert(ctx.db, {
    site: empty,
    severity: 'major',
    opened_at: new Date(ctx.clock.now()),
  })
  await escalateAlerts(ctx)
  await calledAfter(30)
  await calledAfter(90)
  expect(await current(other.id)).toMatchObject({ escalation: { level: 'district' } })
  expect(await calledAfter(120)).toEqual(['workgroup: 王敏、陈浩', 'workgroup: 王敏、陈浩'])
})

describe('the policy', () => {
  const admin = () => ({ ...people.admin }) as User

  test('holds for alerts that are waiting already', async () => {
    await calledAfter(20)
    const policy = structuredClone(DEFAULT_POLICY)
    policy.steps.now.major = [{ to: 'workgroup', workMin: 10, offMin: null }]
    await setPolicy(ctx, admin(), { version: 0, policy })
    expect(await calledAfter(0)).toEqual(['workgroup: 王敏、陈浩'])
    expect(await policyOf(ctx.db)).toEqual({ version: 1, policy })
    expect(await current()).toMatchObject({ escalation: { level: 'workgroup' } })
  })

  test('of two who set it, the second is shown the first one’s', async () => {
    await setPolicy(ctx, admin(), { version: 0, policy: DEFAULT_POLICY })
    const refusal = await refused(setPolicy(ctx, admin(), { version: 0, policy: DEFAULT_POLICY }), 'conflict')
    expect(refusal.current).toMatchObject({ version: 1 })
  })
})
