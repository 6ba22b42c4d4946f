import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { findAlert } from '../../../server/desk/alerts/queries.ts'
import { findRectification, listOpenRectifications } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import {
  followRectifications,
  followRelapses,
  type MeasuredVisit,
} from '../../../server/desk/rectifications/verify.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, MINUTE } from '../../../shared/base/time.ts'
import type { Severity } from '../../../shared/desk/alerts/alerts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = { ...testContext(fresh), config: { ...testContext(fresh).config, verifyGoodVisits: 2 } }
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  site = await makeSite(ctx.db, { unit_id: people.unitId, name: '石牌街道办事处' })
})

const kinds = (facts: Fact[]) => facts.map((fact) => fact.kind)
async function rectificationNow(id: number): Promise<Rectification> {
  const rectification = await findRectification(ctx.db, { kind: 'city' }, id)
  if (!rectification) throw new Error(`no rectification ${id}`)
  return rectification
}
const raiseFrom = async (...alertIds: number[]) =>
  raiseRectification(ctx, people.duty, { alertIds, dueWorkdays: 10 })

const good: MeasuredVisit = {
  siteId: 0,
  atMs: 0,
  good: true,
  cause: null,
  extra: false,
  down: false,
  v1: 'ok',
  share: 1.2,
  v2: 'ok',
  v3: 'ok',
  newest: '2026-03-09',
  readAgain: false,
}
/** The monitor visits, five minutes later. */
const visit = (...seen: Partial<MeasuredVisit>[]): Promise<Fact[]> =>
  ctx.told(() => {
    const now = ctx.clock.advance(5 * MINUTE)
    const visits = seen.map((one) => ({ ...good, siteId: site.id, atMs: now, ...one }))
    return ctx.db.transaction().execute(async (tx) => {
      await appendFacts(tx, await followRectifications(tx, visits, now, ctx.config))
    })
  })
/** The monitor's verdict on the site comes to this alert, or none. */
const verdict = (wanted: Severity | null, rule: 'DOWN' | 'V1' | 'V2' = 'DOWN'): Promise<Fact[]> =>
  ctx.told(() =>
    ctx.db.transaction().execute(async (tx) => {
      const now = ctx.clock.now()
      const facts = await followAlerts(
        tx,
        [{ siteId: site.id, rule, wanted, evidence: { cause: 'timeout' } }],
        now,
      )
      await appendFacts(tx, [...facts, ...(await followRelapses(tx, facts, now))])
    }),
  )

test('an outage: raised, assigned, accepted, submitted, returned, submitted again, verified', async () => {
  const alert = await makeAlert(ctx.db, { site, severity: 'critical' })
  ctx.clock.set('2026-03-10T02:00:00Z')

  const rectification = await raiseFrom(alert.id)
  expect(rectification, 'raised for the unit of the site, due in ten working days').toMatchObject({
    siteName: '石牌街道办事处',
    unitId: people.unitId,
    unit: '天河区石牌街道办事处',
    stage: 'raised',
    rules: ['DOWN'],
    alertIds: [alert.id],
    raisedBy: { name: '王敏' },
    dueOn: '2026-03-24',
    assignee: null,
    version: 1,
  })
  expect(await findAlert(ctx.db, { kind: 'city' }, alert.id), 'the alert tells of it').toMatchObject({
    rectificationId: rectification.id,
  })

  const assigned = await takeStep(ctx, people.tianhe, rectification, {
    step: 'assign',
    assigneeId: people.owner.id,
  })
  expect(assigned).toMatchObject({ stage: 'assigned', assignee: { name: '张磊' } })
  const accepted = await takeStep(ctx, people.owner, assigned, { step: 'accept' })
  expect(accepted).toMatchObject({ stage: 'accepted', version: 3 })

  const submittedAt = ctx.clock.now()
  const submitted = await takeStep(ctx, people.owner, accepted, { step: 'submit', note: '已更换服务器' })
  expect(submitted, 'it waits for the monitor').toMatchObject({
    stage: 'submitted',
    submittedNote: '已更换服务器',
    verification: { goodVisits: 0, neededVisits: 2, result: null },
  })
  expect(
    await ctx.db.selectFrom('site_state').selectAll().where('site_id', '=', site.id).executeTakeFirst(),
    'which is to come at once and read the page anew',
  ).toMatchObject({ next_visit_at: new Date(submittedAt), read_again: true })

  expect(
    await visit({ atMs: submittedAt - 1, down: true, good: false }),
    'what was before counts for nothing',
  ).toEqual([])
  expect(kinds(await visit({})), 'the monitor has looked').toEqual(['rectification.verifying'])
  const returned = await visit({ good: false, cause: 'http_5xx', down: true })
  expect(kinds(returned), 'down again: no').toEqual(['rectification.returned'])
  expect(returned[0]).toMatchObject({ actor: null, data: { text: 'down_again' } })
  const again = await rectificationNow(rectification.id)
  expect(again).toMatchObject({
    stage: 'returned',
    returnedCount: 1,
    verification: {
      result: 'down_again',
      cause: 'http_5xx',
      measuredAt: new Date(ctx.clock.now()).toISOString(),
    },
  })

  ctx.clock.advance(DAY)
  const second = await takeStep(ctx, people.owner, again, { step: 'submit' })
  await visit({})
  expect(
    kinds(await visit({ good: false, cause: 'timeout' })),
    'a miss that is not confirmed is no news',
  ).toEqual([])
  expect(kinds(await visit({})), 'one good visit after it is no news either').toEqual([])
  expect((await rectificationNow(rectification.id)).version, 'counting overtakes nobody').toBe(
    second.version + 1,
  )
  const closed = await visit({})
  expect(kinds(closed), 'the second in a row closes it').toEqual(['rectification.closed'])
  expect(await rectificationNow(rectification.id)).toMatchObject({
    stage: 'closed',
    closedAt: new Date(ctx.clock.now()).toISOString(),
    verification: { goodVisits: 2, result: 'good_visits', share: 1.2 },
    returnedCount: 1,
  })
  expect(await visit({}), 'nothing more comes of it').toEqual([])
})

test('a dormant page: one reading after the submission decides', async () => {
  const v2 = {
    site,
    rule: 'V2',
    severity: 'critical',
    evidence: JSON.stringify({ newest: '2026-01-20' }),
  } as const
  const rectification = await raiseFrom((await makeAlert(ctx.db, v2)).id)
  const submitted = await takeStep(ctx, people.owner, rectification, { step: 'submit' })
  expect(submitted.verification).toMatchObject({ neededVisits: 1 })

  expect(kinds(await visit({ v2: 'violated', newest: '2026-01-20' })), 'not read anew').toEqual([
    'rectification.verifying',
  ])
  const stale = await visit({ v2: 'violated', newest: '2026-01-20', readAgain: true })
  expect(kinds(stale), 'read, and as old as before').toEqual(['rectification.returned'])
  expect(stale[0]).toMatchObject({ data: { text: 'still_dormant' } })

  await takeStep(ctx, people.owner, await rectificationNow(rectification.id), { step: 'submit' })
  const updated = await visit({ readAgain: true, extra: true, newest: '2026-03-09' })
  expect(kinds(updated), 'read, and newer').toEqual(['rectification.closed'])
  expect(updated[0]).toMatchObject({
    data: { text: 'page_updated', rectification: { verification: { newest: '2026-03-09' } } },
  })
})

test('several visits that are recorded together count one after another', async () => {
  const rectification = await raiseFrom((await makeAlert(ctx.db, { site })).id)
  await takeStep(ctx, people.owner, rectification, { step: 'submit' })
  const now = ctx.clock.now()
  const facts = await visit(
    { atMs: now + 3 },
    { atMs: now + 1, good: false, cause: 'reset' },
    { atMs: now + 2 },
  )
  expect(kinds(facts)).toEqual(['rectification.closed'])
})

describe('a relapse (整改一阵风)', () => {
  async function closedRectification(): Promise<Rectification> {
    await verdict('major')
    const [alert] = await ctx.db.selectFrom('alert').select('id').where('site_id', '=', site.id).execute()
    const rectification = await raiseFrom(alert?.id ?? 0)
    await takeStep(ctx, people.owner, rectification, { step: 'submit' })
    await verdict(null)
    await visit({})
    await visit({})
    return rectificationNow(rectification.id)
  }

  test('within 30 days re-opens the rectification, counts, and gives as many working days as at first', async () => {
    ctx.clock.set('2026-03-10T02:00:00Z')
    const rectification = await closedRectification()
    expect(rectification.stage).toBe('closed')
    ctx.clock.set('2026-04-02T02:00:00Z')

    const facts = await verdict('major')
    expect(kinds(facts), 'down again').toEqual(['alert.opened', 'rectification.relapsed'])
    const relapsed = await rectificationNow(rectification.id)
    expect(relapsed).toMatchObject({
      stage: 'returned',
      relapses: 1,
      closedAt: null,
      // Qingming (6 April) is off.
      dueOn: '2026-04-17',
      verification: { result: 'relapsed' },
    })
    expect(relapsed.alertIds, 'the new alert is the rectification’s business too').toHaveLength(2)
    expect(await verdict('critical'), 'getting worse is no second relapse').toHaveLength(1)

    await takeStep(ctx, people.owner, relapsed, { step: 'submit' })
    await visit({})
    expect(kinds(await visit({})), 'and it is verified like any other').toEqual(['rectification.closed'])
  })

  test('after 30 days it is another story', async () => {
    const rectification = await closedRectification()
    ctx.clock.advance(30 * DAY)
    expect(kinds(await verdict('major'))).toEqual(['alert.opened'])
    expect((await rectificationNow(rectification.id)).stage).toBe('closed')
  })

  test('by another rule, or an early warning only, is none', async () => {
    const rectification = await closedRectification()
    ctx.clock.advance(2 * DAY)
    expect(kinds(await verdict('critical', 'V2'))).toEqual(['alert.opened'])
    expect(kinds(await verdict('minor', 'V1'))).toEqual(['alert.opened'])
    expect((await rectificationNow(rectification.id)).stage).toBe('closed')
  })

  test('does not re-open an old rectification beside one that is open', async () => {
    const old = await closedRectification()
    ctx.clock.advance(2 * DAY)
    const other = await makeAlert(ctx.db, { site, rule: 'V1', severity: 'critical' })
    const open = await raiseFrom(other.id)
    await ctx.db
      .insertInto('rectification_alert')
      .values({ rectification_id: open.id, alert_id: old.alertIds[0] ?? 0 })
      .execute()
    expect(kinds(await verdict('major'))).toEqual(['alert.opened'])
    expect((await rectificationNow(old.id)).stage).toBe('closed')
  })
})

test('every rectification that is not closed is listed for the board', async () => {
  const rectification = await raiseFrom((await makeAlert(ctx.db, { site })).id)
  const open = await listOpenRectifications(ctx.db)
  expect(open.map((one) => one.id)).toContain(rectification.id)
  expect(open.every((one) => one.stage !== 'closed')).toBe(true)
})
