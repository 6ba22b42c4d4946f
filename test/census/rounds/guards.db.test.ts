import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDue } from '../../../server/census/rounds/due.ts'
import { closingReportOf } from '../../../server/census/rounds/guards/report.ts'
import { guardStateOf } from '../../../server/census/rounds/guards/state.ts'
import { listZeroReports, signZeroReport } from '../../../server/census/rounds/guards/zero-reports.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { closeRound, planRound, requireRound, voidRound } from '../../../server/census/rounds/service.ts'
import { listSubmissions } from '../../../server/census/rounds/submissions/queries.ts'
import { handInSubmission } from '../../../server/census/rounds/submissions/service.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { addRotation } from '../../../server/desk/duty/service.ts'
import { MINUTE, timeOn } from '../../../shared/base/time.ts'
import type { Round } from '../../../shared/census/rounds/rounds.ts'
import { answers } from '../../../shared/census/rounds/submissions/submissions.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { guardPlan } from '../../support/guards.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
let department: Principal
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  await makeSite(fresh.db, { district: '440105' })
  const bureau = await makeSite(fresh.db, { district: '4401-dept' })
  const account = { username: 'bureau', name: '何苗', role: 'unit' as const, password_hash: '' }
  department = await addUser(fresh.db, account, { kind: 'unit', unitId: bureau.unit_id })
})
afterAll(() => fresh.drop())

const at = (day: string, time: string) => ctx.clock.set(new Date(timeOn(day, time)).toISOString())
const plan = (guard: object = {}, more: object = {}) => planRound(ctx, people.duty, guardPlan(guard, more))
async function opened(guard: object = {}): Promise<Round> {
  ctx.clock.set(TUESDAY)
  const planned = await plan(guard)
  return openRound(ctx, people.duty, planned.id, planned)
}
const now = (id: number) => requireRound(ctx, ctx.db, people.duty, id)
const toSign = async (who: Principal, round: Round) =>
  (await listZeroReports(ctx.db, who, { round: round.id, isOpen: true }, { limit: 100 }, ctx.clock.now()))
    .items
const end = async (id: number) => {
  const { version } = await now(id)
  await voidRound(ctx, people.duty, id, { version, reason: '测试完毕' })
}

it('a plan whose poll outlasts it, or that covers nothing, is refused', async () => {
  ctx.clock.set(TUESDAY)
  expect((await refused(plan({}, { dueOn: '2026-03-12' }), 'invalid')).reason).toBe('rounds.pollAfterBegin')
  expect((await refused(plan({ districts: ['999999'] }), 'invalid')).reason).toBe('rounds.guardNowhere')
  expect((await refused(plan({ districts: ['440103'] }), 'invalid')).reason).toBe('rounds.guardNowhere')
  expect((await refused(plan({}, { kind: 'deep' }), 'invalid')).reason).toBe('rounds.guardOfNoUse')
})

it('is opened on its day by the program, with a poll of the units that it covers; too late it is left alone', async () => {
  ctx.clock.set('2026-03-09T02:00:00Z')
  const [covered, gone] = [
    await plan({ districts: ['440106'] }),
    await plan({ from: '2026-03-12', to: '2026-03-12' }),
  ]
  at('2026-03-13', '09:00')
  await openDue(ctx)
  expect(await now(gone.id)).toMatchObject({ state: 'planned' })
  expect(await now(covered.id)).toMatchObject({ state: 'open', sites: 1, count: { total: 1, overdue: 1 } })
  await end(covered.id)
  await end(gone.id)
})

describe('zero reports', () => {
  it('are signed at their hours by each district and department, with nothing or with what happened', async () => {
    const round = await opened()
    at('2026-03-12', '06:59')
    expect(await toSign(people.tianhe, round), 'too early').toEqual([])
    at('2026-03-12', '07:30')
    const [mine] = await toSign(people.tianhe, round)
    if (!mine) throw new Error('nothing to sign')
    expect(mine).toMatchObject({ standing: 'open', name: '两会保障', may: ['sign'] })
    await refused(signZeroReport(ctx, people.haizhu, mine.id, { happened: '' }), 'not_found')
    await refused(signZeroReport(ctx, people.duty, mine.id, { happened: '' }), 'forbidden')
    const facts = await ctx.told(() => signZeroReport(ctx, people.tianhe, mine.id, { happened: '' }))
    expect(facts).toMatchObject([{ kind: 'zeroReport.signed', district: '440106' }])
    expect(
      (await refused(signZeroReport(ctx, people.tianhe, mine.id, { happened: '' }), 'conflict')).message,
    ).toContain('李晓燕')
    expect(await toSign(people.tianhe, round)).toEqual([])
    const [bureau] = await toSign(department, round)
    expect(
      await signZeroReport(ctx, department, bureau?.id ?? 0, { happened: '机房断电 5 分钟' }),
    ).toMatchObject({
      happened: '机房断电 5 分钟',
      standing: 'onTime',
    })
    expect(await toSign(people.owner, round), 'the district reports for its units').toEqual([])
    await end(round.id)
  })

  it('not signed within the grace are missing; signed later they are late', async () => {
    const round = await opened()
    at('2026-03-12', '08:31')
    const counts = async () => (await guardStateOf(ctx, people.tianhe.scope, await now(round.id))).zero
    expect(await counts()).toEqual([{ district: '440106', due: 1, onTime: 0, late: 0, missing: 1 }])
    const [mine] = await toSign(people.tianhe, round)
    expect(await signZeroReport(ctx, people.tianhe, mine?.id ?? 0, { happened: '' })).toMatchObject({
      standing: 'late',
    })
    expect(await counts()).toEqual([{ district: '440106', due: 1, onTime: 0, late: 1, missing: 0 }])
    await end(round.id)
  })

  it('of a period opened late are asked for at those hours alone that were still to come', async () => {
    at('2026-03-11', '09:00')
    const planned = await plan({ districts: ['440106'] })
    at('2026-03-12', '08:31')
    const round = await openRound(ctx, people.duty, planned.id, planned)
    const rows = await fresh.db
      .selectFrom('census_zero_report')
      .select('due_at')
      .where('round_id', '=', round.id)
      .orderBy('due_at')
      .execute()
    expect(rows.map(({ due_at }) => due_at.toISOString())).toEqual(
      ['2026-03-12T09:00', '2026-03-13T00:00', '2026-03-13T09:00'].map((one) => `${one}:00.000Z`),
    )
    await end(round.id)
  })

  it('of two periods that overlap are signed at once', async () => {
    const [one, other] = [await opened(), await opened({ name: '专项保障', districts: ['440106'] })]
    at('2026-03-12', '08:00')
    const [mine] = await toSign(people.tianhe, one)
    await signZeroReport(ctx, people.tianhe, mine?.id ?? 0, { happened: '' })
    expect(await toSign(people.tianhe, other)).toEqual([])
    await end(one.id)
    await end(other.id)
  })
})

it('shows where nobody is on duty in it', async () => {
  const round = await opened({ districts: ['440106'] })
  const rotation = { district: '440106', userIds: [people.tianhe.id], from: '2026-03-12', to: '2026-03-12' }
  await addRotation(ctx, people.tianhe, { ...rotation, handoverAt: '00:00', hours: 24 })
  const { desks } = await guardStateOf(ctx, people.duty.scope, await now(round.id))
  expect(desks).toMatchObject([
    { district: null, hours: 48, uncovered: 48 },
    {
      district: '440106',
      uncovered: 24,
      gaps: [{ from: new Date(timeOn('2026-03-13', '00:00')).toISOString() }],
    },
  ])
  await end(round.id)
})

it('is closed with a report of outages, zero reports, roster and poll, which stays as it was made', async () => {
  const round = await opened({ districts: ['440106', '440105'], everyS: 60 })
  const [poll] = (
    await listSubmissions(ctx.db, people.owner, { round: round.id }, { limit: 9 }, await todayOf(ctx, ctx.db))
  ).items
  const unready = answers.parse({ sites: [{ siteId: site.id, agrees: false, note: '证书未换' }] })
  await handInSubmission(ctx, people.owner, poll?.id ?? 0, {
    ...{ version: poll?.version ?? 0, answers: unready, signature: people.owner.name },
  })
  const openedAt = new Date(timeOn('2026-03-12', '10:00'))
  const later = (minutes: number) => new Date(openedAt.getTime() + minutes * MINUTE)
  await makeAlert(fresh.db, {
    ...{ site, opened_at: openedAt, status: 'resolved', acknowledged_by: people.duty.id },
    ...{ acknowledged_at: later(6), resolved_at: later(40), resolved_by: null },
  })
  at('2026-03-12', '08:10')
  for (const one of await toSign(people.tianhe, round))
    await signZeroReport(ctx, people.tianhe, one.id, { happened: '' })
  const version = (await now(round.id)).version
  expect((await refused(closeRound(ctx, people.duty, round.id, { version }), 'conflict')).reason).toBe(
    'rounds.guardRuns',
  )
  at('2026-03-14', '09:00')
  expect(await now(round.id)).toMatchObject({ standing: 'running', guard: { phase: 'over' } })
  await closeRound(ctx, people.duty, round.id, { version })
  const report = await closingReportOf(ctx, people.duty, await now(round.id))
  expect(report).toMatchObject({
    ...{
      final: true,
      madeBy: { name: people.duty.name },
      all: { outages: 1, outageSites: 1, due: 8, onTime: 1, missing: 7 },
    },
    outages: [{ site: site.name, takenBy: people.duty.name }],
    unready: [{ site: site.name, why: '证书未换' }],
  })
  expect(report.districts.find(({ district }) => district === '440106')).toMatchObject({
    ...{ sites: 1, asked: 1, answered: 1, unready: 1, onTime: 1, missing: 3 },
    ...{ taken: { n: 1, median: 6, longest: 6 }, recovered: { n: 1, median: 40, longest: 40 } },
  })
  await fresh.db.deleteFrom('alert').execute()
  expect(await closingReportOf(ctx, people.duty, await now(round.id))).toEqual(report)
  // A district reads of itself, a unit of its own sites.
  const part = await closingReportOf(ctx, people.haizhu, await now(round.id))
  expect(part).toMatchObject({ all: null, districts: [{ district: '440105' }], outages: [], unready: [] })
  const own = await closingReportOf(ctx, people.owner, await now(round.id))
  expect(own).toMatchObject({ districts: [], desks: [], outages: [{ site: site.name }] })
})

it('is closed while an outage is open, which comes first, and before the grace of its last hour: what is unsigned then is missing', async () => {
  const round = await opened({ districts: ['440106'], hours: ['23:50'], graceMin: 120 })
  const ended = { status: 'resolved' as const, resolved_by: null }
  await makeAlert(fresh.db, {
    ...{ site, ...ended, opened_at: new Date(timeOn('2026-03-12', '10:00')) },
    resolved_at: new Date(timeOn('2026-03-13', '10:00')),
  })
  const { id } = await makeAlert(fresh.db, { site, opened_at: new Date(timeOn('2026-03-13', '22:00')) })
  at('2026-03-14', '00:30')
  const running = await closingReportOf(ctx, people.duty, await now(round.id))
  expect(running.all, 'the last can still be signed').toMatchObject({ due: 2, missing: 1 })
  await closeRound(ctx, people.duty, round.id, { version: (await now(round.id)).version })
  const report = await closingReportOf(ctx, people.duty, await now(round.id))
  expect(report.outages).toMatchObject([{ alertId: id, resolvedAt: null }, {}])
  expect(report.all).toMatchObject({ due: 2, onTime: 0, late: 0, missing: 2 })
  expect(report.noted).toMatchObject([{ standing: 'missing' }, { standing: 'missing' }])
  await fresh.db.deleteFrom('alert').execute()
})
