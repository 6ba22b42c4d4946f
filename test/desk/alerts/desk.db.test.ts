import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { falseAlarmFigures } from '../../../server/desk/alerts/false-alarm-figures.ts'
import { followAlerts, type SiteChange } from '../../../server/desk/alerts/follow.ts'
import { peopleWhoSee } from '../../../server/desk/alerts/mentions.ts'
import { findAlert, lockAlerts } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commandAlerts, commentAlert } from '../../../server/desk/alerts/service.ts'
import { markFalseAlarm } from '../../../server/desk/findings/false-alarm.ts'
import { findSignals } from '../../../server/monitor/findings/queries.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
let alert: Alert
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

/** A fresh outage of a site of 张磊's unit in Tianhe. */
beforeEach(async () => {
  site = await makeSite(ctx.db, { unit_id: people.unitId })
  alert = await current((await makeAlert(ctx.db, { site, opened_at: new Date(ctx.clock.now()) })).id)
})

async function current(id: number): Promise<Alert> {
  const found = await findAlert(ctx.db, { kind: 'city' }, id)
  if (!found) throw new Error(`no alert ${id}`)
  return found
}
const monitorSees = (change: Omit<SiteChange, 'siteId' | 'evidence'>) =>
  ctx.db.transaction().execute(async (tx) => {
    const facts = await followAlerts(tx, [{ siteId: site.id, evidence: {}, ...change }], ctx.clock.now())
    return appendFacts(tx, facts)
  })
const kinds = (facts: readonly { kind: string }[]) => facts.map((fact) => fact.kind)

describe('an acknowledgement taken back', () => {
  test('leaves the alert open for somebody else, and says who did it', async () => {
    const taken = await commandAlert(ctx, people.duty, alert, { action: 'acknowledge', note: '已联系' })
    const facts = await ctx.told(() =>
      commandAlert(ctx, people.colleague, taken, { action: 'unacknowledge', note: '交班' }),
    )
    expect(facts).toMatchObject([
      { kind: 'alert.unacknowledged', actor: { name: '陈浩' }, data: { text: '交班' } },
    ])
    expect(await current(alert.id)).toMatchObject({ status: 'open', acknowledgedBy: null, note: null })
  })

  test('is refused where there is none', async () => {
    await refused(commandAlert(ctx, people.duty, alert, { action: 'unacknowledge' }), 'conflict')
  })
})

describe('a unit', () => {
  test('is given the alert as a whole, instead of a person', async () => {
    const given = await commandAlert(ctx, people.duty, alert, {
      action: 'assign',
      assigneeId: people.owner.id,
    })
    const toUnit = await commandAlert(ctx, people.duty, given, { action: 'assign', toUnit: true })
    expect(toUnit).toMatchObject({
      assignee: null,
      assignedUnit: { id: people.unitId, name: '天河区石牌街道办事处' },
    })
    const back = await commandAlert(ctx, people.duty, toUnit, {
      action: 'assign',
      assigneeId: people.owner.id,
    })
    expect(back).toMatchObject({ assignee: { name: '张磊' }, assignedUnit: null })
  })

  test('is not given what is of the whole city', async () => {
    const city = await makeAlert(ctx.db, { site: null, rule: 'LINE' })
    await refused(commandAlert(ctx, people.duty, city, { action: 'assign', toUnit: true }), 'invalid')
  })
})

describe("a person's severity", () => {
  test('stands while the monitor judges as before, and falls when it judges anew', async () => {
    const command = { action: 'regrade', severity: 'minor', reason: '夜间维护' } as const
    expect(await commandAlert(ctx, people.duty, alert, command)).toMatchObject({
      severity: 'minor',
      monitorSeverity: 'major',
    })
    expect(await monitorSees({ rule: 'DOWN', wanted: 'major' })).toEqual([])
    expect(kinds(await monitorSees({ rule: 'DOWN', wanted: 'critical' }))).toEqual(['alert.raised'])
    expect(await current(alert.id)).toMatchObject({ severity: 'critical', monitorSeverity: null })
  })

  test('is not for districts, and has to be another one', async () => {
    const set = (severity: 'major' | 'minor') => ({ action: 'regrade', severity, reason: '已知' }) as const
    await refused(commandAlert(ctx, people.tianhe, alert, set('minor')), 'forbidden')
    await refused(commandAlert(ctx, people.duty, alert, set('major')), 'invalid')
  })
})

describe('a comment that calls on people', () => {
  test('is told with their names, and the alert is theirs to look at', async () => {
    const facts = await ctx.told(() =>
      commentAlert(ctx, people.duty, alert.id, {
        text: '@张磊 请查看',
        mentions: [people.owner.id, people.owner.id],
      }),
    )
    expect(facts).toMatchObject([
      {
        kind: 'alert.commented',
        data: { mentions: [{ name: '张磊' }], alert: { mentioned: [people.owner.id], version: 1 } },
      },
    ])
    expect((await current(alert.id)).mentioned).toEqual([people.owner.id])
  })

  test('calls on nobody who cannot see the alert, and then nothing is said', async () => {
    const facts = await ctx.told(() =>
      refused(
        commentAlert(ctx, people.duty, alert.id, { text: '@黄海涛', mentions: [people.haizhu.id] }),
        'invalid',
      ),
    )
    expect(facts).toEqual([])
    const names = (await peopleWhoSee(ctx.db, alert)).map(({ name }) => name)
    expect(names).toContain('张磊')
    expect(names).toContain('李晓燕')
    expect(names).not.toContain('黄海涛')
  })
})

describe('a false alarm', () => {
  test('resolves an outage with its reason, and is counted', async () => {
    const before = await downFigure()
    const facts = await ctx.told(() =>
      markFalseAlarm(ctx, people.duty, alert, { reason: '防火墙拦截了监测' }),
    )
    expect(facts).toMatchObject([{ kind: 'alert.falsified', data: { text: '防火墙拦截了监测' } }])
    expect(await current(alert.id)).toMatchObject({
      status: 'resolved',
      resolvedBy: { name: '王敏' },
      falseAlarm: { reason: '防火墙拦截了监测', updatedOn: null, evidenceId: null },
    })
    expect((await downFigure()).falseAlarms).toBe(before.falseAlarms + 1)
  })

  const downFigure = async () => {
    const [down] = await falseAlarmFigures(ctx.db, { kind: 'city' }, new Date(0))
    if (down?.rule !== 'DOWN') throw new Error('no figure of DOWN')
    return down
  }

  test('comes back, no longer false, if the monitor still sees the outage', async () => {
    await markFalseAlarm(ctx, people.duty, alert, { reason: '误判' })
    expect(kinds(await monitorSees({ rule: 'DOWN', wanted: 'major' }))).toEqual(['alert.reopened'])
    expect(await current(alert.id)).toMatchObject({ status: 'open', falseAlarm: null, recurrences: 1 })
  })

  test('is marked by nobody who only owns the site', async () => {
    await refused(markFalseAlarm(ctx, people.owner, alert, { reason: '误判' }), 'forbidden')
    await refused(markFalseAlarm(ctx, people.tianhe, alert, { reason: '误判' }), 'forbidden')
  })

  describe('of a stale site', () => {
    let stale: Alert
    beforeEach(async () => {
      site = await makeSite(
        ctx.db,
        { unit_id: people.unitId },
        {
          v2: 'violated',
          state: 'dormant',
          newest: '2026-02-01',
          finding: JSON.stringify(datedFinding('2026-02-01')),
        },
      )
      stale = await current((await makeAlert(ctx.db, { site, rule: 'V2', severity: 'critical' })).id)
    })

    test('is a finding of the date that the person saw, by which the site is judged', async () => {
      const facts = await ctx.told(() =>
        markFalseAlarm(ctx, people.duty, stale, { reason: '日期在图片里', updatedOn: '2026-03-09' }),
      )
      expect(kinds(facts)).toEqual(['alert.falsified', 'site.changed'])
      expect(await findSignals(ctx.db, site.id, ctx.clock.now())).toMatchObject({
        said: { by: { name: '王敏' }, updatedOn: '2026-03-09', note: '日期在图片里', holds: true },
      })
      expect(await current(stale.id)).toMatchObject({ falseAlarm: { updatedOn: '2026-03-09' } })
    })

    test('needs the date, and one that makes the site fresh; otherwise nothing is changed', async () => {
      const mark = (updatedOn?: string) =>
        markFalseAlarm(ctx, people.duty, stale, { reason: '误判', updatedOn })
      await refused(mark(), 'invalid')
      await refused(mark('2026-02-02'), 'invalid')
      await refused(mark('2099-01-01'), 'invalid')
      expect(await current(stale.id)).toEqual(stale)
      expect(await findSignals(ctx.db, site.id, ctx.clock.now())).toMatchObject({ said: null })
    })

    test('is not marked together with others', async () => {
      const [one] = await commandAlerts(ctx, people.duty, [stale], { action: 'falseAlarm', reason: '误判' })
      expect(one).toMatchObject({ refusal: { code: 'invalid' } })
    })
  })
})

describe('an incident', () => {
  /** Three sites of a platform that are down, and their one alert. */
  async function incident(): Promise<{ id: number; members: Alert[] }> {
    const at = new Date(ctx.clock.now())
    const { id } = await ctx.db
      .insertInto('incident')
      .values({ kind: 'platform', key: `平台${alert.id}`, opened_at: at, changed_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    const members: Alert[] = []
    for (let i = 0; i < 3; i++) {
      const down = { availability: 'down', state: 'down', since: at, cause: 'timeout' } as const
      const one = await makeSite(ctx.db, { platform: `平台${alert.id}` }, down)
      members.push(await current((await makeAlert(ctx.db, { site: one, incident_id: id })).id))
    }
    const evidence = JSON.stringify({ kind: 'platform', key: `平台${alert.id}`, sites: 3, down: 3 })
    await makeAlert(ctx.db, { site: null, rule: 'PLATFORM', incident_id: id, evidence })
    return { id, members }
  }

  test('takes an outage in by hand, and its own alert counts it', async () => {
    const { id } = await incident()
    const facts = await ctx.told(() =>
      commandAlert(ctx, people.duty, alert, { action: 'merge', incidentId: id }),
    )
    expect(facts).toMatchObject([
      { kind: 'alert.merged', data: { alert: { id: alert.id, incidentId: id } } },
      { kind: 'alert.grouped', data: { alert: { rule: 'PLATFORM', evidence: { sites: 4, down: 4 } } } },
    ])
  })

  test('lets one go, and the monitor does not put it back', async () => {
    const { id, members } = await incident()
    const [first] = members
    if (!first) throw new Error('no member')
    const facts = await ctx.told(() => commandAlert(ctx, people.duty, first, { action: 'split' }))
    expect(facts).toMatchObject([
      { kind: 'alert.split', data: { alert: { id: first.id, incidentId: null } } },
      { kind: 'alert.grouped', data: { alert: { rule: 'PLATFORM', evidence: { sites: 2, down: 2 } } } },
    ])
    // A second look at the incident: the site still fits it in all but a person's word.
    const [second] = members.slice(1)
    if (second) await commandAlert(ctx, people.duty, second, { action: 'split' })
    expect((await current(first.id)).incidentId).toBeNull()
    expect(id).toBeGreaterThan(0)
  })

  test('takes in outages only, and only while it lasts', async () => {
    const { id } = await incident()
    const stale = await makeAlert(ctx.db, { site, rule: 'V2' })
    const merge = { action: 'merge', incidentId: id } as const
    await refused(commandAlert(ctx, people.duty, stale, merge), 'invalid')
    await refused(commandAlert(ctx, people.duty, alert, { ...merge, incidentId: 999_999 }), 'invalid')
    await refused(commandAlert(ctx, people.tianhe, alert, merge), 'invalid')
    await refused(commandAlert(ctx, people.duty, alert, { action: 'split' }), 'invalid')
  })
})

test('an alert whose acknowledgement ran out says whose it was until somebody acknowledges again', async () => {
  const { forgetAcknowledgements } = await import('../../../server/desk/alerts/forget.ts')
  await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })
  const later = ctx.clock.now() + 4 * 3_600_000
  await forgetAcknowledgements(ctx, later)
  const forgotten = await current(alert.id)
  expect(forgotten).toMatchObject({ status: 'open', forgotten: { by: { name: '王敏' } } })
  const again = await commandAlert(ctx, people.colleague, forgotten, { action: 'acknowledge' })
  expect(again.forgotten).toBeNull()
  expect(await ctx.db.transaction().execute((tx) => lockAlerts(tx, [alert.id]))).toHaveProperty('size', 1)
})
