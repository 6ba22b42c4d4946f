import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { keptOfSite } from '../../../server/monitor/inspections/kept-of-site.ts'
import { LINE_JUDGES } from '../../../server/monitor/inspections/line/judge.ts'
import { SITE_RULES } from '../../../server/monitor/inspections/line/rules.ts'
import type { Outcome, Tools } from '../../../server/monitor/inspections/rule.ts'
import { claimDueLines, spreadTurns, storeLine } from '../../../server/monitor/line/queries.ts'
import { siteLine } from '../../../server/monitor/line/service.ts'
import { tendLines } from '../../../server/monitor/line/worker.ts'
import { createProber } from '../../../server/monitor/visit/visit.ts'
import { DAY } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { gradeOf, type HeaderResults } from '../../../shared/monitor/line/grade-rules.ts'
import type { LineMeasured } from '../../../shared/monitor/line/line-rules.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { SITE } from '../inspections/pages.ts'
import { HOME, page, serve } from '../visit/servers.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('site_line').execute()
  await ctx.db.updateTable('site').set({ pause_reason: 'done', paused_until: null }).execute()
  site = await made()
})

async function made(change: Parameters<typeof makeSite>[1] = {}): Promise<MadeSite> {
  const one = await makeSite(ctx.db, { unit_id: people.unitId, ...change })
  await ctx.db.updateTable('site_state').set({ availability: 'up' }).where('site_id', '=', one.id).execute()
  return one
}
const RESULTS: HeaderResults = {
  ...{ csp: 'none', cookies: 'none', cors: 'none', redirection: 'missing', referrer: 'none' },
  ...{ hsts: 'noHttps', integrity: 'noScripts', contentType: 'none', frames: 'none', resourcePolicy: 'none' },
}
const LINE: LineMeasured = {
  url: 'http://x.gov.cn/',
  six: {
    state: 'fails',
    address: '2408::1',
    cause: 'timeout',
    tookMs: null,
    same: null,
    second: null,
    third: null,
  },
  secure: {
    ...{ state: 'none', cause: 'refused', redirection: 'missing', hstsAge: null, certDaysLeft: null },
    ...{ isIncomplete: false, isWeak: false },
  },
  headers: { results: RESULTS, ...gradeOf(RESULTS) },
  load: { ms: 120, by: 'load' },
}
const now = (ms = 0) => new Date(ctx.clock.now() + ms)
const keep = async (of: MadeSite, found: Parameters<typeof storeLine>[3], ms = 0) => {
  await spreadTurns(ctx.db, now())
  await storeLine(ctx.db, of.id, now(ms), found)
}
/** What the rule says of the site by what is kept. */
async function said(rule: string): Promise<Outcome | undefined> {
  const facts = { ...SITE, siteId: site.id }
  const tools = {
    kept: keptOfSite(ctx.db, facts, ctx.clock),
    limits: inspectionRule(rule)?.limits ?? {},
  } as Partial<Tools> as Tools
  return SITE_RULES.find(({ id }) => id === rule)?.measure(facts, tools)
}

it('each site gets a turn of its own within a day; those that are down or paused wait', async () => {
  const down = await made()
  await ctx.db
    .updateTable('site_state')
    .set({ availability: 'down' })
    .where('site_id', '=', down.id)
    .execute()
  const paused = await made({ pause_reason: 'upgrade', paused_until: null })
  await spreadTurns(ctx.db, now())
  expect(await claimDueLines(ctx.db, now(-1_000), 9)).toEqual([])
  const due = (await claimDueLines(ctx.db, now(DAY), 99)).map(({ siteId }) => siteId)
  expect(due).toContain(site.id)
  expect(due).not.toContain(down.id)
  expect(due).not.toContain(paused.id)
  expect(await claimDueLines(ctx.db, now(DAY), 99), 'claimed once').toEqual([])
})

it('a look is made over real sockets, kept, and shown', async () => {
  const { port } = await serve(page(HOME, { 'X-Frame-Options': 'DENY' }))
  const prober = createProber({
    userAgent: 'test',
    allowAddresses: ['127.0.0.0/8'],
    hosts: { '*.localhost': '127.0.0.1' },
    deadlineMs: 2_000,
  })
  onTestFinished(() => prober.close())
  await ctx.db
    .updateTable('site')
    .set({ url: `http://site.localhost:${port}/` })
    .where('id', '=', site.id)
    .execute()
  await ctx.db
    .insertInto('site_line')
    .values({ site_id: site.id, next_at: now(-1_000), at: null, measured: null, reason: null })
    .execute()
  const signal = new AbortController().signal
  await tendLines(ctx, { proberFor: () => prober, portsFor: () => ({ http: port, https: 9 }), signal })
  const { at, line } = await siteLine(ctx, people.owner, site.id)
  expect(at).not.toBeNull()
  expect(line).toMatchObject({
    six: { state: 'none' },
    secure: { state: 'none', redirection: 'missing' },
    headers: { grade: 'D', scoring: 'http-observatory-4' },
  })
  expect(line?.headers.tests.find(({ test }) => test === 'frames')).toEqual({
    test: 'frames',
    result: 'denied',
    points: 0,
  })
})

it('nobody sees the line of a site that is not theirs', async () => {
  await keep(site, LINE)
  const other = await made({ unit_id: (await makeUnit(ctx.db)).id })
  await refused(siteLine(ctx, people.owner, other.id), 'not_found')
  expect((await siteLine(ctx, people.owner, site.id)).line?.headers.grade).toBe('F')
  expect(await siteLine(ctx, people.duty, other.id)).toEqual({ at: null, reason: 'never', line: null })
})

it('of pages behind the home page that did not open over IPv6 it says how many, and no address, which may name persons', async () => {
  const failed = [`${site.url}search?name=%E5%BC%A0%E4%B8%89&sfzh=44010619900307123X`]
  const second = { asked: 5, opened: 4, failed }
  await keep(site, { ...LINE, six: { ...LINE.six, state: 'opens', cause: null, same: 1, second } })
  const { line } = await siteLine(ctx, people.owner, site.id)
  expect(line?.six).toMatchObject({ state: 'opens', third: null })
  expect(line?.six.second).toEqual({ asked: 5, opened: 4 })
  expect(await said('line-ipv6-links')).toMatchObject({ outcome: 'found', problems: [{ excerpt: '4/5' }] })
})

it('that nothing opens over IPv6 from here is held against nobody; once one site does, the others are told', async () => {
  await keep(site, LINE)
  expect(await said('line-ipv6')).toEqual({ outcome: 'unmeasured', reason: 'noSixLine' })
  expect((await siteLine(ctx, people.duty, site.id)).line?.six.state).toBe('noLine')
  await keep(await made(), { ...LINE, six: { ...LINE.six, state: 'opens' } })
  expect(await said('line-ipv6')).toMatchObject({ outcome: 'found', problems: [{ key: 'fails' }] })
  expect((await siteLine(ctx, people.duty, site.id)).line?.six.state).toBe('fails')
})

it('what was not looked at, did not open or is old is not measured, and says why', async () => {
  for (const rule of Object.keys(LINE_JUDGES))
    expect(await said(rule), rule).toEqual({ outcome: 'unmeasured', reason: 'lineNever' })
  await keep(site, 'blocked')
  expect(await said('line-https')).toEqual({ outcome: 'unmeasured', reason: 'blocked' })
  expect(await siteLine(ctx, people.duty, site.id)).toMatchObject({ reason: 'blocked', line: null })
  await keep(site, LINE, -4 * DAY)
  expect(await said('line-https')).toEqual({ outcome: 'unmeasured', reason: 'lineOld' })
})
