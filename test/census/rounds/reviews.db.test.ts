import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawRound, openRound } from '../../../server/census/rounds/open.ts'
import { assignReviews, reassignReview } from '../../../server/census/rounds/reviews/assign.ts'
import { agreementOf, listReviews } from '../../../server/census/rounds/reviews/queries.ts'
import { requireReview, submitReview } from '../../../server/census/rounds/reviews/service.ts'
import { closeRound, planRound, requireRound, voidRound } from '../../../server/census/rounds/service.ts'
import { listRoundSites } from '../../../server/census/rounds/sites.ts'
import type { Review } from '../../../shared/census/rounds/reviews/reviews.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import type { Measured } from '../../../shared/census/score-sheets/sheets.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
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
  for (let n = 0; n < 4; n++) await makeSite(fresh.db)
  for (let n = 0; n < 2; n++) await makeSite(fresh.db, { district: '440105' })
})
afterAll(() => fresh.drop())

/** All of 4 sites of Tianhe and 2 of Haizhu, each looked at twice. */
async function drawn(second = 1): Promise<Round> {
  const days = { opensOn: '2026-03-10', dueOn: '2026-03-20' }
  const given = newRound.parse({ kind: 'spot', ...days, sample: { share: 1, second } })
  const planned = await planRound(ctx, people.duty, given)
  const opened = await openRound(ctx, people.duty, planned.id, planned)
  return drawRound(ctx, people.duty, opened.id, { version: opened.version, seed: 's' })
}
const assign = (round: Round, ...who: Principal[]) =>
  assignReviews(ctx, people.duty, round.id, { ...round, reviewers: who.map(({ id }) => id) })
const mine = async (who: Principal, { id }: Round) =>
  (await listReviews(ctx.db, who, { round: id, isOpen: true }, { limit: 100 })).items
const all = async ({ id }: Round, who = people.duty) =>
  (await listReviews(ctx.db, who, { round: id }, { limit: 100 })).items
const submit = (who: Principal, { id, version }: Review, measured: Measured, note = '') =>
  submitReview(ctx, who, id, { version, measured, note })
const byId = (id: number) =>
  Object.values(people).find((one) => typeof one === 'object' && one.id === id) as Principal
const whole = (round: Round) => requireRound(ctx, ctx.db, people.duty, round.id)

/** Everything that a person has to say, of a site that passes or fails. */
const GOOD: Measured = { V1: 0 }
const BAD: Measured = { V1: 9 }

describe('reviewers', () => {
  it('look at no site of their own district, and at each site once', async () => {
    const round = await assign(await drawn(), people.tianhe, people.haizhu, people.vendor)
    expect(round.state).toBe('checking')
    const seats = await all(round)
    expect(seats).toHaveLength(12)
    for (const { reviewer, district } of seats) {
      if (reviewer.id === people.tianhe.id) expect(district).toBe('440105')
      if (reviewer.id === people.haizhu.id) expect(district).toBe('440106')
    }
    const perSite = new Set(seats.map(({ code, reviewer }) => `${code} ${reviewer.id}`))
    expect(perSite.size).toBe(12)
    await refused(assign(round, people.vendor), 'conflict')
  })
  it('are refused where nobody is left for a site, who may not look, or who answers for it', async () => {
    const round = await drawn()
    await refused(assign(round, people.tianhe, people.haizhu), 'invalid')
    await refused(assign(round, people.viewer, people.vendor), 'invalid')
    const given = await assign(round, people.vendor, people.duty)
    const [one] = (await all(given)).filter(({ district }) => district === '440106')
    const to = (who: Principal) =>
      reassignReview(ctx, people.duty, one?.id ?? 0, { version: one?.version ?? 0, reviewerId: who.id })
    expect((await refused(to(people.tianhe), 'invalid')).message).toContain('李晓燕')
    await refused(to(one?.reviewer.id === people.vendor.id ? people.duty : people.vendor), 'invalid')
    expect((await to(people.haizhu)).reviewer.id).toBe(people.haizhu.id)
  })
})

describe('a look', () => {
  it('shows the first what the monitor has counted, and the second neither that nor what the first found', async () => {
    const round = await assign(await drawn(), people.colleague, people.vendor)
    const seats = await all(round)
    const first = seats.find(({ seat }) => seat === 'first')
    const second = seats.find(({ seat, code }) => seat === 'second' && code === first?.code)
    if (!first || !second) throw new Error('no seats')
    const seen = await requireReview(ctx, byId(first.reviewer.id), first.id)
    expect(seen.machine).toHaveProperty('V2')
    await submit(byId(first.reviewer.id), first, BAD, '首页打不开')
    const blind = await requireReview(ctx, byId(second.reviewer.id), second.id)
    expect(blind).toMatchObject({ machine: null, others: [], measured: {} })
    await refused(requireReview(ctx, byId(second.reviewer.id), first.id), 'not_found')
    // Nor does whoever runs the census, who may give the second look to anybody yet: not before both are in.
    const hidden = await requireReview(ctx, people.duty, first.id)
    expect(hidden).toMatchObject({ submitted: null, isIn: true, measured: {} })
    const told = await ctx.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'review.submitted')
      .execute()
    expect(JSON.stringify(told)).not.toContain('vetoed')
    await submit(byId(second.reviewer.id), second, GOOD)
    expect(await requireReview(ctx, people.duty, first.id)).toMatchObject({
      submitted: { outcome: 'vetoed' },
    })
  })

  it('hides from a manager who is the second what the first has found', async () => {
    const round = await assign(await drawn(), people.vendor, people.duty)
    const pair = (await all(round)).filter(
      ({ seat, reviewer }) => (seat === 'first') === (reviewer.id === people.vendor.id),
    )
    const first = pair.find(({ seat }) => seat === 'first')
    if (!first) throw new Error('no seats')
    await submit(people.vendor, first, BAD)
    expect(await requireReview(ctx, people.duty, first.id)).toMatchObject({
      submitted: null,
      isIn: true,
      measured: {},
    })
  })

  it('is given to nobody as the second who had the first before', async () => {
    const round = await assign(await drawn(), people.colleague, people.vendor)
    const seats = await all(round)
    const first = seats.find(({ seat }) => seat === 'first')
    const second = seats.find(({ seat, code }) => seat === 'second' && code === first?.code)
    if (!first || !second) throw new Error('no seats')
    const give = (review: Review, { id }: Principal) =>
      reassignReview(ctx, people.duty, review.id, { version: review.version, reviewerId: id })
    await give(first, people.duty)
    await refused(give(second, byId(first.reviewer.id)), 'invalid')
  })

  it('is not taken any more of a round that is voided meanwhile, which stays void', async () => {
    const round = await assign(await drawn(0), people.vendor)
    const looks = await mine(people.vendor, round)
    const last = looks.pop()
    if (!last) throw new Error('no look')
    for (const one of looks) await submit(people.vendor, one, GOOD)
    const current = await whole(round)
    await Promise.allSettled([
      voidRound(ctx, people.duty, round.id, { version: current.version, reason: '名单有误' }),
      submit(people.vendor, last, GOOD),
    ])
    const after = await whole(round)
    if (after.state !== 'void') {
      await voidRound(ctx, people.duty, round.id, { version: after.version, reason: '名单有误' })
    }
    expect((await whole(round)).state).toBe('void')
    await refused(submit(people.vendor, { ...last, version: 2 }, GOOD), 'conflict')
  })

  it('is not for whoever the site has come to belong to since', async () => {
    const round = await assign(await drawn(0), people.haizhu, people.vendor)
    const one = (await mine(people.haizhu, round))[0]
    if (!one) throw new Error('no look')
    const move = (district: string) =>
      ctx.db.updateTable('site').set({ district }).where('id', '=', one.siteId).execute()
    await move('440105')
    await refused(submit(people.haizhu, one, GOOD), 'forbidden')
    await move(one.district)
    expect((await submit(people.haizhu, one, GOOD)).submitted).not.toBeNull()
  })

  it('is submitted once, by whoever has it, by rules that there are', async () => {
    const round = await assign(await drawn(0), people.vendor, people.colleague)
    const [one] = await mine(people.vendor, round)
    if (!one) throw new Error('no look')
    await refused(submit(people.duty, one, GOOD), 'forbidden')
    await refused(submit(people.vendor, one, { X9: 1 }), 'invalid')
    const done = await submit(people.vendor, one, GOOD, '正常')
    expect(done).toMatchObject({ submitted: { note: '正常' }, may: [] })
    const refusal = await refused(submit(people.vendor, one, BAD), 'conflict')
    expect(refusal.current).toMatchObject({ submitted: { note: '正常' } })
  })
})

it('two that agree settle a site, a third settles what they differ about; then the round can be closed', async () => {
  const assigned = await assign(await drawn(), people.colleague, people.vendor)
  const seats = await all(assigned)
  const disputed = seats[0]?.code
  for (const one of seats) {
    const isBad = one.code === disputed && one.seat === 'second'
    await submit(byId(one.reviewer.id), one, isBad ? BAD : GOOD)
  }
  const round = await whole(assigned)
  expect(round).toMatchObject({ state: 'reviewing', count: { total: 6, done: 5 } })
  expect(await agreementOf(ctx.db, round.id)).toEqual({ n: 6, agreed: 5, settled: 0 })
  await refused(closeRound(ctx, people.duty, round.id, round), 'conflict')
  await refused(assign(round, people.colleague, people.vendor), 'invalid')
  const third = await assign(round, people.colleague, people.vendor, people.haizhu, people.duty)
  const last = (await all(third)).find(({ seat }) => seat === 'third')
  if (!last) throw new Error('no third')
  const judge = byId(last.reviewer.id)
  expect((await requireReview(ctx, judge, last.id)).others.map(({ outcome }) => outcome).sort()).toEqual([
    'open',
    'vetoed',
  ])
  await submit(judge, last, BAD)
  expect(await agreementOf(ctx.db, round.id)).toEqual({ n: 6, agreed: 5, settled: 1 })
  const { items } = await listRoundSites(ctx.db, people.duty.scope, round.id, { limit: 100 })
  expect(items.find(({ code }) => code === disputed)?.result).toBe('vetoed')
  const closed = await closeRound(ctx, people.duty, round.id, await whole(round))
  expect(closed.state).toBe('closed')
})
