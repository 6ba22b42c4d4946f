import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { loadBoard } from '../../../server/city/board/load.ts'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { lookAt } from '../../../server/desk/alerts/look.ts'
import { listAlerts } from '../../../server/desk/alerts/queries.ts'
import { commandAlert, commentAlert } from '../../../server/desk/alerts/service.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { applyFact } from '../../../shared/city/board-rules.ts'
import type { Alert, Severity } from '../../../shared/desk/alerts/alerts.ts'
import { may } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
/** A site of Tianhe's, new for each test. */
let siteId: number
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await lookAt(ctx, people.duty, { district: null })
  siteId = (await makeSite(fresh.db, { unit_id: people.unitId })).id
})

async function change(wanted: Severity | null, site = siteId): Promise<void> {
  await fresh.db.transaction().execute(async (tx) => {
    const one = { siteId: site, rule: 'DOWN' as const, wanted, evidence: { cause: 'timeout' } }
    const seen = { ...one, recovered: wanted === null }
    await appendFacts(tx, await followAlerts(tx, [seen], ctx.clock.now()))
  })
  ctx.clock.advance(MINUTE)
}
/** Down, what is done meanwhile, and up again. */
async function outage(meanwhile?: (alert: Alert) => Promise<unknown>, site = siteId): Promise<Alert> {
  await change('major', site)
  const [alert] = (
    await listAlerts(fresh.db, { kind: 'city' }, { status: 'live', siteId: site }, { limit: 1 })
  ).items
  if (!alert) throw new Error('no alert')
  await meanwhile?.(alert)
  await change(null, site)
  return alert
}
const missed = async () => {
  const filter = { status: 'resolved', missed: true } as const
  const { items } = await listAlerts(fresh.db, { kind: 'city' }, filter, { limit: 100 })
  return items.map(({ id }) => id)
}

describe('an outage that came and went', () => {
  it('while nobody looked is marked, until somebody has: who, and when', async () => {
    const { id } = await outage()
    expect(await missed()).toEqual([id])
    const at = new Date(ctx.clock.now()).toISOString()
    const facts = await ctx.told(() => lookAt(ctx, people.tianhe, { alertIds: [id] }))
    expect(facts.map(({ kind, actor }) => [kind, actor?.id])).toEqual([['alert.seen', people.tianhe.id]])
    expect(await missed()).toEqual([])
    const { items } = await listAlerts(
      fresh.db,
      { kind: 'city' },
      { status: 'resolved', siteId },
      { limit: 1 },
    )
    expect(items[0]).toMatchObject({ missed: true, seen: { by: { id: people.tianhe.id }, at } })
  })

  it('is not marked if somebody opened it meanwhile', async () => {
    await outage(({ id }) => lookAt(ctx, people.duty, { alertIds: [id] }))
    expect(await missed()).toEqual([])
  })

  it('nor if somebody took a step on it, or said something', async () => {
    await outage(({ id, version }) =>
      commandAlert(ctx, people.duty, { id, version }, { action: 'acknowledge' }),
    )
    await outage(
      ({ id }) => commentAlert(ctx, people.duty, id, { text: '已电话联系' }),
      (await makeSite(fresh.db)).id,
    )
    expect(await missed()).toEqual([])
  })

  it('is marked though its own unit knew: that informs, and nobody of the supervising side has seen it', async () => {
    const { id } = await outage(({ id: one, version }) =>
      commandAlert(ctx, people.owner, { id: one, version }, { action: 'acknowledge' }),
    )
    expect(await missed()).toEqual([id])
  })

  it('is no longer marked while it is back, and is a new one when it goes again', async () => {
    const { id } = await outage()
    await lookAt(ctx, people.duty, { alertIds: [id] })
    await outage()
    expect(await missed()).toEqual([id])
  })

  it('is told of once, whoever looks after the first', async () => {
    const { id } = await outage()
    await lookAt(ctx, people.tianhe, { alertIds: [id] })
    expect(await ctx.told(() => lookAt(ctx, people.duty, { alertIds: [id] }))).toEqual([])
  })
})

describe('the audit of a look', () => {
  const looks = () =>
    fresh.db
      .selectFrom('audit')
      .select(['entity_id', 'detail'])
      .where('action', '=', 'alert.seen')
      .orderBy('id')
      .execute()

  it('names the alert that was looked at, though others of the same press had been looked at before', async () => {
    const first = await outage()
    const second = await outage(undefined, (await makeSite(fresh.db)).id)
    await lookAt(ctx, people.tianhe, { alertIds: [first.id] })
    const before = (await looks()).length
    expect(await lookAt(ctx, people.duty, { alertIds: [first.id, second.id] })).toBe(1)
    expect((await looks()).slice(before).map(({ entity_id }) => entity_id)).toEqual([second.id])
  })

  it('of two who look at the same at once has one line, and none of nothing', async () => {
    const { id } = await outage()
    const before = (await looks()).length
    const seen = await Promise.all(
      [people.duty, people.tianhe, people.admin].map((who) => lookAt(ctx, who, { alertIds: [id] })),
    )
    expect(seen.sort()).toEqual([0, 0, 1])
    const after = (await looks()).slice(before)
    expect(after.map(({ entity_id }) => entity_id)).toEqual([id])
  })
})

describe('who looks', () => {
  it('is whoever takes alerts on: no unit, no viewer, no wall', () => {
    const roles = ['admin', 'duty', 'tianhe', 'owner', 'vendor', 'viewer'] as const
    expect(roles.filter((key) => may(people[key], 'alert.look'))).toEqual([
      'admin',
      'duty',
      'tianhe',
      'vendor',
    ])
  })

  it('marks a whole district as seen, and no more than the own', async () => {
    const here = await outage()
    const there = await outage(undefined, (await makeSite(fresh.db, { district: '440105' })).id)
    expect(await lookAt(ctx, people.tianhe, { alertIds: [there.id] })).toBe(0)
    expect(await lookAt(ctx, people.tianhe, { district: null })).toBe(1)
    expect(await missed()).toEqual([there.id])
    expect(await lookAt(ctx, people.duty, { district: '440106' })).toBe(0)
    expect(await lookAt(ctx, people.duty, { district: '440105' })).toBe(1)
    expect(here.id).not.toBe(there.id)
  })
})

it('every screen hears of it as it happens, and has it after a reload', async () => {
  const { board } = await loadBoard(fresh.db, ctx.clock.now())
  let id = 0
  const facts = await ctx.told(async () => {
    id = (await outage()).id
  })
  for (const fact of facts) applyFact(board, fact)
  expect([...board.missed]).toEqual([[id, siteId]])
  expect([...(await loadBoard(fresh.db, ctx.clock.now())).board.missed]).toEqual([[id, siteId]])
  const seen = await ctx.told(() => lookAt(ctx, people.duty, { alertIds: [id] }))
  for (const fact of seen) applyFact(board, fact)
  expect([...board.missed]).toEqual([])
})
