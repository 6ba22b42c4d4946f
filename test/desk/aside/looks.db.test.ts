import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetAcknowledgements } from '../../../server/desk/alerts/forget.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { endAside } from '../../../server/desk/aside/service.ts'
import { escalateAlerts } from '../../../server/desk/escalation/escalate.ts'
import { carryOutPauses } from '../../../server/desk/pauses/carry-out.ts'
import { filePause } from '../../../server/desk/pauses/service.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { appendDue } from '../../../server/desk/rectifications/terms/due-facts.ts'
import { rescheduleRectifications } from '../../../server/desk/rectifications/terms/reschedule.ts'
import { markStalled } from '../../../server/recording/stall.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

/* What the watchdog does by the clock is done for everybody but the one for whom it cannot be done. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let sites: MadeSite[]
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await sql`truncate set_aside, pause_plan, rectification, alert cascade`.execute(ctx.db)
  ctx.clock.advance(30 * DAY)
  sites = []
  const later = { next_visit_at: new Date(ctx.clock.now() + 90 * DAY) }
  for (let n = 0; n < 9; n++) sites.push(await makeSite(ctx.db, {}, later))
})
afterEach(async () => {
  for (const table of ['alert', 'rectification', 'site', 'site_state', 'pause_plan']) {
    await sql`drop trigger if exists refuse on ${sql.table(table)}`.execute(ctx.db)
  }
})

/** The database will not have this row changed any more, as if it broke a constraint. */
async function poison(table: string, column: string, id: number): Promise<void> {
  await sql`
    create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'row is refused' using errcode = '23514'; end $$
  `.execute(ctx.db)
  await sql`
    create trigger refuse before update on ${sql.table(table)} for each row
    when (new.${sql.id(column)} = ${sql.lit(id)}) execute function refuse()
  `.execute(ctx.db)
}

const asides = () =>
  ctx.db
    .selectFrom('set_aside')
    .select(['kind', 'ref', 'site_id', 'times'])
    .where('ended_at', 'is', null)
    .execute()
const now = () => ctx.clock.now()
const openAlerts = async () => {
  const alerts = []
  for (const site of sites) alerts.push(await makeAlert(ctx.db, { site, opened_at: new Date(now()) }))
  return alerts
}
const raiseForAll = async () => {
  const rectifications = []
  for (const { id } of await openAlerts()) {
    rectifications.push(await raiseRectification(ctx, people.duty, { alertIds: [id], dueWorkdays: 10 }))
  }
  return rectifications
}
/** The fourth of nine is bad, so that there is somebody before it and after it. */
const BAD = 3

describe('one that always fails keeps nobody else waiting', () => {
  it('of alerts that are carried upwards', async () => {
    const alerts = await openAlerts()
    await escalateAlerts(ctx)
    await poison('alert', 'id', alerts[BAD]!.id)
    ctx.clock.advance(2 * HOUR)
    const facts = await ctx.told(() => escalateAlerts(ctx))
    expect(facts.filter(({ kind }) => kind === 'alert.escalated')).toHaveLength(8)
    expect(await asides()).toEqual([
      { kind: 'look', ref: `escalation ${alerts[BAD]!.id}`, site_id: sites[BAD]!.id, times: 1 },
    ])
  })

  it('of acknowledgements that run out', async () => {
    const alerts = await openAlerts()
    const until = new Date(now() + HOUR).toISOString()
    for (const { id, version } of alerts) {
      await commandAlert(ctx, people.duty, { id, version }, { action: 'acknowledge', note: '在处理', until })
    }
    await poison('alert', 'id', alerts[BAD]!.id)
    ctx.clock.advance(2 * HOUR)
    expect(await forgetAcknowledgements(ctx, now())).toBe(8)
    expect(await asides()).toMatchObject([{ ref: `acknowledgements ${alerts[BAD]!.id}` }])
  })

  it('of rectifications that come due', async () => {
    const rectifications = await raiseForAll()
    await poison('rectification', 'id', rectifications[BAD]!.id)
    ctx.clock.advance(30 * DAY)
    const facts = await ctx.told(() => appendDue(ctx, now()))
    expect(facts.filter(({ kind }) => kind === 'rectification.overdue')).toHaveLength(8)
    expect(await asides()).toMatchObject([{ ref: `due ${rectifications[BAD]!.id}`, site_id: sites[BAD]!.id }])
  })

  it('of rectifications whose term is reckoned again', async () => {
    const rectifications = await raiseForAll()
    await ctx.db.updateTable('rectification').set({ calendar_revision: -1, due_on: '2026-01-01' }).execute()
    await poison('rectification', 'id', rectifications[BAD]!.id)
    expect(await rescheduleRectifications(ctx, now())).toBe(8)
    expect(await asides()).toMatchObject([{ ref: `rectifications ${rectifications[BAD]!.id}` }])
  })

  it('of sites that a plan pauses, and of plans', async () => {
    const [from, to] = [new Date(now()).toISOString(), new Date(now() + HOUR).toISOString()]
    await poison('site', 'id', sites[BAD]!.id)
    await filePause(ctx, people.duty, {
      target: { kind: 'district', district: '440106' },
      from,
      to,
      repeat: null,
      reason: '机房检修',
    })
    await carryOutPauses(ctx, now())
    const paused = await ctx.db
      .selectFrom('site_state')
      .select('site_id')
      .where('availability', '=', 'paused')
      .where(
        'site_id',
        'in',
        sites.map(({ id }) => id),
      )
      .execute()
    expect(paused).toHaveLength(8)
    expect(await asides()).toMatchObject([{ ref: `pauses ${sites[BAD]!.id}`, site_id: sites[BAD]!.id }])
    expect(
      await ctx.db.selectFrom('pause_plan').select('window_from').execute(),
      'and the plan goes on',
    ).toEqual([{ window_from: new Date(now()) }])
  })

  it('of sites that are not measured in time, and the alarm is raised', async () => {
    await ctx.db
      .updateTable('site_state')
      .set({ next_visit_at: new Date(now() - HOUR) })
      .execute()
    await poison('site_state', 'site_id', sites[BAD]!.id)
    await markStalled(ctx, now())
    const stalled = await ctx.db
      .selectFrom('site_state')
      .select('site_id')
      .where('cause', '=', 'stalled')
      .execute()
    expect(stalled.length).toBeGreaterThanOrEqual(8)
    const alarm = ctx.db.selectFrom('alert').select('severity').where('rule', '=', 'STALL')
    expect(await alarm.execute()).toEqual([{ severity: 'critical' }])
    expect(await asides()).toMatchObject([{ ref: `stalled ${sites[BAD]!.id}` }])
  })
})

describe('what is set aside', () => {
  it('is left alone by later looks, and done when somebody has it tried again', async () => {
    const alerts = await openAlerts()
    await escalateAlerts(ctx)
    await poison('alert', 'id', alerts[BAD]!.id)
    ctx.clock.advance(2 * HOUR)
    await escalateAlerts(ctx)
    ctx.clock.advance(MINUTE)
    await escalateAlerts(ctx)
    expect(await asides(), 'not tried at every look').toMatchObject([{ times: 1 }])
    await sql`drop trigger refuse on alert`.execute(ctx.db)
    const { id } = await ctx.db.selectFrom('set_aside').select('id').executeTakeFirstOrThrow()
    await endAside(ctx, people.admin, id)
    const facts = await ctx.told(() => escalateAlerts(ctx))
    expect(facts).toMatchObject([{ kind: 'alert.escalated', data: { alert: { id: alerts[BAD]!.id } } }])
  })

  it('is no item where the work fails for all of them: the step is at fault', async () => {
    const alerts = await openAlerts()
    await escalateAlerts(ctx)
    ctx.clock.advance(2 * HOUR)
    await sql`
      create or replace function refuse() returns trigger language plpgsql as $$
      begin raise exception 'row is refused' using errcode = '23514'; end $$
    `.execute(ctx.db)
    await sql`create trigger refuse before update on alert for each row execute function refuse()`.execute(
      ctx.db,
    )
    await expect(escalateAlerts(ctx)).rejects.toThrow('row is refused')
    expect(await asides()).toEqual([])
    expect(alerts).toHaveLength(9)
  })
})
