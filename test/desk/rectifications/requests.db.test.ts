import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inWords } from '../../../server/base/words/refusals.ts'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { commentAlert } from '../../../server/desk/alerts/service.ts'
import { waitingFor } from '../../../server/desk/notifications/delivery/waiting.ts'
import { findRectification, listRectifications } from '../../../server/desk/rectifications/queries.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { raiseMany } from '../../../server/desk/rectifications/raise/raise-many.ts'
import { commentRectification, takeStep } from '../../../server/desk/rectifications/service.ts'
import { appendDue } from '../../../server/desk/rectifications/terms/due-facts.ts'
import { followRectifications, followRelapses } from '../../../server/desk/rectifications/verify.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { type Rectification, raiseInput } from '../../../shared/desk/rectifications/rectifications.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(() => ctx.clock.set(TUESDAY))

async function newRectification(dueWorkdays = 10): Promise<Rectification> {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const alert = await makeAlert(ctx.db, { site })
  return raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays })
}
const rectificationNow = async (id: number): Promise<Rectification> => {
  const rectification = await findRectification(ctx.db, { kind: 'city' }, id)
  if (!rectification) throw new Error('no rectification')
  return rectification
}
const inboxOf = async (userId: number): Promise<string[]> => {
  const rows = await ctx.db
    .selectFrom('notification_delivery')
    .select('notice')
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return rows.map(({ notice }) => notice.title)
}
const ask = (rectification: Rectification, more: { kind?: 'extend' | 'pause'; until?: string } = {}) =>
  takeStep(ctx, people.owner, rectification, {
    step: 'ask',
    kind: 'extend',
    until: '2026-03-31',
    reason: '等待采购',
    ...more,
  })

describe('asking for more time or a pause', () => {
  test('is counted among what waits for whoever may grant it, and for nobody else, until it is answered', async () => {
    const requests = async (who: keyof Omit<People, 'unitId'>) =>
      (await waitingFor(ctx.db, people[who], ctx.clock.now())).requests
    const before = await requests('duty')
    const asked = await ask(await newRectification())
    expect([await requests('duty'), await requests('colleague')]).toEqual([before + 1, before + 1])
    expect([await requests('owner'), await requests('tianhe'), await requests('viewer')]).toEqual([0, 0, 0])
    await takeStep(ctx, people.duty, asked, { step: 'answer', grant: false, reason: '请按期完成' })
    expect(await requests('duty')).toBe(before)
  })

  test('waits for those who may grant it, who are told, and leaves the term as it is', async () => {
    const rectification = await newRectification()
    const before = await inboxOf(people.duty.id)
    const asked = await ask(rectification)
    expect(asked).toMatchObject({
      dueOn: rectification.dueOn,
      request: { kind: 'extend', until: '2026-03-31', reason: '等待采购', by: { name: '张磊' } },
    })
    expect((await inboxOf(people.duty.id)).slice(before.length)).toEqual([
      '张磊 申请延期至 2026-03-31：等待采购',
    ])
    const filter = { stage: 'open', asked: true, now: ctx.clock.now() } as const
    const { items } = await listRectifications(ctx.db, { kind: 'city' }, filter, { limit: 100 })
    expect(items.map(({ id }) => id)).toEqual([rectification.id])
    expect((await refused(ask(asked), 'conflict')).message).toContain('待答复')
    await takeStep(ctx, people.owner, asked, { step: 'withdraw' })
    expect(await rectificationNow(rectification.id)).toMatchObject({ request: null })
  })

  test('granted: the term ends on the day that was asked for, or another', async () => {
    const asked = await ask(await newRectification())
    const granted = await takeStep(ctx, people.duty, asked, { step: 'answer', grant: true })
    expect(granted).toMatchObject({ dueOn: '2026-03-31', request: null })
    const again = await ask(granted, { until: '2026-04-30' })
    // Saturday 11 April: the next day that is worked.
    const other = await takeStep(ctx, people.duty, again, {
      step: 'answer',
      grant: true,
      until: '2026-04-11',
    })
    expect(other).toMatchObject({ dueOn: '2026-04-13', request: null })
  })

  test('a pause is granted as one', async () => {
    const asked = await ask(await newRectification(), { kind: 'pause', until: '2026-03-17' })
    const granted = await takeStep(ctx, people.duty, asked, { step: 'answer', grant: true })
    expect(granted).toMatchObject({ pause: { until: '2026-03-17', workdays: 5 }, dueOn: '2026-03-31' })
  })

  test('refused: with the reason, and nothing else changes', async () => {
    const asked = await ask(await newRectification())
    const facts = await ctx.told(() =>
      takeStep(ctx, people.duty, asked, { step: 'answer', grant: false, reason: '请先自查' }),
    )
    expect(facts).toMatchObject([
      { kind: 'rectification.refused', data: { text: '请先自查', request: { by: { name: '张磊' } } } },
    ])
    expect(await rectificationNow(asked.id)).toMatchObject({ request: null, dueOn: asked.dueOn })
  })

  test('is for those who may not grant it themselves, of what can be granted', async () => {
    const rectification = await newRectification()
    await refused(ask(rectification, { until: rectification.dueOn }), 'invalid')
    await refused(ask(rectification, { kind: 'pause', until: '2026-03-10' }), 'invalid')
    const step = { step: 'ask', kind: 'extend', until: '2026-03-31', reason: '?' } as const
    await refused(takeStep(ctx, people.viewer, rectification, step), 'forbidden')
    await refused(takeStep(ctx, people.haizhu, rectification, step), 'not_found')
    const asked = await ask(rectification)
    await refused(takeStep(ctx, people.tianhe, asked, { step: 'answer', grant: true }), 'forbidden')
  })

  test('ends with the rectification that the monitor closes, and is in nobody’s way when it relapses', async () => {
    const quick = { ...ctx, config: { ...ctx.config, verifyGoodVisits: 1 } }
    const requests = async () => (await waitingFor(ctx.db, people.duty, ctx.clock.now())).requests
    const before = await requests()
    const asked = await ask(await newRectification())
    const { id, siteId } = asked
    await takeStep(quick, people.owner, asked, { step: 'submit' })
    const now = ctx.clock.advance(MINUTE)
    const visit = { siteId, atMs: now, readAgain: true, good: true, cause: null, extra: false }
    const verdicts = { down: false, v1: 'ok', v2: 'ok', v3: 'ok', share: 0, newest: '2026-03-09' } as const
    await ctx.db
      .transaction()
      .execute((tx) => followRectifications(tx, [{ ...visit, ...verdicts }], now, quick.config))
    expect(await rectificationNow(id)).toMatchObject({ stage: 'closed', request: null })
    const ofIt = () =>
      ctx.db.selectFrom('rectification_request').selectAll().where('rectification_id', '=', id)
    expect(await ofIt().execute()).toMatchObject([
      { state: 'lapsed', answered_by: null, answered_at: new Date(now) },
    ])

    // As a version before this one left it.
    await ctx.db
      .updateTable('rectification_request')
      .set({ state: 'open', answered_at: null })
      .where('rectification_id', '=', id)
      .execute()
    expect(await requests(), 'nobody can answer it').toBe(before)
    const change = { siteId, rule: 'DOWN', evidence: {} } as const
    for (const wanted of [null, 'critical'] as const) {
      await ctx.db.transaction().execute(async (tx) => {
        await followRelapses(tx, await followAlerts(tx, [{ ...change, wanted }], now), now)
      })
    }
    const relapsed = await rectificationNow(id)
    expect(relapsed).toMatchObject({ stage: 'returned', relapses: 1, request: null })
    expect(await ask(relapsed)).toMatchObject({ request: { kind: 'extend' } })
  })

  test('more time that is given unasked answers it', async () => {
    const asked = await ask(await newRectification())
    const given = await takeStep(ctx, people.duty, asked, { step: 'extend', dueWorkdays: 3, reason: '同意' })
    expect(given.request).toBeNull()
  })
})

describe('comments', () => {
  test('are kept with the rectification, overtake nobody, and mention people who may see it', async () => {
    const rectification = await newRectification()
    const before = await inboxOf(people.tianhe.id)
    const comment = { text: '@李晓燕 已联系厂家', mentions: [people.tianhe.id] }
    const facts = await ctx.told(() => commentRectification(ctx, people.owner, rectification.id, comment))
    expect(facts).toMatchObject([
      { kind: 'rectification.commented', data: { text: comment.text, mentions: [{ name: '李晓燕' }] } },
    ])
    expect((await rectificationNow(rectification.id)).version).toBe(rectification.version)
    expect((await inboxOf(people.tianhe.id)).slice(before.length)).toEqual([
      expect.stringContaining('张磊 在备注中提到您'),
    ])
    const wrong = { text: '@', mentions: [people.haizhu.id] }
    await refused(commentRectification(ctx, people.owner, rectification.id, wrong), 'invalid')
    await refused(commentRectification(ctx, people.viewer, rectification.id, { text: '?' }), 'forbidden')
  })

  test('counts among the comments of a day, those on alerts and on rectifications together', async () => {
    const few = { ...ctx, config: { ...ctx.config, commentsPerDay: 3 } }
    const rectification = await newRectification()
    const [alertId = 0] = rectification.alertIds
    await commentAlert(few, people.vendor, alertId, { text: '线路正常' })
    for (let n = 0; n < 2; n++)
      await commentRectification(few, people.vendor, rectification.id, { text: `第${n}条` })
    await refused(
      commentRectification(few, people.vendor, rectification.id, { text: '又一条' }),
      'too_many_requests',
    )
    await refused(commentAlert(few, people.vendor, alertId, { text: '又一条' }), 'too_many_requests')
    await commentRectification(few, people.duty, rectification.id, { text: '收到' })
  })
})

describe('the stages that a rectification went through', () => {
  test('are said only where they happened', async () => {
    const rectification = await newRectification()
    expect(rectification).toMatchObject({ assignedAt: null, acceptedAt: null })
    const submitted = await takeStep(ctx, people.owner, rectification, { step: 'submit' })
    expect(submitted, 'nobody assigned or accepted it').toMatchObject({ assignedAt: null, acceptedAt: null })
    const accepted = await takeStep(ctx, people.owner, await newRectification(), { step: 'accept' })
    expect(accepted).toMatchObject({ assignedAt: null, acceptedAt: new Date(TUESDAY).toISOString() })
  })
})

describe('terms by rule and level', () => {
  const raised = async (level: 'city_portal' | 'street', rule: 'DOWN' | 'V3') => {
    const site = await makeSite(ctx.db, { level, unit_id: people.unitId })
    const alert = await makeAlert(ctx.db, { site, rule })
    return raiseRectification(ctx, people.duty, { alertIds: [alert.id] })
  }

  test('a portal that is down: hours, to the minute', async () => {
    const rectification = await raised('city_portal', 'DOWN')
    const due = TUESDAY + 4 * HOUR
    expect(rectification).toMatchObject({ dueAt: new Date(due).toISOString(), dueHours: 4, dueWorkdays: 0 })
    const told = async (at: number) => {
      ctx.clock.set(at)
      const facts = await ctx.told(() => appendDue(ctx, ctx.clock.now()))
      return facts.flatMap((one) =>
        'rectification' in one.data && one.data.rectification.id === rectification.id ? [one.kind] : [],
      )
    }
    expect(await told(TUESDAY + 3 * HOUR)).toEqual([])
    expect(await told(due - 0.8 * HOUR)).toEqual(['rectification.atRisk'])
    expect(await told(due)).toEqual([])
    expect(await told(due + 1000)).toEqual(['rectification.overdue'])
    expect(await told(due + HOUR)).toEqual([])
    const step = { step: 'extend', dueHours: 2, reason: '等待机房' } as const
    const more = await takeStep(ctx, people.duty, await rectificationNow(rectification.id), step)
    expect(more).toMatchObject({ dueAt: new Date(due + 3 * HOUR).toISOString(), dueHours: 6 })
  })

  test('columns of a street office: ten working days; and who raises it may say otherwise', async () => {
    expect(await raised('street', 'V3')).toMatchObject({ dueOn: '2026-03-24', dueWorkdays: 10, dueAt: null })
    expect(raiseInput.safeParse({ alertIds: [1], dueWorkdays: 3, dueHours: 3 }).success).toBe(false)
  })
})

describe('raising from many alerts', () => {
  test('one rectification for each site, and of the others it is said why not; a dry run changes nothing', async () => {
    const sites = [await makeSite(ctx.db), await makeSite(ctx.db)]
    const alerts = []
    for (const site of sites) alerts.push(await makeAlert(ctx.db, { site }))
    const [first] = sites
    if (!first) throw new Error('no site')
    alerts.push(await makeAlert(ctx.db, { site: first, rule: 'V2' }))
    const covered = await newRectification()
    const alertIds = [...alerts.map(({ id }) => id), ...covered.alertIds, 999_999]
    const input = { source: 'alerts', alertIds, dryRun: false } as const
    const preview = await raiseMany(ctx, people.duty, { ...input, dryRun: true })
    expect(preview).toMatchObject({ sites: 2, items: [] })
    expect(preview.refused.map(({ said }) => inWords(said, 'zh'))).toEqual([
      expect.stringContaining('1 条告警已不存在'),
      expect.stringContaining(`已有整改 #${covered.id}`),
    ])
    const done = await raiseMany(ctx, people.duty, input)
    expect(done.items.map(({ siteId, alertIds: of }) => [siteId, of.length])).toEqual([
      [sites[0]?.id, 2],
      [sites[1]?.id, 1],
    ])
    expect(done.batchId).toBe(done.items[0]?.id)
    await refused(raiseMany(ctx, people.duty, input), 'conflict')
    await refused(raiseMany(ctx, people.owner, input), 'forbidden')
  })
})
