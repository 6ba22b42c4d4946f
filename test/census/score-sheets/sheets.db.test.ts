import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Jobs } from '../../../server/base/jobs.ts'
import { keepSheets, startSheetWorker } from '../../../server/census/score-sheets/keep.ts'
import { measureSites } from '../../../server/census/score-sheets/measure.ts'
import { siteSheet, trialSheet } from '../../../server/census/score-sheets/service.ts'
import { sayFinding } from '../../../server/desk/findings/service.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { Sheet } from '../../../shared/census/score-sheets/sheets.ts'
import type { ColumnClass } from '../../../shared/monitor/columns/columns.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { datedFinding, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const sheetOf = (id: number, who: Principal = people.duty, asked = {}) => siteSheet(ctx, who, id, asked)
const line = ({ lines }: Sheet, rule: string) => lines.find((one) => one.rule === rule)
async function addColumn(siteId: number, name: string, kind: ColumnClass, newest: string) {
  await fresh.db
    .insertInto('site_column')
    .values({
      site_id: siteId,
      name,
      url: `http://a.localhost/${encodeURIComponent(name)}/`,
      class: kind,
      home_items: 5,
      home_dates: JSON.stringify([newest]),
      list_items: 5,
      list_dates: JSON.stringify([newest]),
      list_read_at: new Date(TUESDAY),
      seen_at: new Date(TUESDAY),
    })
    .execute()
}

describe('the sheet of a site', () => {
  it('before anything is measured has every line, and none of them is a pass', async () => {
    const site = await makeSite(fresh.db, {}, { v2: 'insufficient', finding: null })
    const sheet = await sheetOf(site.id)
    expect(sheet).toMatchObject({ edition: 'cn-2015', revision: 1, on: '2026-03-10', outcome: 'open' })
    expect(sheet.unmeasured).toHaveLength(24)
    expect(sheet).toMatchObject({ points: 0, vetoes: [] })
  })

  it('counts the visits of seven days: 4 of 168 that failed are two whole per cent, 10 points', async () => {
    const site = await makeSite(fresh.db)
    const visits = spaced(ctx.clock.now() - HOUR / 2, HOUR, 175).map((visit, at) =>
      at % 50 === 24 ? { ...visit, outcome: 1, cause: 'timeout' as const, status: null } : visit,
    )
    await addVisits(fresh.db, site.id, visits)
    const sheet = await sheetOf(site.id)
    expect(line(sheet, 'S1')).toMatchObject({ points: 10, by: 'machine', replacedBy: null })
    expect(line(sheet, 'V1')?.count).toBeCloseTo((4 * 100) / 168, 2)
    expect(sheet.vetoes).toEqual([])
  })

  it('a day with 19 visits: nothing is said of the home page, which is no pass', async () => {
    const site = await makeSite(fresh.db)
    const visits = spaced(ctx.clock.now() - HOUR / 2, HOUR, 168).filter((_, at) => at >= 24 || at < 19)
    await addVisits(fresh.db, site.id, visits)
    expect((await sheetOf(site.id)).unmeasured).toEqual(expect.arrayContaining(['V1', 'S1']))
  })

  it('names the columns that it counts; five that are stale are a veto, and the points still stand', async () => {
    const site = await makeSite(fresh.db)
    for (const name of ['要闻', '动态', '快讯']) await addColumn(site.id, name, 'news', '2026-01-01')
    for (const name of ['通知', '公告']) await addColumn(site.id, name, 'notice', '2025-01-01')
    await addColumn(site.id, '政策', 'policy', '2026-03-01')
    const sheet = await sheetOf(site.id)
    expect(sheet).toMatchObject({ outcome: 'vetoed', vetoes: ['V3a'], score: null })
    expect(line(sheet, 'S4a')).toMatchObject({ count: 3, points: 9, proof: ['要闻', '动态', '快讯'] })
    expect(line(sheet, 'S4b')).toMatchObject({ count: 2, points: 8, proof: ['通知', '公告'] })
  })

  it('goes on ageing though the page is not read again, and does not count what came after the day', async () => {
    const items = ['2026-03-10', '2026-03-09', '2026-03-08'].map((date) => ({ date, text: '通知' }))
    const finding = JSON.stringify({ ...datedFinding('2026-03-10'), items, recent: 3 })
    const site = await makeSite(fresh.db, {}, { finding, v2: 'ok' })
    const countOn = async (today: string) => {
      const day = { today, atMs: Date.parse(`${today}T12:00:00+08:00`) }
      const of = (await measureSites(fresh.db, [site.id], BUILT_IN['cn-2015'], day)).get(site.id)
      return [of?.counted.V2?.count, of?.counted.S3?.count]
    }
    expect(await countOn('2026-03-10')).toEqual([3, 3])
    expect(await countOn('2026-03-09')).toEqual([2, 2])
    expect(await countOn('2026-03-24')).toEqual([1, 1])
    expect(await countOn('2026-03-25')).toEqual([0, 0])
  })

  const lastScan = async (siteId: number, change: object): Promise<void> => {
    const at = new Date(TUESDAY)
    const times = { created_at: at, started_at: at, finished_at: at, next_at: at }
    const limits = { max_depth: 3, max_pages: 200, max_links: 2_000, delay_ms: 500, pages: 9 }
    await fresh.db
      .insertInto('link_scan')
      .values({ site_id: siteId, state: 'done', ...times, ...limits, ...change })
      .execute()
  }

  it('broken links are not measured where the site answers with a page whatever it is asked for', async () => {
    const site = await makeSite(fresh.db)
    await lastScan(site.id, { unjudged: JSON.stringify({ S2a: 4 }) })
    const sheet = await sheetOf(site.id)
    expect(sheet.unmeasured).toContain('S2a')
    expect(line(sheet, 'S2b')).toMatchObject({ count: 0 })
  })

  it('that a scan found nothing counts where it had its full share of a large site, not where somebody had it look at little', async () => {
    const [large, little, flat] = [
      await makeSite(fresh.db),
      await makeSite(fresh.db),
      await makeSite(fresh.db),
    ]
    await lastScan(large.id, { is_cut: true })
    await lastScan(little.id, { is_cut: true, max_links: 1, pages: 1 })
    await lastScan(flat.id, { is_cut: true, max_depth: 1 })
    expect(line(await sheetOf(large.id), 'S2b')).toMatchObject({ count: 0 })
    for (const { id } of [little, flat]) {
      expect((await sheetOf(id)).unmeasured).toEqual(expect.arrayContaining(['S2a', 'S2b', 'S9b', 'S10']))
    }
  })

  it('a scan that somebody had look at the links of the home page alone, and that saw all of them, counts for that', async () => {
    const site = await makeSite(fresh.db)
    await lastScan(site.id, { max_depth: 1 })
    const sheet = await sheetOf(site.id)
    expect(line(sheet, 'S2a')).toMatchObject({ count: 0, by: 'machine' })
    expect(sheet.unmeasured).not.toContain('S2a')
    expect(sheet.unmeasured).toEqual(expect.arrayContaining(['S2b', 'S9b', 'S10']))
  })

  it('a date that stands alone says that it is updated, and takes no points for few items', async () => {
    const finding = JSON.stringify({ ...datedFinding('2026-03-09'), items: [], recent: 0 })
    const site = await makeSite(fresh.db, {}, { finding })
    const sheet = await sheetOf(site.id)
    expect(line(sheet, 'V2')).toMatchObject({ count: 1, by: 'machine' })
    expect(sheet.unmeasured).toContain('S3')
  })

  it('a person who saw it updated stands above the monitor, and has not counted how many items there are', async () => {
    const finding = JSON.stringify({
      ...datedFinding('2026-03-10'),
      outcome: 'undated',
      newest: null,
      items: [],
    })
    const site = await makeSite(fresh.db, {}, { finding, v2: 'violated' })
    expect((await sheetOf(site.id)).vetoes).toEqual(['V2'])
    await sayFinding(ctx, people.duty, site.id, { updatedOn: '2026-03-09', note: '打电话问过' })
    const sheet = await sheetOf(site.id)
    expect(sheet.vetoes).toEqual([])
    expect(line(sheet, 'V2')).toMatchObject({ count: 1, by: 'person' })
    expect(sheet.unmeasured).toContain('S3')
  })

  it('says of a veto that nobody could render the pages that it rests on, and nothing of what was rendered', async () => {
    const finding = JSON.stringify(datedFinding('2026-01-09'))
    const site = await makeSite(fresh.db, {}, { finding, v2: 'violated' })
    for (const name of ['要闻', '动态', '快讯', '图片', '视频'])
      await addColumn(site.id, name, 'news', '2026-01-01')
    const bySource = async () =>
      (await sheetOf(site.id)).lines.flatMap((one) => (one.bySource ? [one.rule] : []))
    expect(await bySource()).toEqual(['V2', 'V3a', 'S4a'])
    const drawn = { drawn_at: new Date(TUESDAY) }
    await fresh.db.updateTable('site_column').set(drawn).where('site_id', '=', site.id).execute()
    expect(await bySource()).toEqual(['V2'])
    await fresh.db
      .insertInto('site_rendering')
      .values({ site_id: site.id, ...drawn })
      .execute()
    expect(await bySource()).toEqual([])
  })

  it('by another edition says which, and costs what that one says', async () => {
    const site = await makeSite(fresh.db)
    await addColumn(site.id, '政策', 'policy', '2025-01-01')
    const [by2015, by2019] = [
      await sheetOf(site.id),
      await sheetOf(site.id, people.duty, { edition: 'cn-2019' }),
    ]
    expect([by2015.edition, line(by2015, 'S4b')?.points]).toEqual(['cn-2015', 4])
    expect([by2019.edition, line(by2019, 'S4b')?.points]).toEqual(['cn-2019', 5])
  })

  it('is shown to whom the site concerns, of a day that has been', async () => {
    const site = await makeSite(fresh.db)
    await refused(sheetOf(site.id, people.haizhu), 'not_found')
    const tomorrow = new Date(ctx.clock.now() + 2 * DAY).toISOString().slice(0, 10)
    expect(await refused(sheetOf(site.id, people.duty, { on: tomorrow }), 'invalid')).toMatchObject({
      reason: 'sheets.dayToCome',
    })
    await refused(sheetOf(site.id, people.duty, { edition: 'cn-1999' }), 'not_found')
  })
})

describe('what is kept of a day that has ended', () => {
  const keep = (day: string) => keepSheets(ctx, day)
  const rowsOf = (id: number) =>
    fresh.db
      .selectFrom('sheet')
      .select(['from_day', 'to_day', 'points'])
      .where('site_id', '=', id)
      .orderBy('from_day')
      .execute()

  it('is one row while nothing changes, and another from the day on that something does', async () => {
    const site = await makeSite(fresh.db)
    await addColumn(site.id, '要闻', 'news', '2026-03-01')
    await keep('2026-03-12')
    await keep('2026-03-13')
    // Two weeks and a day after its newest item the column is stale.
    await keep('2026-03-16')
    await keep('2026-03-17')
    expect(await rowsOf(site.id)).toEqual([
      { from_day: '2026-03-12', to_day: '2026-03-13', points: 5 },
      { from_day: '2026-03-16', to_day: '2026-03-17', points: 8 },
    ])
  })

  it('is kept once by two monitors that keep the same night, and where a night is begun anew beside itself', async () => {
    const site = await makeSite(fresh.db)
    await keep('2026-03-21')
    await Promise.all([keep('2026-03-22'), keep('2026-03-22')])
    expect(await rowsOf(site.id)).toEqual([{ from_day: '2026-03-21', to_day: '2026-03-22', points: 5 }])
  })

  it('stays as it was, whatever is known later; a night that is begun again keeps nothing twice', async () => {
    const site = await makeSite(fresh.db)
    await keep('2026-03-18')
    await addColumn(site.id, '要闻', 'news', '2025-03-01')
    await keep('2026-03-18')
    expect(await rowsOf(site.id)).toEqual([{ from_day: '2026-03-18', to_day: '2026-03-18', points: 5 }])
    ctx.clock.set(Date.parse('2026-03-20T02:00:00Z'))
    const then = await sheetOf(site.id, people.duty, { on: '2026-03-18' })
    expect(then).toMatchObject({ on: '2026-03-18', points: 5, edition: 'cn-2015' })
    expect(await refused(sheetOf(site.id, people.duty, { on: '2026-03-19' }), 'not_found')).toMatchObject({
      reason: 'sheets.noneKept',
    })
    ctx.clock.set(TUESDAY)
  })
})

describe('the trial', () => {
  it('says what numbers come to, by a person; a rule that is none is refused by its name', async () => {
    const sheet = await trialSheet(ctx, {
      edition: 'cn-2015',
      measured: { S6: 5, S7: null, S2b: 13 },
      portal: true,
    })
    expect(sheet).toMatchObject({ points: 4.3, outcome: 'open', on: '2026-03-10' })
    expect(line(sheet, 'S7')).toMatchObject({ count: null, points: 0, by: 'person' })
    const stranger = trialSheet(ctx, { edition: 'cn-2015', measured: { S99: 1 }, portal: false })
    await expect(stranger).rejects.toThrow('S99')
  })
})

it('when the sheets of a night are kept, they are summed up before anybody opens the month', async () => {
  const sent: string[] = []
  let night = (_asked: object) => Promise.resolve()
  const jobs = {
    work: async (_queue: string, _atOnce: number, work: (asked: object) => Promise<void>) => {
      night = work
    },
    every: async () => {},
    send: async (queue: string) => {
      sent.push(queue)
    },
  }
  await startSheetWorker(ctx, jobs as unknown as Jobs)
  sent.length = 0
  await night({})
  expect(sent).toEqual(['summary.sums'])
})

it('a night that takes longer than a job may is gone on with by another, at the same day', async () => {
  const site = await makeSite(fresh.db)
  expect(await keepSheets(ctx, '2026-03-25', -1)).toBe(false)
  expect(await keepSheets(ctx, '2026-03-25')).toBe(true)
  const kept = await fresh.db.selectFrom('sheet').select('to_day').where('site_id', '=', site.id).execute()
  expect(kept).toEqual([{ to_day: '2026-03-25' }])
})
