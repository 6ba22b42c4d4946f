import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadBoard } from '../../../server/city/board/load.ts'
import { ensureDemoUsers } from '../../../server/demo/accounts.ts'
import { ensureDemoContacts } from '../../../server/demo/contacts.ts'
import { ensureDemoDuty, ensureDemoHandovers } from '../../../server/demo/duty.ts'
import { ensureDemoSubscriptions } from '../../../server/demo/notifications.ts'
import { makePast } from '../../../server/demo/past/fill.ts'
import { fillPastHours } from '../../../server/demo/past/hours.ts'
import { moveBrokenLinks, moveUnfinished } from '../../../server/demo/past/store.ts'
import { ensureDemoPauses } from '../../../server/demo/pauses.ts'
import { loadDemoRegister } from '../../../server/demo/register.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import { listInbox } from '../../../server/desk/notifications/queries.ts'
import { linkReport, startWeeklyScan } from '../../../server/monitor/links/service.ts'
import { askRender } from '../../../server/monitor/rendering/ask.ts'
import { siteHistory } from '../../../server/monitor/standing/history.ts'
import { v1Counts } from '../../../server/monitor/verdicts/queries.ts'
import type { StoredVisit } from '../../../server/monitor/visit-store/pack.ts'
import { partitionDays, utcDay } from '../../../server/monitor/visit-store/partitions.ts'
import { hoursBetween, visitsBetween } from '../../../server/monitor/visit-store/queries.ts'
import { DEMO_ROWS } from '../../../server/register/import/demo.ts'
import { importRegister } from '../../../server/register/import/import.ts'
import { DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import { applyFact, type Board, emptyBoard } from '../../../shared/city/board.ts'
import { countStates } from '../../../shared/register/sites/states.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { rowsWithoutParents } from '../../support/databases/references.ts'
import { judgeV1 } from '../../support/rules-2015.ts'

const MEASURED = [
  'visit',
  'visit_hour',
  'visit_day',
  'packed_visit',
  'packed_hour',
  'fact',
  'board_checkpoint',
] as const

let fresh: FreshDatabase
let ctx: TestContext
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  await loadDemoRegister(ctx, { http: 80, https: 443 })
  await ensureDemoUsers(ctx)
  // A first start that was cut off has left some.
  await sql`
    insert into visit_day (site_id, "day", total, failed, excluded, ok_ms_sum, max_ms)
    select id, ${localDay(ctx.clock.now() - 3 * DAY)}, 7777, 0, 0, 1, 1 from site order by id limit 1`.execute(
    ctx.db,
  )
  await (await makePast(ctx, () => {}))()
})
afterAll(() => fresh.drop())

it('remembers failures of platforms: each with the sites that it took down, and when they were back', async () => {
  const { rows } = await sql<{ key: string; minutes: number; sites: number; of: number }>`
    select incident.key, extract(epoch from incident.resolved_at - incident.opened_at)::int / 60 as minutes,
      (select count(*)::int from alert where alert.incident_id = incident.id and alert.rule = 'DOWN') as sites,
      (select count(*)::int from site where site.platform = incident.key) as of
    from incident where kind = 'platform'`.execute(ctx.db)
  // Short ones are remembered of the last day alone.
  const long = rows.filter(({ minutes }) => minutes >= 40)
  expect(long.length).toBeGreaterThanOrEqual(3)
  for (const { key, sites, of } of long) expect(sites, key).toBeGreaterThan(of / 2)
})

it('gives the demo a past from which the present follows: folding its facts makes the board of its tables', async () => {
  const { board } = await loadBoard(ctx.db, ctx.clock.now())
  const folded = emptyBoard()
  for (const site of board.sites.values())
    folded.sites.set(site.id, { ...site, state: 'unknown', availability: 'unknown' })
  for (let seq = 0; ; ) {
    const facts = await factsAfter(ctx.db, seq, 5_000)
    const last = facts.at(-1)
    if (!last) break
    expect(facts.map((fact) => fact.seq)).toEqual(facts.map((_fact, n) => seq + 1 + n))
    for (const fact of facts) applyFact(folded, fact)
    seq = last.seq
  }
  const plain = ({ seq, sites, alerts, rectifications }: Board) => ({
    seq,
    sites: [...sites.values()],
    alerts: [...alerts.values()].sort((a, b) => a.id - b.id),
    rectifications: [...rectifications.values()].sort((a, b) => a.id - b.id),
  })
  expect(plain(folded)).toEqual(plain(board))
  const counts = countStates([...board.sites.values()].map((site) => site.state))
  expect(640 - counts.healthy, 'about one site in twenty has something wrong').toBeGreaterThan(20)
  expect(640 - counts.healthy).toBeLessThan(50)
})

it('knows whose columns are not kept up, and whose links are broken, with the scan that found them', async () => {
  const { board } = await loadBoard(ctx.db, ctx.clock.now())
  const live = (rule: string) => [...board.alerts.values()].filter((alert) => alert.rule === rule)
  expect(live('V3')).toHaveLength(6)
  expect([...board.sites.values()].filter((site) => site.v3 !== 'ok')).toHaveLength(6)
  expect(live('LINKS').length).toBeGreaterThan(8)
  expect(live('LINKS').length).toBeLessThan(30)
  await moveBrokenLinks(ctx.db, { http: 8081, https: 8443 })
  for (const { siteId, evidence } of live('LINKS')) {
    const { counts, findings } = await linkReport(ctx, { kind: 'city' }, siteId ?? 0)
    for (const { rule, confirmed } of counts) expect(evidence.broken?.[rule]).toBe(confirmed)
    for (const { url } of findings) expect(['8081', '8443']).toContain(new URL(url).port)
  }
})

it('goes on after its end with what was under way, where its sites are then', async () => {
  const { id, url } = await ctx.db
    .selectFrom('site')
    .select(['id', 'url'])
    .where('demo', '=', true)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const now = ctx.clock.now()
  const page = `${url}a.html`
  const ask = { siteId: id, url: page, purpose: 'picture', cause: 'proof', askedBy: null } as const
  const ports = [page, page.replace(/localhost(:\d+)?/, 'localhost:1')]
  for (const at of ports) await askRender(ctx.db, [{ ...ask, url: at, subject: { ref: 'x' } }], now)
  const scanId = (await startWeeklyScan(ctx, id)) ?? 0
  await ctx.db.updateTable('link_target').set({ state: 'fine' }).where('scan_id', '=', scanId).execute()
  await moveUnfinished(ctx.db, { http: 8081, https: 8443 }, new Date(now))
  const open = await ctx.db.selectFrom('render_order').select('url').where('done_at', 'is', null).execute()
  expect(open.map((one) => new URL(one.url).port)).toEqual([/^https/.test(url) ? '8443' : '8081'])
  const links = await ctx.db.selectFrom('link_target').selectAll().where('scan_id', '=', scanId).execute()
  expect(links).toMatchObject([{ url, state: 'waiting', depth: 0 }])
  await ctx.db.deleteFrom('link_scan').where('id', '=', scanId).execute()
  await ctx.db.deleteFrom('render_order').execute()
})

it('tells nothing that is still to come', async () => {
  const now = new Date(ctx.clock.now())
  const ahead = await ctx.db.selectFrom('fact').select(['kind', 'at']).where('at', '>', now).execute()
  expect(ahead).toEqual([])
})

it('has enough visits for V1 of every site that no wall stands before, and it says what the board says of nearly all', async () => {
  const { board } = await loadBoard(ctx.db, ctx.clock.now())
  const counts = await v1Counts(ctx.db, [...board.sites.keys()], ctx.clock.now())
  let differing = 0
  for (const [id, count] of counts) {
    const { verdict } = judgeV1(count)
    if (verdict === 'insufficient') expect(count.excluded).toBeGreaterThan(2_000)
    else if (verdict !== board.sites.get(id)?.v1) differing += 1
  }
  expect(differing).toBeLessThanOrEqual(5)
})

it('takes nothing over from a first start that was cut off', async () => {
  const left = await ctx.db.selectFrom('visit_day').select('site_id').where('total', '=', 7777).execute()
  expect(left).toEqual([])
  const days = await ctx.db
    .selectFrom('visit_day')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  expect(days?.n).toBe(640 * 90)
  expect(await rowsWithoutParents(ctx.db), 'what is stored unchecked refers to rows that are there').toEqual(
    [],
  )
})

it('is filled up, not doubled, when the demo was off for some hours', async () => {
  const rows = () =>
    ctx.db
      .selectFrom('visit_hour')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  const before = await rows()
  await (await makePast(ctx, () => {}))()
  expect(await rows()).toEqual(before)
  ctx.clock.advance(5 * HOUR)
  await (await makePast(ctx, () => {}))()
  expect((await rows()).n - before.n).toBe(5 * 640)
})

it('has its visits packed but for those of the last day or two, also those of days on which it was off', async () => {
  const due = () => utcDay(ctx.clock.now() - 42 * HOUR)
  const ids = [(await ctx.db.selectFrom('site').select('id').orderBy('id').executeTakeFirstOrThrow()).id]
  const week = async () =>
    (await visitsBetween(ctx.db, ids, ctx.clock.now() - 7 * DAY, ctx.clock.now())).get(ids[0] ?? 0)
  const isHourly = (visits: StoredVisit[] | undefined) => {
    const times = visits?.map(({ atMs }) => atMs) ?? []
    return Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? 0))) <= 2 * HOUR
  }
  expect((await partitionDays(ctx.db, 'packed_visit')).at(-1)).toBe(due())
  expect(isHourly(await week())).toBe(true)
  ctx.clock.advance(4 * DAY)
  await (await makePast(ctx, () => {}))()
  expect((await partitionDays(ctx.db, 'packed_visit')).at(-1)).toBe(due())
  expect(isHourly(await week()), 'none of it is missing').toBe(true)
})

it('gives every site the hours of its past as well, whenever that is interrupted, and they add up to its days', async () => {
  const sites = await ctx.db.selectFrom('site').select('id').orderBy('id').execute()
  const ids = [sites[0]?.id ?? 0, sites[7]?.id ?? 0]
  const stop = new AbortController()
  stop.abort()
  await fillPastHours(ctx, stop.signal)
  // Only the demo's are given a past: two are enough here.
  await ctx.db.updateTable('site').set({ demo: false }).where('id', 'not in', ids).execute()
  await fillPastHours(ctx, new AbortController().signal)
  await fillPastHours(ctx, new AbortController().signal)
  const toMs = ctx.clock.now()
  for (const id of ids) {
    const { points } = await siteHistory(ctx.db, id, toMs - 90 * DAY, toMs)
    expect(points.length).toBeGreaterThan(700)
    const hours = (await hoursBetween(ctx.db, [id], 0, toMs)).get(id) ?? []
    const [first, last] = [startOfDay(localDay(toMs - 89 * DAY)), startOfDay(localDay(toMs - 8 * DAY))]
    const older = hours.filter(({ hourMs }) => hourMs >= first && hourMs < last)
    const { total } = await ctx.db
      .selectFrom('visit_day')
      .select((eb) => eb.fn.sum<number>('total').as('total'))
      .where('site_id', '=', id)
      .where('day', '>=', localDay(first))
      .where('day', '<', localDay(last))
      .executeTakeFirstOrThrow()
    const sum = older.reduce((all, hour) => all + hour.total, 0)
    expect(Math.abs(sum - total) / total, 'each hour is rounded to whole visits').toBeLessThan(0.01)
  }
})

it('whoever runs the sites of a unit finds months of work, and of notices', async () => {
  await ensureDemoSubscriptions(ctx)
  await ensureDemoContacts(ctx)
  const { rows } = await sql<{ id: number; units: number[] }>`
    select id, unit_ids as units from user_account where username = 'unit'`.execute(ctx.db)
  const [{ id = 0, units = [] } = {}] = rows
  const rectifications = await ctx.db
    .selectFrom('rectification')
    .selectAll()
    .where('unit_id', 'in', units)
    .execute()
  expect(rectifications.length).toBeGreaterThanOrEqual(9)
  expect(rectifications.filter(({ source, stage }) => source === 'check' && stage === 'closed')).toHaveLength(
    6,
  )
  expect(
    rectifications.filter(({ stage }) => stage !== 'closed').length,
    'and work of today',
  ).toBeGreaterThanOrEqual(3)
  expect(rectifications.every(({ assignee_id: assignee }) => assignee === id)).toBe(true)
  const oldest = Math.min(...rectifications.map(({ raised_at: at }) => at.getTime()))
  expect(ctx.clock.now() - oldest).toBeGreaterThan(80 * DAY)
  const { items, total } = await listInbox(ctx.db, id, { limit: 100 })
  expect(total).toBeGreaterThanOrEqual(12)
  expect(items.filter(({ readAt }) => readAt === null).length).toBeLessThan(total / 2)
  expect(Date.parse(items.at(-1)?.at ?? '')).toBeLessThan(ctx.clock.now() - 60 * DAY)
})

it('goes whole when a register is loaded over it, but never with a real site beside it', async () => {
  const { db } = ctx
  await ensureDemoSubscriptions(ctx)
  await ensureDemoDuty(ctx)
  await ensureDemoPauses(ctx)
  await ensureDemoHandovers(ctx)
  await ensureDemoContacts(ctx)
  const rowsOf = async () => {
    const counts: Record<string, number> = {}
    for (const table of [...DEMO_ROWS.map((rows) => rows.table), ...MEASURED]) {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)
      if (rows[0]?.n) counts[table] = rows[0].n
    }
    return counts
  }
  const before = await rowsOf()
  const real = {
    code: '4401060001',
    name: '天河区教育局',
    url: 'http://site.gov.cn/',
    level: 'district_department' as const,
    district: '440106',
    division: '440106',
    unit: '天河区教育局',
    platform: null,
    intervalS: null,
  }
  // One of them was entered by hand, and is real.
  const { id } = await db.selectFrom('site').select('id').limit(1).executeTakeFirstOrThrow()
  await db.updateTable('site').set({ demo: true }).execute()
  await db.updateTable('site').set({ demo: false }).where('id', '=', id).execute()
  await expect(importRegister(ctx, [real])).rejects.toThrow('beside its 639 sites there are 1 real ones')
  expect(await rowsOf()).toEqual(before)

  await db.updateTable('site').set({ demo: true }).execute()
  expect(await importRegister(ctx, [real])).toMatchObject({ added: 1, demoRemoved: 640 })
  const kept = { site: 1, site_state: 1, unit: 1, notification_channel: 1 }
  // Told of the register, once.
  expect(await rowsOf()).toEqual({ ...kept, fact: 1 })
})
