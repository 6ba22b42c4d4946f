import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDue } from '../../../server/census/rounds/due.ts'
import { openRound } from '../../../server/census/rounds/open.ts'
import { planRound, requireRound } from '../../../server/census/rounds/service.ts'
import { newRound, type Round } from '../../../shared/census/rounds/rounds.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
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
beforeEach(() => ctx.clock.set(TUESDAY))

it('repeated rounds are opened by the program on their day, and the next one is planned', async () => {
  const given = { kind: 'self_check', opensOn: '2026-04-13', dueOn: '2026-04-17', repeats: true }
  const planned = await planRound(ctx, people.duty, newRound.parse(given))
  await openDue(ctx)
  const now = (id: number) => requireRound(ctx, ctx.db, people.duty, id)
  expect((await now(planned.id)).state).toBe('planned')
  ctx.clock.set('2026-04-12T16:05:00Z')
  await openDue(ctx)
  await openDue(ctx)
  expect(await now(planned.id)).toMatchObject({ state: 'open', opened: { by: null } })
  const later = await fresh.db
    .selectFrom('census_round')
    .selectAll()
    .where('opens_on', '>', '2026-04-13')
    .execute()
  expect(later).toMatchObject([
    { opens_on: '2026-04-20', due_on: '2026-04-24', state: 'planned', repeats: true },
  ])
})

describe('a series of rounds', () => {
  type Kind = 'self_check' | 'report'
  const plan = (kind: Kind, opensOn: string, dueOn: string, repeats = true) =>
    planRound(ctx, people.duty, newRound.parse({ kind, opensOn, dueOn, repeats }))
  const open = (round: Round) => openRound(ctx, people.duty, round.id, round)
  const between = (kind: Kind, from: string, to: string) =>
    fresh.db
      .selectFrom('census_round')
      .select(['id', 'opens_on', 'repeats'])
      .where('kind', '=', kind)
      .where('opens_on', '>=', from)
      .where('opens_on', '<=', to)
      .orderBy('opens_on')
      .orderBy('id')
      .execute()
  /** When rounds begin, within some time. */
  const days = async (kind: Kind, from: string, to: string) =>
    (await between(kind, from, to)).map(({ opens_on, repeats }) => (repeats ? opens_on : `once ${opens_on}`))
  const openOn = async (kind: Kind, day: string) => {
    for (const { id, repeats } of await between(kind, day, day)) {
      if (repeats) await open(await requireRound(ctx, ctx.db, people.duty, id))
    }
  }

  it('goes on although somebody has planned a round by hand, for next time or much later', async () => {
    await plan('self_check', '2026-06-08', '2026-06-12', false)
    await plan('self_check', '2026-09-07', '2026-09-11', false)
    await open(await plan('self_check', '2026-06-01', '2026-06-05'))
    await openOn('self_check', '2026-06-08')
    expect(await days('self_check', '2026-06-01', '2026-09-30')).toEqual([
      ...['2026-06-01', 'once 2026-06-08', '2026-06-08', '2026-06-15', 'once 2026-09-07'],
    ])
  })

  it('becomes one with a series that begins later, and leaves out no half month before that', async () => {
    await plan('report', '2026-06-01', '2026-06-17')
    await open(await plan('report', '2026-05-01', '2026-05-19'))
    expect(await days('report', '2026-05-01', '2026-12-31')).toEqual([
      ...['2026-05-01', '2026-05-16', '2026-06-01'],
    ])
    await openOn('report', '2026-05-16')
    await openOn('report', '2026-06-01')
    expect(await days('report', '2026-05-01', '2026-12-31')).toEqual([
      ...['2026-05-01', '2026-05-16', '2026-06-01', '2026-06-16'],
    ])
  })

  it('is followed by one round where two are opened at once, and by that which stands for the next week', async () => {
    const one = await plan('self_check', '2026-10-12', '2026-10-16')
    const other = await plan('self_check', '2026-10-12', '2026-10-16')
    await Promise.all([open(one), open(other)])
    expect(await days('self_check', '2026-10-13', '2026-12-31')).toEqual(['2026-10-19'])
    await plan('self_check', '2026-10-28', '2026-10-30')
    await openOn('self_check', '2026-10-19')
    await openOn('self_check', '2026-10-28')
    expect(await days('self_check', '2026-10-13', '2026-12-31')).toEqual([
      ...['2026-10-19', '2026-10-28', '2026-11-02'],
    ])
  })

  it('that goes on is not made up for by one that is planned for the past', async () => {
    ctx.clock.set('2026-01-14T02:00:00Z')
    await open(await plan('self_check', '2026-01-12', '2026-01-16'))
    await open(await plan('self_check', '2025-12-01', '2025-12-05'))
    expect(await days('self_check', '2025-12-01', '2026-01-31')).toEqual([
      ...['2025-12-01', '2026-01-12', '2026-01-19'],
    ])
  })
})
