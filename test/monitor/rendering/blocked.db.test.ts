import { beforeEach, expect, it } from 'vitest'
import type { ColumnSighting } from '../../../server/monitor/columns/store.ts'
import { siteRendering } from '../../../server/monitor/rendering/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { ctx, recordOnASite, site, state, visited } from '../../recording/recorded.ts'
import { datedFinding } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import {
  CHALLENGE,
  day,
  drawn,
  drawnPage,
  drawOrdered,
  notDrawn,
  OF_SCRIPT,
  pageOf,
  past,
  renderer,
  sent,
} from './drawn.ts'

recordOnASite()
beforeEach(async () => {
  await ctx.db.deleteFrom('render_order').execute()
  await renderer()
})

let made: Promise<People> | null = null
const everybody = (): Promise<People> => (made ??= makePeople(ctx.db))
const orders = () =>
  ctx.db
    .selectFrom('render_order')
    .select(['cause', 'ref', 'outcome', 'reason'])
    .where('site_id', '=', site.id)
    .orderBy('id')
    .execute()

it.each([
  ['whose lists a script makes', () => OF_SCRIPT],
  ['that seems to be dormant', () => pageOf(...past())],
])(
  'what a firewall shows a browser is not the home page %s: no verdict and no proof rests on it',
  async (_, page) => {
    const { duty } = await everybody()
    await sent(page())
    const before = await state()
    expect(before).toMatchObject({ v2: 'insufficient' })
    expect(await drawOrdered(drawnPage(CHALLENGE)), 'it is not tried again at once').toBe(1)
    expect(await orders()).toMatchObject([{ outcome: 'failed', reason: 'blocked' }])
    const { v2, newest, finding, kept } = await state()
    expect({ v2, newest, finding, kept }).toEqual({
      ...{ v2: 'insufficient', newest: before.newest, finding: before.finding, kept: before.kept },
    })
    expect(await siteRendering(ctx, duty, site.id)).toMatchObject({
      ...{ drawn: null, believed: 'sent', failed: { reason: 'blocked' } },
    })
    ctx.clock.advance(HOUR)
    await sent(page())
    expect(await state()).toMatchObject({ v2: 'insufficient' })
  },
)

it('nor is it the page of a column; of errors only those that say that there is none are taken for it', async () => {
  const columns = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻'].map(
    (name, n): ColumnSighting => ({
      ...{ name, url: `${site.url}column-${n}/`, from: 'home', items: 1, dates: [day(30)] },
    }),
  )
  const see = async () => {
    await renderer()
    const page = { items: [], dated: [], columns }
    await recordVisits(ctx, [visited({ finding: datedFinding(day(0)), page })])
  }
  const kept = () =>
    ctx.db
      .selectFrom('site_column')
      .select(['list_items', 'drawn_at'])
      .where('site_id', '=', site.id)
      .execute()
  const none = Array(5).fill({ list_items: null, drawn_at: null })
  const columnsOrdered = async () => (await orders()).filter(({ ref }) => ref.startsWith('column ')).length
  await see()
  await drawOrdered(drawnPage(CHALLENGE))
  expect(await kept()).toEqual(none)
  ctx.clock.advance(MINUTE)
  await see()
  expect(await state()).toMatchObject({ v3: 'insufficient' })
  expect(await columnsOrdered(), 'none is tried again for some hours').toBe(5)
  for (const [status, is] of [[403, 'insufficient'] as const, [410, 'violated'] as const]) {
    ctx.clock.advance(RENDERING.verdictHours * HOUR)
    await see()
    for (let tries = 0; tries < RENDERING.tries; tries++) {
      await drawOrdered(notDrawn('http_error', status))
      ctx.clock.advance(RENDERING.retryMinutes * MINUTE)
    }
    await see()
    expect(await state(), `answered with ${status}`).toMatchObject({ v3: is })
  }
  expect(await columnsOrdered()).toBe(15)
})

it('a site that was told to be dormant is drawn again once what was drawn of it stands no more', async () => {
  const page = pageOf(...past())
  await sent(page)
  await drawn(page)
  expect(await state()).toMatchObject({ v2: 'violated' })
  const orderedAfter = async (ms: number) => {
    await ctx.db.deleteFrom('render_order').execute()
    ctx.clock.advance(ms)
    await renderer()
    await sent(page)
    expect(await state()).toMatchObject({ v2: 'violated' })
    return (await orders()).map(({ cause }) => cause)
  }
  expect(await orderedAfter(DAY)).toEqual([])
  expect(await orderedAfter(6 * DAY)).toEqual(['verdict'])
  expect(await orderedAfter(HOUR), 'not at each visit').toEqual([])
})
