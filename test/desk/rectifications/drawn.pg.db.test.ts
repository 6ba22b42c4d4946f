import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { type ListMeasure, storeList } from '../../../server/monitor/columns/queries.ts'
import type { ColumnSighting } from '../../../server/monitor/columns/store.ts'
import { storeDrawnColumn } from '../../../server/monitor/rendering/columns.ts'
import { finishOrder } from '../../../server/monitor/rendering/queries.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { AlertRule } from '../../../shared/desk/alerts/alerts.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import {
  day,
  drawn,
  lately,
  now,
  OF_SCRIPT,
  pageOf,
  past,
  renderer,
  sent,
} from '../../monitor/rendering/drawn.ts'
import { ctx, live, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { TUESDAY } from '../../support/clock.ts'
import { datedFinding } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

/* A submitted rectification is sent back for what was seen since, and not for what a browser drew before. */

recordOnASite()

let people: People
beforeAll(async () => {
  people = await makePeople(ctx.db)
})
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  await ctx.db.updateTable('site').set({ unit_id: people.unitId }).where('id', '=', site.id).execute()
  await ctx.db.deleteFrom('renderer').execute()
})

/** Time goes by, and who draws is there as before. */
const later = async (ms: number) => {
  ctx.clock.advance(ms)
  const there = await ctx.db.selectFrom('renderer').select('name').execute()
  if (there.length > 0) await renderer()
}
/** What was ordered until now is done. The unit says that it has mended what this rule found. */
async function submitted(rule: AlertRule): Promise<void> {
  await ctx.db.deleteFrom('render_order').execute()
  const alertIds = (await live()).filter((one) => one.rule === rule).map(({ id }) => id)
  const raised = await raiseRectification(ctx, people.duty, { alertIds, dueWorkdays: 10 })
  await later(2 * HOUR)
  await takeStep(ctx, people.owner, raised, { step: 'submit', note: '已更新' })
  await later(5 * MINUTE)
}
const how = async () => {
  const { stage, verification } = await ctx.db
    .selectFrom('rectification')
    .select(['stage', 'verification'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  return { stage, result: verification?.result }
}
/** What is to be drawn of the site and read: '' is its home page. */
const ordered = async () => {
  const rows = await ctx.db
    .selectFrom('render_order')
    .select(['id', 'ref', 'cause'])
    .where('site_id', '=', site.id)
    .where('purpose', '=', 'reading')
    .where('done_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows
}
const WAITS = { stage: 'verifying', result: null }

describe('a dormant page whose lists a script makes', () => {
  beforeEach(async () => {
    await renderer()
    await sent(OF_SCRIPT)
    await drawn(pageOf(...past()))
    expect(await state()).toMatchObject({ v2: 'violated' })
    await submitted('V2')
  })

  test('is drawn at once when it is said to be mended, and waits for that', async () => {
    expect(await ordered()).toMatchObject([{ ref: '', cause: 'verdict' }])
    await sent(OF_SCRIPT)
    expect(await state(), 'what was drawn before still stands').toMatchObject({ v2: 'violated' })
    expect(await how()).toEqual(WAITS)
    await later(HOUR)
    await recordVisits(ctx, [visited()])
    expect(await how(), 'a visit that brings the same page').toEqual(WAITS)
  })

  test('is sent back by what is drawn then, and closed by what is drawn after that', async () => {
    await sent(OF_SCRIPT)
    await later(MINUTE)
    await drawn(pageOf(...past()))
    expect(await how()).toEqual({ stage: 'returned', result: 'still_dormant' })
    const { id, version } = await ctx.db
      .selectFrom('rectification')
      .select(['id', 'version'])
      .where('site_id', '=', site.id)
      .executeTakeFirstOrThrow()
    await takeStep(ctx, people.owner, { id, version }, { step: 'submit' })
    await later(MINUTE)
    await sent(OF_SCRIPT)
    expect(await how()).toEqual(WAITS)
    await drawn(pageOf(...lately()))
    expect(await how()).toEqual({ stage: 'closed', result: 'page_updated' })
  })

  test('needs no browser where its server sends something newer by now', async () => {
    await sent(pageOf(...lately()))
    expect(await how()).toEqual({ stage: 'closed', result: 'page_updated' })
  })
})

test('where no renderer is there, a page that is read again decides, and nothing is ordered', async () => {
  await sent(pageOf(...past()))
  await submitted('V2')
  expect(await ordered()).toEqual([])
  await sent(pageOf(...past()))
  expect(await how()).toEqual({ stage: 'returned', result: 'still_dormant' })
})

const NAMES = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻']
/** The home page is read, by which all of its columns seem neglected. */
async function seeHome(names: readonly string[] = NAMES): Promise<void> {
  const columns = names.map(
    (name, n): ColumnSighting => ({
      ...{ name, url: `${site.url}column-${n}/`, from: 'home', items: 1, dates: [day(30)] },
    }),
  )
  await later(MINUTE)
  const page = { items: [], dated: [], columns }
  await recordVisits(ctx, [visited({ finding: datedFinding(day(0)), page })])
}
const columns = () =>
  ctx.db.selectFrom('site_column').select('id').where('site_id', '=', site.id).orderBy('id').execute()
const list = (...dates: string[]): ListMeasure => ({ items: dates.length, dates })
/** The page of each column is visited, and lists this; null: it cannot be read. */
async function readAll(measureOf: (nth: number) => ListMeasure | null): Promise<void> {
  await later(MINUTE)
  for (const [nth, { id }] of (await columns()).entries())
    await storeList(ctx.db, { id, siteId: site.id }, measureOf(nth), new Date(now()))
}
/** A browser draws each, and sees this. */
async function drawAll(measure: ListMeasure): Promise<void> {
  await later(MINUTE)
  for (const { id } of await columns())
    await storeDrawnColumn(ctx.db, { id, siteId: site.id }, { measure, isWhole: true }, now())
  for (const { id } of await ordered()) await finishOrder(ctx.db, id, now(), null)
}

describe('columns whose lists a script makes', () => {
  beforeEach(async () => {
    await renderer()
    await seeHome()
    await drawAll(list(day(30)))
    await seeHome()
    expect(await state()).toMatchObject({ v3: 'violated' })
    await submitted('V3')
  })
  const refs = async () => (await ordered()).map(({ ref }) => ref)
  const all = async () => (await columns()).map(({ id }) => `column ${id}`)

  test('are drawn at once when they are said to be mended, with the home page, and wait for that', async () => {
    expect(await refs()).toEqual(['', ...(await all())])
    await readAll(() => null)
    await seeHome()
    expect(await state()).toMatchObject({ v3: 'violated' })
    expect(await how(), 'nothing was seen of them').toEqual(WAITS)
    await readAll(() => list())
    await seeHome()
    expect(await how(), 'their servers send empty pages, as ever').toEqual(WAITS)
  })

  test('are sent back by what is drawn then, and closed by what is drawn after that', async () => {
    await readAll(() => null)
    await drawAll(list(day(30)))
    await seeHome()
    expect(await how()).toEqual({ stage: 'returned', result: 'columns_still_stale' })
    const { id, version } = await ctx.db
      .selectFrom('rectification')
      .select(['id', 'version'])
      .where('site_id', '=', site.id)
      .executeTakeFirstOrThrow()
    await takeStep(ctx, people.owner, { id, version }, { step: 'submit' })
    await readAll(() => null)
    await drawAll(list(...lately()))
    await seeHome()
    expect(await how()).toEqual({ stage: 'closed', result: 'columns_updated' })
  })

  test('that could not be drawn are ordered again once that is over', async () => {
    await readAll(() => null)
    for (const { id } of await ordered()) await finishOrder(ctx.db, id, now(), 'late')
    await seeHome()
    expect([await how(), await refs()]).toEqual([WAITS, []])
    await later(RENDERING.verdictHours * HOUR)
    await seeHome()
    expect([await how(), await refs()]).toEqual([WAITS, await all()])
  })
})

describe('where no renderer is there', () => {
  test('columns that could be read before, and cannot now, are not held to be as they were', async () => {
    await seeHome()
    await readAll(() => list(day(30)))
    await seeHome()
    await submitted('V3')
    await readAll(() => null)
    await seeHome()
    expect(await state()).toMatchObject({ v3: 'violated' })
    expect(await how()).toEqual(WAITS)
    await readAll(() => list(day(30)))
    await seeHome()
    expect(await how()).toEqual({ stage: 'returned', result: 'columns_still_stale' })
  })

  test('columns that never answer again keep it back for as long as a drawing stands, and no longer', async () => {
    await seeHome()
    await readAll(() => list(day(30)))
    await seeHome()
    await submitted('V3')
    await later((RENDERING.standsHours - 1) * HOUR)
    await readAll(() => null)
    await seeHome()
    expect(await how()).toEqual(WAITS)
    await later(HOUR)
    await readAll(() => null)
    await seeHome()
    expect(await how()).toEqual({ stage: 'returned', result: 'columns_still_stale' })
  })

  test('one page that cannot be read keeps none back that is neglected enough by all others', async () => {
    const names = [...NAMES, '工作动态']
    await seeHome(names)
    await readAll(() => list(day(30)))
    await seeHome(names)
    await submitted('V3')
    await readAll((nth) => (nth === 0 ? null : list(day(30))))
    await seeHome(names)
    expect(await how()).toEqual({ stage: 'returned', result: 'columns_still_stale' })
  })
})
