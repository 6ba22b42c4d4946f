import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { storeList } from '../../../server/monitor/columns/queries.ts'
import type { ColumnSighting } from '../../../server/monitor/columns/store.ts'
import { claimDueColumn } from '../../../server/monitor/schedule/daily/claims.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { addDays, DAY, localDay, MINUTE } from '../../../shared/base/time.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { visitOf } from '../../support/visits/visited.ts'

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
  ctx.clock.set(TUESDAY)
  site = await makeSite(ctx.db, { unit_id: people.unitId })
})

const today = () => localDay(ctx.clock.now())
const NEWS = ['部门动态', '基层动态', '图片新闻', '工作快讯', '要闻']
const slug = (name: string) => `/${[...name].map((letter) => letter.codePointAt(0)).join('')}/`
const column = (name: string, ...dates: string[]): ColumnSighting => ({
  name,
  url: new URL(slug(name), site.url).href,
  from: 'home',
  items: dates.length,
  dates,
})

/** The monitor visits, five minutes later; with columns, it reads the home page and finds these. */
const visit = (columns?: ColumnSighting[]): Promise<Fact[]> =>
  ctx.told(async () => {
    const atMs = ctx.clock.advance(5 * MINUTE)
    const finding = columns ? datedFinding(today()) : null
    const page = columns ? { items: [], dated: [], columns } : null
    const visited = visitOf(site, atMs)
    const result = { ...visited.result, finalUrl: site.url }
    // None of the spaced ones: there is no week of them for V1.
    await recordVisits(ctx, [{ ...visited, extra: true, result, finding, page }])
  })
/** The own page of every column that is due lists these dates; null: it cannot be read. */
async function readPages(dates: readonly string[] | null): Promise<void> {
  const measure = dates && { items: dates.length, dates }
  const at = new Date(ctx.clock.advance(MINUTE))
  for (const due of await claimDueColumn(ctx.db, { now: at, limit: 50 })) {
    if (due.siteId === site.id) await storeList(ctx.db, due, measure, at)
  }
}
const told = (facts: Fact[]) =>
  facts.map((fact) =>
    'alert' in fact.data
      ? [fact.kind, fact.data.alert.rule, fact.data.alert.severity]
      : 'after' in fact.data
        ? [fact.kind, fact.data.after.state, fact.data.after.v3]
        : [fact.kind, 'rectification' in fact.data && fact.data.rectification.verification?.result],
  )
const alertIn = (facts: Fact[]): Alert => {
  const found = facts.flatMap((fact) => ('alert' in fact.data ? [fact.data.alert] : []))[0]
  if (!found) throw new Error('no alert')
  return found
}

test('five stale news columns are an alert and a warning of the site; a fresh one resolves it', async () => {
  const old = addDays(today(), -15)
  const facts = await visit(NEWS.map((name) => column(name, old)))
  expect(told(facts)).toEqual([
    ['site.changed', 'warning', 'violated'],
    ['alert.opened', 'V3', 'critical'],
  ])
  expect(alertIn(facts).evidence).toMatchObject({ columns: { a: 5, b: 5, c: 0 } })
  expect(told(await visit()), 'one visit more is no news').toEqual([])
  const fresh = await visit(NEWS.map((name) => column(name, name === '要闻' ? today() : old)))
  expect(told(fresh)).toEqual([
    ['site.changed', 'healthy', 'ok'],
    ['alert.resolved', 'V3', 'critical'],
  ])
})

test('columns go stale at midnight in Shanghai, whether or not anything is read', async () => {
  const last = addDays(today(), -14)
  const names = NEWS.map((name) => column(name, last))
  expect(told(await visit(names)), '14 days ago still counts').toEqual([['site.changed', 'healthy', 'ok']])
  ctx.clock.set(`${today()}T23:50:00+08:00`)
  expect(told(await visit())).toEqual([])
  expect(told(await visit()), 'midnight').toEqual([
    ['site.changed', 'warning', 'violated'],
    ['alert.opened', 'V3', 'critical'],
  ])
})

test('three blank columns are an early warning, five a veto', async () => {
  const blank = ['法规规章', '招考录用', '专项规划', '通告公示', '工作要闻']
  const home = (...names: string[]) => visit(names.map((name) => column(name)))
  const emptyTwice = async (...names: string[]) => {
    for (let day = 0; day < 2; day++) {
      ctx.clock.advance(DAY)
      await home(...names)
      await readPages([])
    }
    return visit()
  }
  await home(...blank.slice(0, 3))
  expect(told(await emptyTwice(...blank.slice(0, 3)))).toEqual([
    ['site.changed', 'warning', 'warning'],
    ['alert.opened', 'V3', 'minor'],
  ])
  await home(...blank)
  const facts = await emptyTwice(...blank)
  expect(told(facts)).toEqual([
    ['site.changed', 'warning', 'violated'],
    ['alert.raised', 'V3', 'critical'],
  ])
  expect(alertIn(facts).evidence).toMatchObject({ columns: { c: 5 } })
})

test('a rectification has the pages of all columns read at once, and is sent back or closed by what they say', async () => {
  const old = addDays(today(), -30)
  const home = NEWS.map((name) => column(name, old))
  const alert = alertIn(await visit(home))
  const raised = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
  const submit = (version: number) =>
    takeStep(ctx, people.duty, { id: raised.id, version }, { step: 'submit' })

  const first = await submit(raised.version)
  expect(told(await visit(home)), 'the home page alone does not say').toEqual([
    ['rectification.verifying', null],
  ])
  await readPages(null)
  const returned = await visit()
  expect(told(returned), 'their pages could not be read, and it is as it was').toEqual([
    ['rectification.returned', 'columns_still_stale'],
  ])

  await submit(first.version + 2)
  await readPages([today()])
  expect(told(await visit(home))).toEqual([
    ['site.changed', 'healthy', 'ok'],
    ['alert.resolved', 'V3', 'critical'],
    ['rectification.closed', 'columns_updated'],
  ])
})
