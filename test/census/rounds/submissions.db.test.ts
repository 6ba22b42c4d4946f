import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRound } from '../../../server/census/rounds/open.ts'
import { closeRound, planRound, requireRound } from '../../../server/census/rounds/service.ts'
import { listSubmissions, tallySubmissions } from '../../../server/census/rounds/submissions/queries.ts'
import {
  acceptSubmission,
  draftSubmission,
  handInSubmission,
  requireSubmission,
  returnSubmission,
} from '../../../server/census/rounds/submissions/service.ts'
import { todayOf } from '../../../server/census/rounds/today.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import { answers } from '../../../shared/census/rounds/submissions/submissions.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { addUser, makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let other: Principal
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
  const second = await makeSite(fresh.db)
  await makeSite(fresh.db, { district: '440105' })
  await makeSite(fresh.db, { district: '4401-dept' })
  const account = { username: 'other', name: '林丹', role: 'unit' as const, password_hash: '' }
  other = await addUser(fresh.db, account, { kind: 'unit', unitId: second.unit_id })
})
afterAll(() => fresh.drop())
beforeEach(() => ctx.clock.set(TUESDAY))

async function opened(
  kind: 'self_check' | 'report' | 'guard' = 'self_check',
  more: object = {},
): Promise<Round> {
  const given = newRound.parse({ kind, opensOn: '2026-03-09', dueOn: '2026-03-13', ...more })
  const planned = await planRound(ctx, people.duty, given)
  return openRound(ctx, people.duty, planned.id, planned)
}
const list = async (round: Round, who: Principal = people.duty) =>
  (await listSubmissions(ctx.db, who, { round: round.id }, { limit: 100 }, await todayOf(ctx, ctx.db))).items
const own = async (round: Round, who: Principal = people.owner) => {
  const [one] = await list(round, who)
  if (!one) throw new Error('nothing to hand in')
  return one
}
const said = (agrees: boolean | null = true, note = '') =>
  answers.parse({ sites: [{ siteId: site.id, agrees, note }] })
const handIn = (
  { id, version }: { id: number; version: number },
  {
    who = people.owner,
    with: given = said(),
    signature,
  }: { who?: Principal; with?: ReturnType<typeof said>; signature?: string } = {},
) => handInSubmission(ctx, who, id, { version, answers: given, signature: signature ?? who.name })

describe('a weekly self-check', () => {
  it('is one for each unit with sites, and a unit sees its own alone', async () => {
    const round = await opened()
    expect(round.count).toEqual({ total: 4, done: 0, late: 0, overdue: 0 })
    expect(await list(round)).toHaveLength(4)
    expect(await list(round, people.tianhe)).toHaveLength(2)
    expect(await list(round, people.owner)).toMatchObject([
      { unit: { id: people.unitId }, may: ['draft', 'handIn'] },
    ])
  })

  it('begins with what the monitor knows, and keeps what it knew when it was signed', async () => {
    const one = await own(await opened())
    const before = await requireSubmission(ctx, people.owner, one.id)
    expect(before.figures.sites).toMatchObject([{ siteId: site.id, outcome: 'open', code: site.code }])
    const done = await handIn(one)
    expect(done).toMatchObject({
      state: 'handed_in',
      standing: 'onTime',
      handedIn: { signature: people.owner.name },
    })
    await fresh.db.updateTable('site').set({ name: '改名' }).where('id', '=', site.id).execute()
    expect((await requireSubmission(ctx, people.duty, one.id)).figures).toEqual(done.figures)
  })

  it('is refused while something is unsaid or unexplained, or signed with another name', async () => {
    const one = await own(await opened())
    const refusal = await refused(handIn(one, { with: said(null) }), 'invalid')
    expect(refusal.issues).toMatchObject([{ path: 'answers.sites.0.agrees' }])
    await refused(handIn(one, { with: said(false) }), 'invalid')
    expect((await refused(handIn(one, { signature: '李四' }), 'invalid')).message).toContain(
      people.owner.name,
    )
    expect(await handIn(one, { with: said(false, '周三机房检修，已报备') })).toMatchObject({
      state: 'handed_in',
    })
  })

  it('is signed once, by whoever it is of', async () => {
    const one = await own(await opened())
    await refused(handIn(one, { who: other }), 'not_found')
    await refused(handIn(one, { who: people.duty }), 'forbidden')
    await refused(handIn(one, { who: people.tianhe }), 'forbidden')
    await refused(handIn(one, { who: people.vendor }), 'forbidden')
    const done = await handIn(one)
    const refusal = await refused(handIn(done), 'conflict')
    expect(refusal.message).toContain(people.owner.name)
    expect(refusal.message).toContain('2026-03-10')
  })

  it('of two who write at once, the second sees what the first has written', async () => {
    const one = await own(await opened())
    const draft = (version: number) =>
      draftSubmission(ctx, people.owner, one.id, { version, answers: said(null, '待查') })
    expect(await draft(one.version)).toMatchObject({ state: 'draft', answers: { sites: [{ note: '待查' }] } })
    expect((await refused(draft(one.version), 'conflict')).current).toMatchObject({ state: 'draft' })
  })

  it('is late the day after, and nothing once the round has ended', async () => {
    const round = await opened()
    const [mine, others] = [await own(round), await own(round, other)]
    ctx.clock.set('2026-03-13T15:59:00Z')
    expect(await own(round)).toMatchObject({ standing: 'atRisk' })
    ctx.clock.set('2026-03-13T16:01:00Z')
    expect(await handIn(mine)).toMatchObject({ standing: 'late' })
    const tallies = await tallySubmissions(ctx.db, people.duty.scope, round.id, '2026-03-14')
    expect(tallies.find(({ district }) => district === '440106')).toMatchObject({
      total: 2,
      done: 1,
      late: 1,
      overdue: 1,
    })
    await closeRound(ctx, people.duty, round.id, await requireRound(ctx, ctx.db, people.duty, round.id))
    expect((await refused(handIn(others, { who: other }), 'conflict')).message).toContain(round.number)
  })

  it('is returned for a reason, handed in again and accepted, by the district or the working group', async () => {
    const done = await handIn(await own(await opened()))
    await refused(
      returnSubmission(ctx, people.haizhu, done.id, { version: done.version, note: 'x' }),
      'not_found',
    )
    await refused(
      returnSubmission(ctx, people.vendor, done.id, { version: done.version, note: 'x' }),
      'forbidden',
    )
    const back = await returnSubmission(ctx, people.tianhe, done.id, {
      version: done.version,
      note: '附件未查',
    })
    expect(back).toMatchObject({
      state: 'returned',
      decided: { note: '附件未查', by: { id: people.tianhe.id } },
    })
    const again = await handIn(back)
    const [fact] = await ctx.told(async () => {
      const accepted = await acceptSubmission(ctx, people.duty, again.id, {
        version: again.version,
        note: '',
      })
      expect(accepted).toMatchObject({ state: 'accepted', may: [] })
    })
    expect(fact).toMatchObject({
      kind: 'submission.accepted',
      data: { places: [{ district: '440106', unitId: people.unitId }] },
    })
  })
})

describe('a half-monthly report', () => {
  it('is one for each district and each department; the machine draws the figures', async () => {
    const week = await opened()
    await handIn(await own(week))
    const round = await opened('report', { opensOn: '2026-03-01', dueOn: '2026-03-17' })
    expect((await list(round)).map(({ district, unit }) => [district, unit !== null])).toEqual(
      expect.arrayContaining([
        ['440105', false],
        ['440106', false],
        ['4401-dept', true],
      ]),
    )
    const mine = await own(round, people.tianhe)
    const { figures } = await requireSubmission(ctx, people.tianhe, mine.id)
    expect(figures.sums).toMatchObject({ sites: 2, open: 2 })
    expect(figures.sums?.selfChecksIn).toBeGreaterThan(0)
    const given = answers.parse({ words: '本期整改 3 个站点', traffic: 12_000 })
    const done = await handIn(mine, { who: people.tianhe, with: given })
    expect(done).toMatchObject({ state: 'handed_in', answers: { traffic: 12_000 } })
    // Nobody looks through their own.
    await refused(
      acceptSubmission(ctx, people.tianhe, done.id, { version: done.version, note: '' }),
      'forbidden',
    )
    await acceptSubmission(ctx, people.duty, done.id, { version: done.version, note: '' })
  })

  it('counts what came about until the last minute of its half month, and nothing twice although it is due later', async () => {
    const sums = async (round: Round) => {
      const { id } = await own(round, people.tianhe)
      return (await requireSubmission(ctx, people.tianhe, id)).figures.sums
    }
    const first = await opened('report', { opensOn: '2026-03-01', dueOn: '2026-03-17' })
    const second = await opened('report', { opensOn: '2026-03-16', dueOn: '2026-04-02' })
    const before = await sums(first)
    await makeAlert(fresh.db, { site, rule: 'V1', opened_at: new Date('2026-03-15T15:59:00Z') })
    await makeAlert(fresh.db, { site, rule: 'V2', opened_at: new Date('2026-03-15T16:00:00Z') })
    await opened('self_check', { opensOn: '2026-03-16', dueOn: '2026-03-17' })
    expect(await sums(first)).toEqual({ ...before, alerts: 1 })
    expect(await sums(second)).toMatchObject({ alerts: 1, selfChecks: 2 })
  })

  it('that was planned by itself for other days counts all of them', async () => {
    const round = await opened('report', { opensOn: '2026-03-05', dueOn: '2026-03-20' })
    const { id } = await own(round, people.tianhe)
    const alerts = async () => (await requireSubmission(ctx, people.tianhe, id)).figures.sums?.alerts
    const before = (await alerts()) ?? 0
    await makeAlert(fresh.db, { site, rule: 'V3', opened_at: new Date('2026-03-20T15:59:00Z') })
    await makeAlert(fresh.db, { site, rule: 'LINKS', opened_at: new Date('2026-03-20T16:00:00Z') })
    expect(await alerts()).toBe(before + 1)
  })
})

it('before a guarded period each unit says whether its sites are ready, and why not', async () => {
  const round = await opened('guard')
  expect(await list(round)).toHaveLength(4)
  const one = await own(round)
  await refused(handIn(one, { with: said(false) }), 'invalid')
  expect(await handIn(one, { with: said(false, '值班人员未落实') })).toMatchObject({ state: 'handed_in' })
})
