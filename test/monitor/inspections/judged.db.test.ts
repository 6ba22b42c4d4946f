import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { forgetGone } from '../../../server/monitor/inspections/forget.ts'
import { listGroups, listProblems, type ProblemFilter } from '../../../server/monitor/inspections/queries.ts'
import type { Problem } from '../../../server/monitor/inspections/rule.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { askerOf, inspectionsOfSite, standingOfRules } from '../../../server/monitor/inspections/standing.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import type { ProblemState } from '../../../shared/monitor/inspections/inspections-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let sites: { id: number }[]

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(ctx.db)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await ctx.db.deleteFrom('inspection_problem').execute()
  await ctx.db.deleteFrom('inspection').execute()
  await ctx.db
    .updateTable('alert')
    .set({ status: 'resolved', resolved_at: new Date(0) })
    .execute()
  await ctx.db
    .updateTable('incident')
    .set({ resolved_at: new Date(0) })
    .execute()
  // Two of one unit and platform, and one of another district.
  sites = [
    await makeSite(ctx.db, { unit_id: people.unitId, platform: '天河集约化平台' }),
    await makeSite(ctx.db, { unit_id: people.unitId, platform: '天河集约化平台' }),
    await makeSite(ctx.db, { district: '440105', platform: null }),
  ]
})

const idOf = (n: number): number => sites[n]?.id ?? 0
/** A grave one and a small one, which both propose only. */
const GRAVE = 'mark-code'
const SMALL = 'page-title'
/** It stands for what it finds. */
const TELLING = 'hidden-links'
const find = (n: number, key: string, rule = GRAVE, detail: Problem['detail'] = {}) =>
  ctx.db.transaction().execute((tx) =>
    keepProblems(
      tx,
      idOf(n),
      [
        {
          ...{
            rule,
            version: 1,
            key,
            url: `http://x.gov.cn${key}`,
            excerpt: '',
            outline: null,
          },
          detail,
        },
      ],
      new Date(ctx.clock.now()),
    ),
  )
const seen = async (who: Principal, filter: ProblemFilter = {}) =>
  (await listProblems(ctx.db, await askerOf(ctx, who), filter, { limit: 100 })).items
const decide = async (who: Principal, to: ProblemState, note = '') => {
  const problems = (await seen(people.duty, to === 'open' ? { state: 'refused' } : {})).map(
    ({ id, version }) => ({ id, version }),
  )
  return decideProblems(ctx, who, { problems, to, note })
}
const told = (facts: readonly Fact[]) =>
  facts.flatMap(({ kind, data }) => ('alert' in data ? [[kind, data.alert.rule, data.alert.siteId]] : []))

describe('what the machine has found', () => {
  it('is seen by those whose sites they are; a unit is told only what a person has confirmed', async () => {
    await find(0, '/a')
    await find(2, '/b')
    const of = async (who: Principal) => (await seen(who)).map(({ siteId }) => siteId)
    expect(await of(people.duty)).toEqual([idOf(2), idOf(0)])
    expect(await of(people.tianhe)).toEqual([idOf(0)])
    expect(await of(people.haizhu)).toEqual([idOf(2)])
    expect(await of(people.owner), 'it waits for a word').toEqual([])
    await decide(people.duty, 'confirmed')
    expect(await of(people.owner)).toEqual([idOf(0)])
    const { rules } = await standingOfRules(ctx, people.owner)
    expect(rules.find(({ id }) => id === GRAVE)?.problems).toMatchObject({ confirmed: 1 })
  })

  it('is no result for its owner before a word is said of it, and is not called clear either', async () => {
    const at = new Date(ctx.clock.now())
    await find(0, '/a')
    await ctx.db
      .insertInto('inspection')
      .values({ site_id: idOf(0), rule: GRAVE, outcome: 'found', reason: null, at, since: at, version: 1 })
      .execute()
    const told = async (who: Principal) => {
      const { items } = await inspectionsOfSite(ctx, who, idOf(0))
      return items.find(({ rule }) => rule === GRAVE)
    }
    const counted = async (who: Principal) =>
      (await standingOfRules(ctx, who)).rules.find(({ id }) => id === GRAVE)?.sites
    expect(await told(people.tianhe)).toMatchObject({ outcome: 'found', problems: { open: 1 } })
    expect(await told(people.owner)).toMatchObject({ outcome: 'unmeasured', reason: 'unsaid' })
    expect(await counted(people.owner)).toMatchObject({ found: 0, clear: 0, unmeasured: 1 })
    await decide(people.duty, 'confirmed')
    expect(await told(people.owner)).toMatchObject({ outcome: 'found', reason: null })
    expect(await counted(people.owner)).toMatchObject({ found: 1, clear: 0, unmeasured: 0 })
  })

  it('stands in the list of what waits until a word is said, then in that of what is to be mended', async () => {
    await find(0, '/a')
    await find(1, '/b', SMALL)
    await find(2, '/c', TELLING)
    const lists = async (who: Principal, filter: ProblemFilter = {}) => {
      const { counts } = await listProblems(ctx.db, await askerOf(ctx, who), filter, { limit: 1 })
      return counts
    }
    const keys = async (filter: ProblemFilter) =>
      (await seen(people.duty, filter)).map(({ url }) => url.slice(-2))
    expect(await lists(people.duty)).toEqual({ waiting: 2, mend: 1, refused: 0, gone: 0 })
    expect(await keys({ state: 'waiting' }), 'what weighs more stands first').toEqual(['/a', '/b'])
    expect(await keys({ state: 'mend' }), 'its rule stands for it').toEqual(['/c'])
    expect(await lists(people.owner), 'of what waits its owner hears nothing').toEqual({
      ...{ waiting: 0, mend: 0, refused: 0, gone: 0 },
    })
    await decide(people.duty, 'confirmed')
    expect(await lists(people.duty)).toEqual({ waiting: 0, mend: 3, refused: 0, gone: 0 })
  })

  it('is counted on other sites for a unit only where the unit is told of it there', async () => {
    await find(0, '/a')
    await decide(people.duty, 'confirmed')
    await find(1, '/a')
    const others = async (who: Principal) => (await seen(who, { site: idOf(0) })).map((one) => one.others)
    expect(await others(people.duty)).toEqual([1])
    expect(await others(people.owner), 'there it waits for a word').toEqual([0])
    const problems = await seen(people.duty, { state: 'waiting' })
    await decideProblems(ctx, people.duty, { problems, to: 'confirmed', note: '' })
    expect(await others(people.owner)).toEqual([1])
  })

  it('is found by the name of its site and of its unit', async () => {
    await ctx.db.updateTable('site').set({ name: '棠下街道办事处网站' }).where('id', '=', idOf(0)).execute()
    await find(0, '/a')
    await find(2, '/b')
    const found = async (q: string) => (await seen(people.duty, { q })).map(({ siteId }) => siteId)
    expect(await found('棠下')).toEqual([idOf(0)])
    expect(await found('%')).toEqual([])
    const [one] = await seen(people.duty, { site: idOf(2) })
    expect(await found(one?.unit ?? '?')).toContain(idOf(2))
  })

  it('is read page by page, each once, whatever weighs more', async () => {
    for (const [n, rule] of [GRAVE, SMALL, GRAVE, SMALL, GRAVE].entries()) await find(n % 3, `/${n}`, rule)
    const asker = await askerOf(ctx, people.duty)
    const all = (await seen(people.duty)).map(({ id }) => id)
    const ids: number[] = []
    for (let before: number | undefined; ids.length < 5; ) {
      const { items, total, nextCursor } = await listProblems(ctx.db, asker, {}, { limit: 2, before })
      expect(total).toBe(5 - ids.length / 2)
      ids.push(...items.map(({ id }) => id))
      if (nextCursor === null) break
      before = Number(nextCursor)
      // The last that was read is forgotten meanwhile: the list goes on all the same.
      await ctx.db
        .deleteFrom('inspection_problem')
        .where('id', '=', ids.at(-1) ?? 0)
        .execute()
    }
    expect(ids).toEqual(all)
  })

  it('is one heap where several sites have it of one source, and another for what each has by itself', async () => {
    await find(0, '/a')
    await find(1, '/a')
    await find(1, '/other')
    await find(2, '/b')
    const groups = await listGroups(ctx.db, await askerOf(ctx, people.duty), { state: 'waiting' })
    expect(
      groups.map(({ told, sites, problems, waiting }) => [told, sites, problems, waiting.length]),
    ).toEqual([
      ['天河集约化平台 · /a', 2, 2, 2],
      [null, 2, 2, 2],
    ])
  })

  it('is judged by those who may, once, and not by two at a time', async () => {
    await find(0, '/a')
    const [one] = await seen(people.duty)
    const problems = [{ id: one?.id ?? 0, version: 1 }]
    const say = (who: Principal, to: ProblemState) => decideProblems(ctx, who, { problems, to, note: 'x' })
    await expect(say(people.viewer, 'confirmed')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(say(people.owner, 'refused')).rejects.toMatchObject({ code: 'not_found' })
    await expect(say(people.haizhu, 'refused')).rejects.toMatchObject({ code: 'not_found' })
    await say(people.tianhe, 'confirmed')
    await expect(say(people.duty, 'refused')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is no alert of the site where what it found has one of its own', async () => {
    await find(0, '/a', 'outbound-hijacked')
    await find(1, '/a', 'outbound-hijacked')
    expect(told(await ctx.told(() => decide(people.duty, 'confirmed')))).toEqual([])
  })

  it('is an alert of the site once something grave is confirmed, and none when it is refused', async () => {
    await find(2, '/b')
    const opened = await ctx.told(() => decide(people.duty, 'confirmed'))
    expect(told(opened)).toEqual([['alert.opened', 'MACHINE', idOf(2)]])
    expect(opened.at(-1)).toMatchObject({
      data: {
        alert: { severity: 'major', evidence: { found: { n: 1, rules: [{ id: GRAVE, n: 1 }] } } },
      },
    })
    expect(told(await ctx.told(() => decide(people.duty, 'refused', '外部系统')))).toEqual([
      ['alert.resolved', 'MACHINE', idOf(2)],
    ])
    await find(2, '/b')
    expect(await seen(people.duty), 'found again, it stays refused').toEqual([])
    expect(told(await ctx.told(() => decide(people.duty, 'open')))).toEqual([])
  })

  it('is no alert where it is small, confirmed or not: it stands in the list', async () => {
    await find(0, '/a', SMALL)
    await find(1, '/a', SMALL)
    expect(told(await ctx.told(() => decide(people.duty, 'confirmed')))).toEqual([])
    expect((await seen(people.owner)).map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
  })

  it('is told once where a platform does it on all its sites, and its sites alarm by themselves when it does not', async () => {
    await find(0, '/a', GRAVE, { kind: 'missing', register: '4401060001' })
    await find(1, '/a')
    const [group] = await listGroups(ctx.db, await askerOf(ctx, people.duty), {})
    expect(group).toMatchObject({ sites: 2, open: 2, told: '天河集约化平台 · /a' })
    expect(group?.said?.zh, 'what it is on one of them').toBe('首页上没有；台账登记为“4401060001”')
    expect((await seen(people.duty)).map(({ others }) => others)).toEqual([1, 1])
    const facts = await ctx.told(() => decide(people.duty, 'confirmed'))
    const whole = facts.filter(({ data }) => 'alert' in data && data.alert.rule === 'PLATFORM')
    expect(whole).toMatchObject([
      {
        kind: 'alert.opened',
        data: { alert: { siteId: null, evidence: { kind: 'source', sites: 2, down: 2 } } },
      },
    ])
    const live = await ctx.db
      .selectFrom('alert')
      .select(['rule', 'incident_id'])
      .where('status', '<>', 'resolved')
      .where('rule', '=', 'MACHINE')
      .execute()
    expect(
      live.map(({ incident_id }) => incident_id !== null),
      'both stand behind it',
    ).toEqual([true, true])
    const [first] = await seen(people.duty, { site: idOf(0) })
    const over = await ctx.told(() =>
      decideProblems(ctx, people.duty, {
        problems: [{ id: first?.id ?? 0, version: first?.version ?? 0 }],
        to: 'refused',
        note: 'x',
      }),
    )
    expect(told(over)).toContainEqual(['alert.resolved', 'MACHINE', idOf(0)])
    expect(told(over)).toContainEqual(['alert.resolved', 'PLATFORM', null])
    expect(told(over)).toContainEqual(['alert.grouped', 'MACHINE', idOf(1)])
  })
})

it('what has been gone for a year is forgotten, but for what people have called none', async () => {
  const days = MACHINE.kept.goneDays
  expect(days, 'error rates are counted of what people said').toBeGreaterThan(MACHINE.errors.days)
  for (const key of ['/there', '/gone', '/lately', '/none', '/said']) await find(0, key)
  const gone = (key: string, ago: number, more: { state?: ProblemState; decided_at?: Date } = {}) =>
    ctx.db
      .updateTable('inspection_problem')
      .set({ gone_at: new Date(ctx.clock.now() - ago * DAY), ...more })
      .where('key', '=', key)
      .execute()
  await gone('/gone', days + 1)
  await gone('/lately', days - 1)
  await gone('/none', days + 1, { state: 'refused' })
  await gone('/said', days + 1, { state: 'confirmed', decided_at: new Date(ctx.clock.now() - DAY) })
  expect(await forgetGone(ctx.db, ctx.clock.now())).toBe(1)
  const left = await ctx.db.selectFrom('inspection_problem').select('key').orderBy('id').execute()
  expect(left.map(({ key }) => key)).toEqual(['/there', '/lately', '/none', '/said'])
})
