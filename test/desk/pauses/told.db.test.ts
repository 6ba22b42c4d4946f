import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listFacts } from '../../../server/city/facts/queries.ts'
import { nextFacts } from '../../../server/city/replay/queries.ts'
import { factsFor, viewOf } from '../../../server/city/sockets/rooms.ts'
import { listInbox } from '../../../server/desk/notifications/queries.ts'
import { carryOutPauses } from '../../../server/desk/pauses/carry-out.ts'
import { decidePause, filePause, withdrawPause } from '../../../server/desk/pauses/service.ts'
import { setContacts } from '../../../server/register/units/service.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { emptyBoard } from '../../../shared/city/board.ts'
import type { PauseInput } from '../../../shared/desk/pauses/pauses.ts'
import type { TestContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { contextOf, tools } from '../notifications/setup.ts'

/* Whatever becomes of planned downtime, those whom it concerns are told, and every screen that shows it. */

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let act: ReturnType<typeof tools>
let mine: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = contextOf(fresh)
  people = await makePeople(fresh.db)
  act = tools(ctx, people)
  mine = await makeSite(fresh.db, { unit_id: people.unitId, platform: 'city-cloud' })
  await makeSite(fresh.db, { district: '440105', platform: 'city-cloud' })
  const inbox = await act.inbox()
  for (const who of [people.duty, people.tianhe, people.haizhu]) {
    const owner = { kind: 'person' as const, userId: who.id }
    await act.subscribe(inbox, { owner, scope: who.scope }, who)
  }
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await act.pass(HOUR)
  await ctx.db.deleteFrom('pause_plan').execute()
  await ctx.db.deleteFrom('notification_delivery').execute()
})

const iso = (ms: number) => new Date(ms).toISOString()
const plan = (change: Partial<PauseInput> = {}): PauseInput => ({
  target: { kind: 'site', siteId: mine.id },
  from: iso(ctx.clock.now() + HOUR),
  to: iso(ctx.clock.now() + 3 * HOUR),
  repeat: null,
  reason: '机房检修',
  ...change,
})
const everywhere = { kind: 'platform' as const, platform: 'city-cloud' }
const read = async (who: { id: number }) =>
  (await listInbox(ctx.db, who.id, { limit: 50 })).items.map(({ notice }) => notice)
const titles = async (who: { id: number }) => (await read(who)).map(({ title }) => title)
const heardBy = async (rooms: string[], facts: readonly Fact[]) => {
  const board = emptyBoard()
  for (const { id, district, unit_id } of await ctx.db.selectFrom('site').selectAll().execute()) {
    board.sites.set(id, { id, district, unitId: unit_id } as never)
  }
  const view = viewOf(rooms, rooms.some((room) => room.startsWith('unit:')) ? 'unit' : 'city')
  const live = factsFor(view, facts, board).map(({ seq }) => seq)
  const first = (facts[0]?.seq ?? 1) - 1
  const logged = await nextFacts(ctx.db, view, first, 100)
  expect(
    logged.map(({ seq }) => seq),
    'the log says of a view what the live plane says',
  ).toEqual(live)
  return live.length
}

describe('a plan of a unit', () => {
  it('is told to its district and the duty desk by their subscriptions, and to the unit what became of it', async () => {
    const filed = await filePause(ctx, people.owner, plan())
    await act.pass(MINUTE)
    expect(await titles(people.owner), 'not what it did itself').toEqual([])
    for (const who of [people.tianhe, people.duty]) {
      expect(await read(who)).toMatchObject([
        {
          title: '【天河区】停测报备 1 条',
          lines: [{ change: 'pause.filed', path: `/sites/${mine.id}` }],
        },
      ])
    }
    expect(await titles(people.haizhu)).toEqual([])
    const answer = { version: filed.version, reason: '请改到夜间', to: 'refused' as const }
    await decidePause(ctx, people.tianhe, filed.id, answer)
    await act.pass(0)
    const [notice] = await read(people.owner)
    expect(notice?.title).toBe('李晓燕 驳回了停测报备：请改到夜间')
    expect(notice?.lines[0]?.text).toContain('机房检修')
  })

  it('that is approved, called off or over is told to it each time', async () => {
    const first = await filePause(ctx, people.owner, plan())
    await decidePause(ctx, people.tianhe, first.id, { version: 1, reason: '', to: 'approved' })
    await act.pass(0)
    await withdrawPause(ctx, people.tianhe, first.id, { version: 2, reason: '重大活动保障' })
    await act.pass(0)
    const second = await filePause(ctx, people.duty, plan())
    await act.pass(0)
    for (const ms of [HOUR, 2 * HOUR]) {
      ctx.clock.advance(ms)
      await carryOutPauses(ctx, ctx.clock.now())
      await act.pass(0)
    }
    expect(second.state).toBe('approved')
    expect((await titles(people.owner)).reverse()).toEqual([
      '李晓燕 批准了停测',
      '李晓燕 取消了停测：重大活动保障',
      '王敏 报备了停测，已生效',
      '计划停测已结束，恢复监测',
    ])
  })

  it('that nobody answered in time is told as just that', async () => {
    await filePause(ctx, people.owner, plan())
    ctx.clock.advance(4 * HOUR)
    await carryOutPauses(ctx, ctx.clock.now())
    await act.pass(0)
    expect(await titles(people.owner)).toEqual(['停测报备无人答复，时段已过，未停测'])
  })
})

describe('a plan for a platform of several districts', () => {
  it('concerns each of them, and no unit but those on it', async () => {
    const stranger = await makeSite(ctx.db, { district: '440111' })
    const facts = await ctx.told(() => filePause(ctx, people.duty, plan({ target: everywhere })))
    expect(facts).toMatchObject([{ kind: 'pause.approved', siteId: null, district: null }])
    expect(await heardBy(['city'], facts)).toBe(1)
    expect(await heardBy(['district:440105'], facts)).toBe(1)
    expect(await heardBy(['district:440111'], facts)).toBe(0)
    expect(await heardBy([`unit:${people.unitId}`], facts)).toBe(1)
    expect(await heardBy([`site:${mine.id}`], facts)).toBe(1)
    expect(await heardBy([`site:${stranger.id}`], facts)).toBe(0)
    const seen = await listFacts(ctx.db, people.haizhu.scope, { limit: 1 })
    expect(seen.map(({ seq }) => seq)).toEqual(facts.map(({ seq }) => seq))
    await act.pass(MINUTE)
    expect((await titles(people.owner))[0]).toBe('王敏 报备了停测，已生效')
    expect(await titles(people.haizhu)).toEqual(['【全市】停测报备 1 条'])
  })

  it('leaves out on a wall what people wrote', async () => {
    const facts = await ctx.told(() => filePause(ctx, people.duty, plan({ reason: '内部故障排查' })))
    expect(JSON.stringify(factsFor(viewOf(['wall'], 'city'), facts, emptyBoard()))).not.toContain('内部故障')
  })

  it('reaches a unit without accounts by mail', async () => {
    const unit = await makeUnit(ctx.db)
    const site = await makeSite(ctx.db, { unit_id: unit.id })
    const contact = {
      kind: 'contact',
      name: '孙丽',
      post: '',
      phone: '',
      mobile: '',
      mail: 'sun@unit.example',
    } as const
    await setContacts(ctx, people.admin, unit.id, { version: 0, contacts: [contact] })
    const { id } = await act.channel({
      kind: 'email',
      mail: { host: '127.0.0.1', port: 2525, security: 'none', user: '', from: 'siteward@gz.example' },
    })
    await filePause(ctx, people.duty, plan({ target: { kind: 'site', siteId: site.id } }))
    await act.pass(0)
    expect(await act.deliveries(id)).toMatchObject([
      { address: 'sun@unit.example', notice: { title: '王敏 报备了停测，已生效' } },
    ])
  })
})

it('windows that come night after night are shown, and told to nobody one by one', async () => {
  const repeat = { weekdays: [1, 2, 3, 4, 5, 6, 7], until: iso(ctx.clock.now() + 3 * DAY).slice(0, 10) }
  await filePause(ctx, people.duty, plan({ repeat }))
  await act.pass(0)
  const facts = await ctx.told(async () => {
    for (const ms of [HOUR, 2 * HOUR, 22 * HOUR]) {
      ctx.clock.advance(ms)
      await carryOutPauses(ctx, ctx.clock.now())
    }
  })
  expect(facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('pause.'))).toEqual([
    'pause.begun',
    'pause.resumed',
    'pause.begun',
  ])
  await act.pass(0)
  expect(await titles(people.owner)).toEqual(['王敏 报备了停测，已生效'])
})
