import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { carryOutPauses } from '../../../server/desk/pauses/carry-out.ts'
import { changePause, decidePause, filePause } from '../../../server/desk/pauses/service.ts'
import { findSiteDetail } from '../../../server/monitor/standing/queries.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { PauseInput } from '../../../shared/desk/pauses/pauses.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let mine: MadeSite

beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  mine = await makeSite(fresh.db, { unit_id: people.unitId })
})
afterAll(() => fresh.drop())
let day = 0
beforeEach(async () => {
  await fresh.db
    .updateTable('site')
    .set({ paused_until: null, pause_reason: null, pause_plan_id: null, resumed_at: null })
    .execute()
  await fresh.db.deleteFrom('pause_plan').execute()
  await fresh.db.updateTable('site_state').set({ availability: 'up', state: 'healthy' }).execute()
  ctx = testContext(fresh)
  day += 1
  ctx.clock.set(TUESDAY + day * 7 * DAY)
})

const iso = (ms: number) => new Date(ms).toISOString()
/** Hours from now. */
const times = (from: number, to: number) => {
  const now = ctx.clock.now()
  return { from: iso(now + from * HOUR), to: iso(now + to * HOUR), repeat: null, reason: '机房检修' }
}
const plan = (change: Partial<PauseInput> = {}): PauseInput => ({
  target: { kind: 'site', siteId: mine.id },
  ...times(1, 3),
  ...change,
})
const look = () => carryOutPauses(ctx, ctx.clock.now())
async function pausedUntil(): Promise<string | null> {
  const { db, clock, config } = ctx
  const found = await findSiteDetail(db, { kind: 'city' }, mine.id, clock.now(), config)
  return found?.pausedUntil ?? null
}

describe('a planned pause is changed', () => {
  it('by who filed it while it waits, and it goes on waiting; what it was is told', async () => {
    const filed = await filePause(ctx, people.owner, plan())
    expect(filed).toMatchObject({ mayChange: true })
    const later = { ...times(5, 6), reason: '机房检修改期' }
    const facts = await ctx.told(() => changePause(ctx, people.owner, filed.id, { version: 1, ...later }))
    expect(facts).toMatchObject([
      {
        kind: 'pause.changed',
        siteId: mine.id,
        actor: { name: '张磊' },
        data: {
          pause: { from: later.from, to: later.to, reason: '机房检修改期', state: 'filed', version: 2 },
          before: { from: filed.from, to: filed.to, endsAt: filed.endsAt, reason: '机房检修' },
        },
      },
    ])
    const entry = await fresh.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirst()
    expect(entry).toMatchObject({ action: 'pause.changed', entity: 'pause', entity_id: filed.id })
    await refused(changePause(ctx, people.owner, filed.id, { version: 1, ...later }), 'conflict')
    await refused(changePause(ctx, people.tianhe, filed.id, { version: 2, ...later }), 'forbidden')
  })

  it('once it is approved, by who may approve it and nobody else', async () => {
    const { id } = await filePause(ctx, people.owner, plan())
    const approved = { version: 1, reason: '', to: 'approved' } as const
    await decidePause(ctx, people.tianhe, id, approved)
    await refused(changePause(ctx, people.owner, id, { version: 2, ...times(2, 3) }), 'forbidden')
    const changed = await changePause(ctx, people.tianhe, id, { version: 2, ...times(2, 3) })
    expect(changed).toMatchObject({ state: 'approved', version: 3, mayChange: true })
    ctx.clock.advance(HOUR)
    await look()
    expect(await pausedUntil(), 'not at the hour that it was').toBeNull()
    ctx.clock.advance(HOUR)
    await look()
    expect(await pausedUntil()).toBe(changed.to)
  })

  it('while it runs: for longer, for another reason, and not over what has counted', async () => {
    const filed = await filePause(ctx, people.duty, plan(times(0, 1)))
    expect(await pausedUntil()).toBe(filed.to)
    ctx.clock.advance(30 * MINUTE)
    const longer = { from: filed.from, to: iso(ctx.clock.now() + 2 * HOUR), repeat: null, reason: '延长' }
    await changePause(ctx, people.duty, filed.id, { version: filed.version, ...longer })
    expect(await pausedUntil()).toBe(longer.to)
    const row = await fresh.db.selectFrom('site').select('pause_reason').executeTakeFirst()
    expect(row).toEqual({ pause_reason: '延长' })
    const earlier = { ...longer, from: iso(Date.parse(filed.from) - HOUR), version: filed.version + 1 }
    const back = await refused(changePause(ctx, people.duty, filed.id, earlier), 'invalid')
    expect(back).toMatchObject({ reason: 'pauses.fault.past' })
    const over = { ...longer, to: iso(ctx.clock.now() - MINUTE), version: filed.version + 1 }
    const ended = await refused(changePause(ctx, people.duty, filed.id, over), 'invalid')
    expect(ended).toMatchObject({ reason: 'pauses.fault.over' })
  })

  it('while it runs, to another day: the sites are watched again at once, and it is told', async () => {
    const filed = await filePause(ctx, people.duty, plan(times(0, 2)))
    const facts = await ctx.told(() =>
      changePause(ctx, people.duty, filed.id, { version: filed.version, ...times(24, 26) }),
    )
    expect(facts.map(({ kind }) => kind)).toEqual(['pause.changed', 'site.changed', 'pause.resumed'])
    expect(await pausedUntil()).toBeNull()
    ctx.clock.advance(24 * HOUR)
    expect((await ctx.told(look)).map(({ kind }) => kind)).toContain('pause.begun')
  })

  it('that changes nothing is no change: nobody is told, and it has the version that it had', async () => {
    const filed = await filePause(ctx, people.owner, plan())
    const { from, to, repeat, reason } = filed
    const facts = await ctx.told(async () => {
      const same = await changePause(ctx, people.owner, filed.id, { version: 1, from, to, repeat, reason })
      expect(same.version).toBe(filed.version)
    })
    expect(facts).toEqual([])
  })

  it('again and again is stopped, since each is told', async () => {
    const { id } = await filePause(ctx, people.owner, plan())
    const few = { ...ctx, config: { ...ctx.config, commentsPerDay: 3 } }
    let version = 1
    const again = () => changePause(few, people.owner, id, { version, ...times(1, 2 + version / 60) })
    while (version <= 3) version = (await again()).version
    expect(await refused(again(), 'too_many_requests')).toMatchObject({ reason: 'pauses.changedTooOften' })
  })
})
