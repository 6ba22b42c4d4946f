import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAlerts } from '../../../server/desk/alerts/queries.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { waitingFor } from '../../../server/desk/notifications/delivery/waiting.ts'
import { filePause } from '../../../server/desk/pauses/service.ts'
import { listRectifications } from '../../../server/desk/rectifications/queries.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { alertWaitsFor } from '../../../shared/desk/notifications/waiting-rules.ts'
import { STAGES } from '../../../shared/desk/rectifications/rectifications-rules.ts'
import { rectificationWaitsFor } from '../../../shared/desk/rectifications/waiting-rules.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let mine: MadeSite
let others: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  ctx.clock.set(TUESDAY)
  people = await makePeople(fresh.db)
  mine = await makeSite(ctx.db, { unit_id: people.unitId })
  others = await makeSite(ctx.db)
})
afterAll(() => fresh.drop())

const ROLES = ['duty', 'colleague', 'tianhe', 'haizhu', 'owner', 'vendor', 'viewer', 'admin'] as const
const EVERYTHING = { limit: 10_000 }

async function makeIncident(key: string): Promise<number> {
  const at = new Date(TUESDAY)
  const { id } = await ctx.db
    .insertInto('incident')
    .values({ kind: 'platform', key, opened_at: at, changed_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Everything that an alert may be as to whom it waits for. */
async function makeEveryAlert(): Promise<void> {
  const given = [null, people.owner.id, people.tianhe.id, people.duty.id]
  const incident = await makeIncident('平台')
  const left = await makeIncident('已解除告警的平台')
  const own = { escalation_level: 'workgroup' as const, escalated_at: new Date(TUESDAY) }
  await makeAlert(ctx.db, { site: null, rule: 'LINE', ...own })
  await makeAlert(ctx.db, { site: null, rule: 'PLATFORM', incident_id: incident, ...own })
  const resolved = {
    status: 'resolved' as const,
    resolved_at: new Date(TUESDAY),
    resolved_by: people.duty.id,
  }
  await makeAlert(ctx.db, { site: null, rule: 'PLATFORM', incident_id: left, ...resolved })
  for (const unit of [people.unitId, others.unit_id])
    for (const status of ['open', 'acknowledged'] as const)
      for (const assignee of given)
        for (const level of [null, 'unit', 'district', 'workgroup'] as const)
          for (const silenced of [null, -DAY, DAY])
            for (const incidentId of [null, incident, left]) {
              const escalation = level && { escalation_level: level, escalated_at: new Date(TUESDAY) }
              await makeAlert(ctx.db, {
                site: await makeSite(ctx.db, { unit_id: unit }),
                status,
                acknowledged_by: status === 'acknowledged' ? people.vendor.id : null,
                acknowledged_at: status === 'acknowledged' ? new Date(TUESDAY) : null,
                assignee_id: assignee,
                assigned_unit_id: assignee === null && unit === others.unit_id ? people.unitId : null,
                silenced_until: silenced === null ? null : new Date(TUESDAY + silenced),
                silence_reason: silenced === null ? null : '检修',
                incident_id: incidentId,
                ...escalation,
              })
            }
}

async function makeEveryRectification(): Promise<void> {
  const paused = (until: string) =>
    JSON.stringify({ until, reason: '迁移', by: null, at: '2026-03-01T00:00:00.000Z' })
  for (const site of [mine, others])
    for (const stage of STAGES)
      for (const assignee of [null, people.owner.id, people.tianhe.id])
        for (const rule of [null, 'OTHER'])
          for (const by of [people.duty.id, people.colleague.id])
            for (const pause of [null, paused('2026-03-09'), paused('2026-03-10')])
              await ctx.db
                .insertInto('rectification')
                .values({
                  site_id: site.id,
                  unit_id: site.unit_id,
                  stage,
                  assignee_id: assignee,
                  raised_by: by,
                  raised_at: new Date(TUESDAY),
                  due_on: '2026-03-31',
                  due_workdays: 10,
                  returned_count: 0,
                  relapses: 0,
                  overridden: false,
                  rule,
                  problem: rule && '留言未答复',
                  pause,
                  closed_at: stage === 'closed' ? new Date(TUESDAY) : null,
                  version: 1,
                })
                .execute()
}

describe('what waits for somebody', () => {
  it('a unit that has said that it has its alert in hand is not waited for until then', async () => {
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    const { id, version } = await makeAlert(ctx.db, { site })
    const seen = async () => {
      const now = ctx.clock.now()
      const { items } = await listAlerts(ctx.db, people.owner.scope, { status: 'live' }, EVERYTHING)
      const listed = items.filter((one) => alertWaitsFor(one, people.owner, now)).length
      expect((await waitingFor(ctx.db, people.owner, now)).alerts).toBe(listed)
      return listed
    }
    expect(await seen()).toBe(1)
    const until = new Date(ctx.clock.now() + HOUR).toISOString()
    await commandAlert(ctx, people.owner, { id, version }, { action: 'acknowledge', until })
    expect(await seen()).toBe(0)
    ctx.clock.advance(2 * HOUR)
    expect(await seen()).toBe(1)
    ctx.clock.set(TUESDAY)
    await ctx.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(TUESDAY) })
      .execute()
  })

  it('sites of a shared failure wait for nobody while its alert stands, and each for its unit once that was resolved', async () => {
    const incidentId = await makeIncident('石牌街道平台')
    const evidence = JSON.stringify({ kind: 'platform', key: '石牌街道平台', sites: 3, down: 1 })
    const given = { site: null, rule: 'PLATFORM' as const, incident_id: incidentId, evidence }
    const { id, version } = await makeAlert(ctx.db, given)
    const site = await makeSite(ctx.db, { unit_id: people.unitId })
    await makeAlert(ctx.db, { site, incident_id: incidentId })
    const now = ctx.clock.now()
    expect((await waitingFor(ctx.db, people.owner, now)).alerts).toBe(0)
    const note = '平台已恢复'
    const told = await ctx.told(() =>
      commandAlert(ctx, people.duty, { id, version }, { action: 'resolve', note }),
    )
    expect((await waitingFor(ctx.db, people.owner, now)).alerts).toBe(1)
    const heard = told.flatMap(({ data }) => ('alert' in data ? [data.alert] : []))
    expect(heard.filter((one) => alertWaitsFor(one, people.owner, now))).toMatchObject([{ siteId: site.id }])
    await ctx.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(TUESDAY) })
      .execute()
  })

  it('is the same for the badge that counts it and for the list that it leads to', async () => {
    await makeEveryAlert()
    await makeEveryRectification()
    const now = ctx.clock.now()
    const counted: Record<string, readonly [number, number]> = {}
    for (const role of ROLES) {
      const who = people[role]
      const alerts = await listAlerts(ctx.db, who.scope, { status: 'live' }, EVERYTHING)
      const open = await listRectifications(ctx.db, who.scope, { stage: 'open', now }, EVERYTHING)
      const listed = [
        alerts.items.filter((one) => alertWaitsFor(one, who, now)).length,
        open.items.filter((one) => rectificationWaitsFor(one, who, now)).length,
      ] as const
      const { alerts: a, rectifications: r } = await waitingFor(ctx.db, who, now)
      expect([a, r], role).toEqual(listed)
      counted[role] = listed
    }
    expect(counted.viewer).toEqual([0, 0])
    for (const role of ['duty', 'tianhe', 'owner']) {
      expect(
        counted[role]?.every((n) => n > 0),
        role,
      ).toBe(true)
    }
  })

  it('planned downtime is counted apart from requests: they are answered on different pages', async () => {
    const before = await waitingFor(ctx.db, people.duty, ctx.clock.now())
    await filePause(ctx, people.owner, {
      target: { kind: 'site', siteId: mine.id },
      reason: '机房检修',
      from: new Date(TUESDAY + DAY).toISOString(),
      to: new Date(TUESDAY + 2 * DAY).toISOString(),
      repeat: null,
    })
    const after = await waitingFor(ctx.db, people.duty, ctx.clock.now())
    expect(after).toEqual({ ...before, pauses: before.pauses + 1 })
  })
})
