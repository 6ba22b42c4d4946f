import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listFacts } from '../../../server/city/facts/queries.ts'
import { announcements } from '../../../server/desk/announcements/module.ts'
import { listAnnouncements } from '../../../server/desk/announcements/queries.ts'
import { postAnnouncement, withdrawAnnouncement } from '../../../server/desk/announcements/service.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  await makeSite(fresh.db, { unit_id: people.unitId })
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.deleteFrom('announcement').execute()
})

const later = (hours: number) => new Date(ctx.clock.now() + hours * HOUR).toISOString()
const post = (who: Principal, district: string | null, more: object = {}) =>
  postAnnouncement(ctx, who, { district, text: '今晚云平台维护', until: later(4), ...more })
const seenBy = async (who: Principal) =>
  (await listAnnouncements(fresh.db, who, {}, { limit: 100 }, ctx.clock.now())).items.map(({ id }) => id)
const acrossScreenOf = async (who: Principal) =>
  ((await announcements.banners?.(ctx, { ...who, access: 'session' }, ctx.clock.now())) ?? []).map(
    ({ id }) => id,
  )

describe('who may say something to whom', () => {
  it('the working group to everybody, a district office to its district alone, others to nobody', async () => {
    const roles = ['admin', 'duty', 'tianhe', 'owner', 'vendor', 'viewer'] as const
    const mayPost = roles.filter((key) => may(people[key], 'announcement.post'))
    expect(mayPost).toEqual(['admin', 'duty', 'tianhe'])
    await refused(post(people.tianhe, null), 'forbidden')
    await refused(post(people.tianhe, '440105'), 'forbidden')
    expect(await post(people.tianhe, '440106')).toMatchObject({ district: '440106', mayWithdraw: true })
  })

  it('nothing is said that is over before it begins, or to a district that is none', async () => {
    await refused(post(people.duty, null, { until: later(-1) }), 'invalid')
    const order = { from: later(5), until: later(4) }
    await refused(post(people.duty, null, order), 'invalid')
    await refused(post(people.duty, '999999'), 'invalid')
  })
})

describe('an announcement', () => {
  it('to a district is for its office and for units with sites there; the next district sees nothing of it', async () => {
    const { id } = await post(people.tianhe, '440106')
    for (const who of [people.duty, people.tianhe, people.owner])
      expect(await seenBy(who), who.name).toEqual([id])
    expect(await seenBy(people.haizhu)).toEqual([])
  })

  it('stands across the screens of those whom it is for; whoever has the whole city is not shown what districts say', async () => {
    const own = await post(people.tianhe, '440106')
    const all = await post(people.duty, null)
    expect(await acrossScreenOf(people.owner)).toEqual([all.id, own.id])
    expect(await acrossScreenOf(people.haizhu)).toEqual([all.id])
    expect(await acrossScreenOf(people.duty)).toEqual([all.id])
  })

  it('that is urgent stands there before three that are newer', async () => {
    const urgent = await post(people.duty, null, { urgent: true, until: later(30) })
    const others = [await post(people.duty, null, { until: later(9) }), await post(people.duty, null)]
    await post(people.duty, null, { until: later(20) })
    const [first, second] = others
    expect(await acrossScreenOf(people.owner), 'the urgent, then what ends first').toEqual([
      urgent.id,
      second?.id,
      first?.id,
    ])
  })

  it('to a district is found among the facts of its office and its units, and of no other', async () => {
    const [fact] = await ctx.told(() => post(people.tianhe, '440106'))
    const isFound = async ({ scope }: Principal) =>
      (await listFacts(fresh.db, scope, { limit: 10 })).some(({ seq }) => seq === fact?.seq)
    for (const who of [people.duty, people.tianhe, people.owner])
      expect(await isFound(who), who.name).toBe(true)
    expect(await isFound(people.haizhu)).toBe(false)
  })

  it('has its number a day: who floods everybody is stopped', async () => {
    ctx.clock.advance(25 * HOUR)
    const few = { ...ctx, config: { ...ctx.config, commentsPerDay: 3 } }
    const again = () => postAnnouncement(few, people.duty, { district: null, text: '维护', until: later(4) })
    for (let at = 0; at < 3; at += 1) await again()
    const reason = { reason: 'facts.saidTooMuchOneDay' }
    expect(await refused(again(), 'too_many_requests')).toMatchObject(reason)
    ctx.clock.advance(25 * HOUR)
    await again()
  })

  it('begins and ends by the clock', async () => {
    const { id } = await post(people.duty, null, { from: later(2), until: later(4) })
    expect(await acrossScreenOf(people.owner)).toEqual([])
    ctx.clock.advance(3 * HOUR)
    expect(await acrossScreenOf(people.owner)).toEqual([id])
    ctx.clock.advance(2 * HOUR)
    expect(await acrossScreenOf(people.owner)).toEqual([])
    expect(await seenBy(people.owner)).toEqual([id])
  })

  it('is told to all whom it is for, audited, and taken back once', async () => {
    const told = await ctx.told(() => post(people.duty, null))
    expect(told).toMatchObject([
      { kind: 'announcement.posted', siteId: null, data: { everybody: true, banner: true } },
    ])
    const { id } = await post(people.tianhe, '440106')
    const back = await ctx.told(() => withdrawAnnouncement(ctx, people.tianhe, id))
    const places = [{ district: '440106', unitId: people.unitId }]
    expect(back).toMatchObject([{ kind: 'announcement.withdrawn', district: '440106', data: { places } }])
    expect(await acrossScreenOf(people.tianhe)).not.toContain(id)
    expect(await ctx.told(() => withdrawAnnouncement(ctx, people.tianhe, id))).toEqual([])
    const audited = await fresh.db
      .selectFrom('audit')
      .select('action')
      .where('entity', '=', 'announcement')
      .where('entity_id', '=', id)
      .orderBy('id')
      .execute()
    expect(audited.map(({ action }) => action)).toEqual(['announcement.posted', 'announcement.withdrawn'])
  })

  it('of another desk is not taken back', async () => {
    const { id } = await post(people.duty, null)
    await refused(withdrawAnnouncement(ctx, people.tianhe, id), 'forbidden')
    const hidden = await post(people.duty, '440105')
    await refused(withdrawAnnouncement(ctx, people.tianhe, hidden.id), 'not_found')
  })
})
