import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listFindings } from '../../../server/census/findings/queries.ts'
import {
  confirmFinding,
  dismissFinding,
  mendFinding,
  recordFinding,
} from '../../../server/census/findings/service.ts'
import { keepSheets } from '../../../server/census/score-sheets/keep.ts'
import { siteSheet } from '../../../server/census/score-sheets/service.ts'
import { keepProblems } from '../../../server/monitor/inspections/crawl/problems.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { MOST_ON_SITE } from '../../../shared/census/findings/findings-rules.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

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
  site = await makeSite(fresh.db, { unit_id: people.unitId })
})

const given = (rule: string, more: object = {}) =>
  newFinding.parse({ siteId: site.id, rule, note: '错别字', ...more })
const record = (rule: string, more: object = {}, who: Principal = people.vendor) =>
  recordFinding(ctx, who, given(rule, more))
const lineOf = async (rule: string) => {
  const sheet = await siteSheet(ctx, people.duty, site.id, {})
  return { outcome: sheet.outcome, ...sheet.lines.find((one) => one.rule === rule) }
}
const step = ({ version }: { version: number }, note = '') => ({ version, note })

async function addColumn(name: string, newest: string): Promise<string> {
  const url = `http://a.localhost/${encodeURIComponent(name)}/`
  const reading = { home_items: 5, home_dates: JSON.stringify([newest]), list_items: 5 }
  await fresh.db
    .insertInto('site_column')
    .values({
      ...{ site_id: site.id, name, url, class: 'news' as const },
      ...reading,
      ...{
        list_dates: JSON.stringify([newest]),
        list_read_at: new Date(TUESDAY),
        seen_at: new Date(TUESDAY),
      },
    })
    .execute()
  return url
}

/** As the monitor has looked at guides: what each page lacks. */
async function lookAtGuides(pages: Readonly<Record<string, string>>): Promise<void> {
  const [at, rule] = [new Date(TUESDAY), 'page-guide']
  const problems = Object.entries(pages).map(([url, missing]) => ({
    ...{ rule, version: 1, key: url, url, excerpt: '', outline: null },
    detail: { missing, count: missing.split(',').length },
  }))
  await fresh.db.transaction().execute((tx) => keepProblems(tx, site.id, problems, at))
  await fresh.db
    .insertInto('inspection')
    .values({ site_id: site.id, rule, outcome: 'found', reason: null, at, since: at, version: 1 })
    .execute()
}

describe('what a person has found', () => {
  it('costs its points at once, by its number, and no more once it has been put right', async () => {
    const one = await record('S8b', { count: 2 })
    const two = await record('S8b')
    expect([one.number, two.number]).toEqual(['BS-001', 'BS-002'])
    expect(one).toMatchObject({
      state: 'confirmed',
      confirmed: null,
      recorded: { by: { id: people.vendor.id } },
    })
    expect(await lineOf('S8b')).toMatchObject({
      count: 3,
      points: 3,
      by: 'person',
      proof: ['BS-001', 'BS-002'],
    })
    await mendFinding(ctx, people.duty, one.id, step(one, '已更正'))
    expect(await lineOf('S8b')).toMatchObject({ count: 1, points: 1 })
    await dismissFinding(ctx, people.duty, two.id, step(two, '复查无误'))
    expect(await lineOf('S8b')).toMatchObject({ count: null, points: 0, by: null })
  })

  it('and fails a whole site only when a second person says so, who is not the first', async () => {
    const found = await record('V4')
    expect(found).toMatchObject({ state: 'proposed', number: 'YZ-001' })
    expect(await lineOf('V4')).toMatchObject({ by: null })
    await refused(confirmFinding(ctx, people.vendor, found.id, step(found)), 'forbidden')
    const confirmed = await confirmFinding(ctx, people.duty, found.id, step(found, '属实'))
    expect(confirmed.confirmed).toMatchObject({ by: { id: people.duty.id }, note: '属实' })
    expect(await lineOf('V4')).toMatchObject({ outcome: 'vetoed', count: 1, by: 'person' })
  })

  it('that nothing was found is a measurement as well: no longer open, and nothing lost', async () => {
    await record('S4d', { count: 0, note: '已检查' })
    expect(await lineOf('S4d')).toMatchObject({ count: 0, points: 0, by: 'person' })
  })

  it('of surveys it is the number in all: the newest stands, and none at all is another thing than no column', async () => {
    await record('S6', { count: 1 })
    await record('S6', { count: 4 })
    expect(await lineOf('S6')).toMatchObject({ count: 4, points: 0 })
    await record('S6', { count: null })
    expect(await lineOf('S6')).toMatchObject({ count: null, points: 5, by: 'person' })
  })
})

describe('where the monitor has counted, too', () => {
  it('an address counts once, as the person says', async () => {
    const [stale] = [await addColumn('要闻', '2026-01-01'), await addColumn('快讯', '2026-01-01')]
    expect(await lineOf('S4a')).toMatchObject({ count: 2, points: 6, by: 'machine' })
    await record('S4a', { target: stale })
    expect(await lineOf('S4a')).toMatchObject({ count: 2, points: 6, by: 'person' })
    await record('S4a', { target: 'http://a.localhost/other/' })
    expect(await lineOf('S4a')).toMatchObject({ count: 3, points: 9 })
  })

  it('however the person writes the address', async () => {
    const stale = await addColumn('要闻', '2026-01-01')
    await record('S4a', { target: stale.replace('a.localhost', 'A.LOCALHOST').concat('#top') })
    expect(await lineOf('S4a')).toMatchObject({ count: 1, points: 3, by: 'person' })
  })

  it('a count is taken away by its address alone, and by two people', async () => {
    const stale = await addColumn('要闻', '2026-01-01')
    await addColumn('快讯', '2026-01-01')
    await refused(record('S4a', { count: 0 }), 'invalid')
    const found = await record('S4a', { count: 0, target: stale, note: '栏目已下线' })
    expect(await lineOf('S4a')).toMatchObject({ count: 2 })
    await confirmFinding(ctx, people.duty, found.id, step(found))
    expect(await lineOf('S4a')).toMatchObject({ count: 1, points: 3, by: 'person' })
  })
})

describe('classes that guides lack', () => {
  const [one, two] = ['http://a.localhost/bszn/1.html', 'http://a.localhost/bszn/2.html']

  it('count once on the sheet, and two people take away those of a page, or all', async () => {
    await lookAtGuides({ [one]: 'place,hours,phone', [two]: 'hours' })
    expect(await lineOf('S8a')).toMatchObject({ count: 3, points: 6, by: 'machine' })
    const same = await record('S8a', { target: one, count: 3 })
    expect(await lineOf('S8a')).toMatchObject({ count: 3, points: 6, by: 'person' })
    const whole = await record('S8a', { target: one, count: 0 })
    expect(await lineOf('S8a')).toMatchObject({ count: 3, points: 6 })
    await confirmFinding(ctx, people.duty, whole.id, step(whole))
    expect(await lineOf('S8a')).toMatchObject({ count: 1, points: 2, proof: [whole.number, one, two] })
    const none = await record('S8a', { count: 0 })
    expect(none).toMatchObject({ state: 'proposed' })
    await confirmFinding(ctx, people.duty, none.id, step(none))
    expect(await lineOf('S8a')).toMatchObject({ count: 0, points: 0, proof: [whole.number, none.number] })
    expect(same.number).toBe('BS-001')
  })

  it('are as many as a person says of the whole site, no fewer than were counted and eight at most', async () => {
    await lookAtGuides({ [one]: 'place,hours,phone' })
    await record('S8a', { count: 1 })
    expect(await lineOf('S8a')).toMatchObject({ count: 3, points: 6 })
    await record('S8a', { count: 8 })
    expect(await lineOf('S8a')).toMatchObject({ count: 8, points: 16 })
    await record('S8a', { count: 15 })
    expect(await lineOf('S8a')).toMatchObject({ count: 8, points: 16 })
  })
})

describe('of a day that has ended', () => {
  const lineOn = async (on: string) => {
    await keepSheets(ctx, on)
    const sheet = await siteSheet(ctx, people.duty, site.id, { on })
    return sheet.lines.find(({ rule }) => rule === 'S8b')
  }
  const at = (instant: string) => ctx.clock.set(instant)
  afterEach(() => ctx.clock.set(TUESDAY))

  it('what stood at its end is counted, whatever was recorded or put right since', async () => {
    at('2026-03-11T15:59:00Z')
    const found = await record('S8b')
    at('2026-03-11T16:30:00Z')
    await record('S8b')
    await mendFinding(ctx, people.duty, found.id, step(found))
    expect(await lineOn('2026-03-11')).toMatchObject({ count: 1, points: 1, proof: ['BS-001'] })
    expect(await lineOf('S8b')).toMatchObject({ count: 1, proof: ['BS-002'] })
  })

  it('what was dismissed never was', async () => {
    at('2026-03-12T12:00:00Z')
    const found = await record('S8b')
    at('2026-03-13T01:00:00Z')
    await dismissFinding(ctx, people.duty, found.id, step(found, '复查无误'))
    expect(await lineOn('2026-03-12')).toMatchObject({ by: null })
  })
})

it('what was found by one edition is none of another', async () => {
  await record('S8b')
  const { lines } = await siteSheet(ctx, people.duty, site.id, { edition: 'cn-2019' })
  expect(lines.find(({ rule }) => rule === 'S8b')).toMatchObject({ by: null, points: 0 })
})

describe('no more than can be dealt with', () => {
  it('is recorded by one person in a day, nor stands on one site at once', async () => {
    const few = { ...ctx, config: { ...ctx.config, commentsPerDay: 1 } }
    const other = await makeSite(fresh.db)
    const said = recordFinding(few, people.colleague, { ...given('S8b'), siteId: other.id })
    expect(await said).toMatchObject({ number: 'BS-001' })
    await refused(recordFinding(few, people.colleague, given('S8b')), 'too_many_requests')
    const { id, version, ...row } = await fresh.db
      .selectFrom('census_finding')
      .selectAll()
      .where('site_id', '=', other.id)
      .executeTakeFirstOrThrow()
    const rows = Array.from({ length: MOST_ON_SITE - 1 }, (_, at) => ({ ...row, serial: at + 2 }))
    await fresh.db.insertInto('census_finding').values(rows).execute()
    const more = recordFinding(ctx, people.vendor, { ...given('S8b'), siteId: other.id })
    await refused(more, 'too_many_requests')
  })
})

describe('who may', () => {
  it('those who check, within their places; the owner of a site sees what was found, and records nothing', async () => {
    const roles = ['admin', 'duty', 'tianhe', 'owner', 'vendor', 'viewer'] as const
    expect(roles.filter((key) => may(people[key], 'finding.record'))).toEqual([
      'admin',
      'duty',
      'tianhe',
      'vendor',
    ])
    await record('S8b')
    const [seen] = (await listFindings(fresh.db, people.owner, { site: site.id }, { limit: 10 })).items
    expect(seen).toMatchObject({ number: 'BS-001', may: [] })
    const elsewhere = await makeSite(fresh.db, { district: '440105' })
    const there = recordFinding(ctx, people.tianhe, { ...given('S8b'), siteId: elsewhere.id })
    await refused(there, 'not_found')
  })

  it('nobody alone ends what they have confirmed, and the owner hears of it once it is confirmed', async () => {
    const found = await record('V4')
    const seen = async () =>
      (await listFindings(fresh.db, people.owner, { site: site.id }, { limit: 10 })).total
    expect(await seen()).toBe(0)
    const confirmed = await confirmFinding(ctx, people.duty, found.id, step(found))
    expect(await seen()).toBe(1)
    await refused(dismissFinding(ctx, people.duty, found.id, step(confirmed, '误报')), 'forbidden')
    await dismissFinding(ctx, people.vendor, found.id, step(confirmed, '误报'))
    expect(await seen()).toBe(1)
  })

  it('of two at once the second is told what it is now', async () => {
    const found = await record('V4')
    await dismissFinding(ctx, people.duty, found.id, step(found, '不成立'))
    const refusal = await refused(confirmFinding(ctx, people.admin, found.id, step(found)), 'conflict')
    expect(refusal).toMatchObject({ current: { state: 'dismissed' } })
    await refused(confirmFinding(ctx, people.admin, found.id, { version: 2, note: '' }), 'conflict')
  })

  it('two who record on one site at once have two numbers', async () => {
    const both = await Promise.all([record('S8b'), record('S8b', {}, people.duty)])
    expect(both.map(({ number }) => number).sort()).toEqual(['BS-001', 'BS-002'])
  })

  it('every step is told and audited', async () => {
    const kinds = (await ctx.told(async () => void (await record('V4')))).map(({ kind, siteId }) => [
      kind,
      siteId,
    ])
    expect(kinds).toEqual([['finding.proposed', site.id]])
  })
})

it('a rule that is measured as a share takes none; nor does one that there is not; nor an address that is none', async () => {
  await refused(record('V1'), 'invalid')
  await refused(record('S99'), 'invalid')
  await refused(record('S8b', { count: null }), 'invalid')
  expect(
    newFinding.safeParse({ siteId: 1, rule: 'S8b', note: 'x', target: 'http://me:secret@a.localhost/' })
      .success,
  ).toBe(false)
  expect(newFinding.safeParse({ siteId: 2 ** 40, rule: 'S8b', note: 'x' }).success).toBe(false)
  expect(
    newFinding.safeParse({ siteId: 1, rule: 'S8b', note: 'x', target: 'javascript:alert(1)' }).success,
  ).toBe(false)
  expect(newFinding.safeParse({ siteId: 1, rule: 'S8b', note: '  ' }).success).toBe(false)
})
