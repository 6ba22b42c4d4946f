import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertRound, setRound } from '../../../server/census/rounds/service.ts'
import { summaryOf } from '../../../server/census/summary/service.ts'
import { summarySites } from '../../../server/census/summary/sites.ts'
import { addDays, DAY, localDay, monthBefore, monthOf } from '../../../shared/base/time.ts'
import type { RoundState } from '../../../shared/census/rounds/rounds-rules.ts'
import type { SubmissionState } from '../../../shared/census/rounds/submissions/submissions-rules.ts'
import type { SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import { summaryEndpoints } from '../../../shared/census/summary/api.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let month: string
let earlier: string
const ids: number[] = []

const line = (rule: string, points: number) => ({
  ...{ rule, count: 1, points, by: 'machine' as const, replacedBy: null, proof: [] },
})

async function keep(siteId: number, day: string, sheet: Partial<SheetResult>): Promise<void> {
  const { outcome = 'passed', points = 0, vetoes = [], lines = [] } = sheet
  await fresh.db
    .insertInto('sheet')
    .values({
      ...{ site_id: siteId, edition: 'cn-2015', revision: 1, from_day: day, to_day: day, outcome, points },
      ...{ score: outcome === 'vetoed' ? null : 100 - points },
      ...{ vetoes, unmeasured: [], lines: JSON.stringify(lines) as never },
    })
    .execute()
}

/** Three sites of Tianhe and one of Haizhu: vetoed and mended, getting worse, unchanged; without a sheet. */
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  month = monthOf(localDay(ctx.clock.now()))
  earlier = monthBefore(month)
  for (const district of ['440106', '440106', '440106', '440105']) {
    ids.push((await makeSite(fresh.db, { district, unit_id: people.unitId })).id)
  }
  const [mended = 0, worse = 0, same = 0] = ids
  const [now, before] = [addDays(localDay(ctx.clock.now()), -1), addDays(`${month}-01`, -2)]
  await keep(mended, before, { outcome: 'vetoed', vetoes: ['V2'] })
  await keep(mended, now, { points: 3, lines: [line('S4a', 3)] })
  await keep(worse, before, { points: 1, lines: [line('S2a', 1)] })
  await keep(worse, now, { outcome: 'vetoed', vetoes: ['V1', 'V2'], points: 1, lines: [line('S2a', 1)] })
  await keep(same, before, { points: 42, outcome: 'failed', lines: [line('S8a', 42)] })
  await keep(same, now, { points: 42, outcome: 'failed', lines: [line('S8a', 42)] })
})
afterAll(() => fresh.drop())

describe('the month of a place', () => {
  it('counts how sites came out against the month before, and who has no sheet', async () => {
    const found = await summaryOf(ctx, people.duty)
    expect(found).toMatchObject({ month, sites: 4, scored: { now: 3, before: 3 } })
    expect(found.outcomes).toEqual({
      now: { passed: 1, failed: 1, vetoed: 1, open: 0 },
      before: { passed: 1, failed: 1, vetoed: 1, open: 0 },
    })
    expect(found.scores.filter(({ now }) => now > 0)).toEqual([
      { from: 50, to: 59, now: 1, before: 1 },
      { from: 90, to: 100, now: 1, before: 1 },
    ])
    expect(found.vetoes.filter(({ now, before }) => now + before > 0)).toEqual([
      { rule: 'V1', now: 1, before: 0 },
      { rule: 'V2', now: 1, before: 1 },
    ])
    expect(found.heat.find(({ district }) => district === '440106')).toMatchObject({
      ...{ sites: 3, rules: { V1: 1, V2: 1 } },
    })
  })

  it('names who moved, who stands in the way, and the four questions', async () => {
    const { best, worst, inTheWay, trend, sections } = await summaryOf(ctx, people.duty)
    expect(best.map(({ id, before, now }) => [id, before, now])).toEqual([[ids[0], 100, 3]])
    expect(worst.map(({ id, before, now }) => [id, before, now])).toEqual([[ids[1], 1, 100]])
    expect(inTheWay).toMatchObject({ total: 1, sites: [{ id: ids[1], vetoes: ['V1', 'V2'] }] })
    expect(trend.map((one) => [one.month, one.questions])).toEqual([
      [earlier, { untimely: 1, inaccurate: 0, unresponsive: 0, unusable: 2 }],
      [month, { untimely: 2, inaccurate: 0, unresponsive: 0, unusable: 2 }],
    ])
    expect(sections.find(({ id }) => id === 'services')).toEqual({ id: 'services', now: 14, before: 14 })
  })

  it('is that of what one sees, and says nothing of letters to who has none', async () => {
    const haizhu = await summaryOf(ctx, people.haizhu)
    expect(haizhu).toMatchObject({ sites: 1, scored: { now: 0, before: 0 }, trend: [] })
    expect((await summaryOf(ctx, people.viewer)).letters).toBeNull()
    expect((await summaryOf(ctx, people.duty)).letters).toMatchObject({ due: { now: 0, before: 0 } })
  })

  it('counts rectifications by the day that they were raised and closed', async () => {
    const raised_at = new Date(ctx.clock.now() - DAY)
    await fresh.db
      .insertInto('rectification')
      .values({
        ...{ site_id: ids[0] ?? 0, unit_id: people.unitId, stage: 'raised', raised_at, due_workdays: 5 },
        ...{ due_on: addDays(localDay(ctx.clock.now()), -1), returned_count: 0, relapses: 0 },
        ...{ overridden: false, version: 1, assignee_id: null, raised_by: people.duty.id },
      } as never)
      .execute()
    const { rectifications } = await summaryOf(ctx, people.duty)
    expect(rectifications).toMatchObject({ raised: { now: 1, before: 0 }, closed: { now: 0 }, overdueNow: 1 })
    expect((await summaryOf(ctx, people.haizhu)).rectifications.raised.now).toBe(0)
  })

  it('of a month long ago has nothing, and says so', async () => {
    expect(await summaryOf(ctx, people.duty, '2020-01')).toMatchObject({ day: null, trend: [], best: [] })
  })
})

describe('the sites behind a number', () => {
  const listed = async (asked: object, who = people.duty) => {
    const query = summaryEndpoints.summarySites.query.parse(asked)
    const { items, total } = await summarySites(ctx, who, query)
    expect(total).toBe(items.length)
    return items.map(({ id }) => ids.indexOf(id))
  }
  it('are as many as it says: of a place and rule, of an outcome, of a tenth of the score', async () => {
    expect(await listed({})).toEqual([1, 2, 0])
    expect(await listed({ district: '440106', rule: 'V2' })).toEqual([1])
    expect(await listed({ district: '440105', rule: 'V2' })).toEqual([])
    expect(await listed({ month: earlier, rule: 'V2' })).toEqual([0])
    expect(await listed({ outcome: 'failed' })).toEqual([2])
    expect(await listed({ ten: '9' })).toEqual([0])
    expect(await listed({}, people.haizhu)).toEqual([])
  })

  it('come page by page', async () => {
    const asked = { limit: '2', cursor: undefined as string | undefined }
    const query = () => summaryEndpoints.summarySites.query.parse(asked)
    const first = await summarySites(ctx, people.duty, query())
    expect(first).toMatchObject({ total: 3, nextCursor: '2' })
    asked.cursor = first.nextCursor ?? undefined
    const second = await summarySites(ctx, people.duty, query())
    expect(second).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null })
  })
})

describe('the visits that are reported', () => {
  interface Said {
    readonly district: string
    /** Null: the district's own. */
    readonly unitId?: number | null
    readonly traffic: number
    readonly state?: SubmissionState
  }
  /** A round of reports, and what was handed in of it. */
  const reported = (opensOn: string, dueOn: string, said: readonly Said[], state: RoundState = 'closed') =>
    fresh.db.transaction().execute(async (tx) => {
      const given = { kind: 'report' as const, edition: 'cn-2015', opensOn, dueOn, repeats: false }
      const id = await insertRound(tx, ctx, given, people.duty)
      await setRound(tx, id, { state })
      for (const { district, unitId = null, traffic, state: how = 'accepted' } of said) {
        await tx
          .insertInto('census_submission')
          .values({
            ...{ round_id: id, district, unit_id: unitId, unit_name: null, state: how },
            ...{ answers: JSON.stringify({ sites: [], words: '', traffic }) },
            ...{ first_at: new Date(ctx.clock.now()), handed_in_at: new Date(ctx.clock.now()) },
          })
          .execute()
      }
    })

  it('are those of all districts and departments, of both halves of the month, without what is void or returned', async () => {
    expect((await summaryOf(ctx, people.duty)).traffic).toEqual({ now: null, before: null })
    const { id: unitId } = await makeUnit(fresh.db, { district: '4401-dept' })
    const [tianhe, haizhu] = [{ district: '440106' }, { district: '440105' }]
    const department = { district: '4401-dept', unitId }
    await reported(`${earlier}-01`, `${earlier}-17`, [{ ...tianhe, traffic: 1 }])
    // The second half of a month is due in the next one.
    await reported(`${earlier}-16`, `${month}-03`, [
      { ...tianhe, traffic: 10 },
      { ...department, traffic: 100 },
    ])
    await reported(`${month}-01`, `${month}-17`, [
      { ...tianhe, traffic: 1_000, state: 'handed_in' },
      { ...haizhu, traffic: 10_000, state: 'returned' },
      { ...department, traffic: 100_000 },
    ])
    await reported(`${month}-01`, `${month}-17`, [{ ...tianhe, traffic: 1_000_000 }], 'void')
    expect((await summaryOf(ctx, people.duty)).traffic).toEqual({ now: 101_000, before: 111 })
    expect((await summaryOf(ctx, people.tianhe)).traffic).toEqual({ now: 1_000, before: 11 })
    expect((await summaryOf(ctx, people.haizhu)).traffic).toEqual({ now: null, before: null })
    // A unit of a district reports none itself, a department does.
    expect((await summaryOf(ctx, people.owner)).traffic).toEqual({ now: null, before: null })
    const ofDepartment = { ...people.owner, scope: { kind: 'unit' as const, unitId } }
    expect((await summaryOf(ctx, ofDepartment)).traffic).toEqual({ now: 100_000, before: 100 })
  })
})
