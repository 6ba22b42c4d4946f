import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { followRectifications } from '../../../server/desk/rectifications/verify.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { BrokenLinks } from '../../../shared/monitor/links/links.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

/* A rectification of broken links is judged by links that were visited after it was submitted. */

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
/** The unit reports links mended at 10:05. */
beforeEach(async () => {
  ctx.clock.set(TUESDAY)
  site = await makeSite(ctx.db, { unit_id: people.unitId })
  const alert = await makeAlert(ctx.db, { site, rule: 'LINKS', severity: 'major' })
  const raised = await raiseRectification(ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
  ctx.clock.advance(5 * MINUTE)
  await takeStep(ctx, people.owner, raised, { step: 'submit' })
})

const links = (points: number): BrokenLinks => ({ S2a: points, S2b: 0, S9b: 0, S10: 0, points, some: [] })
const BROKEN = links(8)
/** A scan is over that took so long. @returns its number */
async function scanned(fromMs: number, toMs: number, found: BrokenLinks | null, pages = 9): Promise<number> {
  ctx.clock.set(toMs)
  const from = new Date(fromMs)
  const limits = { max_depth: 3, max_pages: 200, max_links: 2_000, delay_ms: 500, pages }
  const { id } = await ctx.db
    .insertInto('link_scan')
    .values({
      ...{ site_id: site.id, state: 'done' as const, found: found && JSON.stringify(found), ...limits },
      ...{ created_at: from, started_at: from, finished_at: new Date(toMs), next_at: from },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
/** The monitor visits the site, a minute later. @returns how the rectification stands */
async function visit() {
  const now = ctx.clock.advance(MINUTE)
  const seen = { siteId: site.id, atMs: now, readAgain: false, good: true, cause: null, extra: false }
  const verdicts = { down: false, v1: 'ok', v2: 'ok', v3: 'ok', share: 0, newest: null } as const
  await ctx.db.transaction().execute(async (tx) => {
    await appendFacts(tx, await followRectifications(tx, [{ ...seen, ...verdicts }], now, ctx.config))
  })
  const { stage, verification } = await ctx.db
    .selectFrom('rectification')
    .select(['stage', 'verification'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  return { stage, result: verification?.result }
}
const scanNow = (id: number) =>
  ctx.db
    .selectFrom('link_scan')
    .select(['recheck_at', 'rechecked_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
const rechecked = (id: number, found: BrokenLinks) =>
  ctx.db
    .updateTable('link_scan')
    .set({
      ...{ recheck_at: null, rechecked_at: new Date(ctx.clock.advance(MINUTE)) },
      found: JSON.stringify(found),
    })
    .where('id', '=', id)
    .execute()
const WAITS = { stage: 'verifying', result: null }

test('a scan that was under way then may have seen them before: what it found is visited again, and decides', async () => {
  const id = await scanned(TUESDAY - HOUR, TUESDAY + HOUR, BROKEN)
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(id)).toEqual({ recheck_at: new Date(ctx.clock.now()), rechecked_at: null })
  const asked = new Date(ctx.clock.now())
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(id), 'once').toEqual({ recheck_at: asked, rechecked_at: null })
  await rechecked(id, links(0))
  expect(await visit()).toEqual({ stage: 'closed', result: 'links_mended' })
})

test('links that are still broken when they are visited again send it back', async () => {
  const id = await scanned(TUESDAY - HOUR, TUESDAY + HOUR, BROKEN)
  await visit()
  await rechecked(id, BROKEN)
  expect(await visit()).toEqual({ stage: 'returned', result: 'links_still_broken' })
})

test('links that stay hidden are asked for within an hour of the scan, and not at every visit for ever', async () => {
  const id = await scanned(TUESDAY - HOUR, TUESDAY + HOUR, BROKEN)
  const inVain = () =>
    ctx.db.updateTable('link_scan').set({ recheck_at: null }).where('id', '=', id).execute()
  await visit()
  await inVain()
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(id)).toEqual({ recheck_at: new Date(ctx.clock.now()), rechecked_at: null })
  await inVain()
  ctx.clock.set(TUESDAY + 2 * HOUR)
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(id)).toEqual({ recheck_at: null, rechecked_at: null })
})

test('where a later scan saw nothing and is to visit them at some time, a visit of the site does not bring that forward', async () => {
  await scanned(TUESDAY - HOUR, TUESDAY + HOUR, BROKEN)
  const hidden = await scanned(TUESDAY + HOUR, TUESDAY + HOUR + MINUTE, null)
  const again = new Date(TUESDAY + 2 * HOUR)
  await ctx.db.updateTable('link_scan').set({ recheck_at: again }).where('id', '=', hidden).execute()
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(hidden)).toEqual({ recheck_at: again, rechecked_at: null })
})

test('a scan that began after it decides by itself', async () => {
  await scanned(TUESDAY + HOUR, TUESDAY + 2 * HOUR, BROKEN)
  expect(await visit()).toEqual({ stage: 'returned', result: 'links_still_broken' })
})

test('a scan that was over before it says nothing, and is asked for nothing more than was asked with it', async () => {
  const id = await scanned(TUESDAY - HOUR, TUESDAY, BROKEN)
  ctx.clock.set(TUESDAY + HOUR)
  expect(await visit()).toEqual(WAITS)
  expect(await scanNow(id)).toEqual({ recheck_at: null, rechecked_at: null })
})

test('that links are mended is said by a scan that has read pages and seen all that was broken, by no other', async () => {
  await scanned(TUESDAY + HOUR, TUESDAY + 2 * HOUR, links(0), 0)
  expect(await visit(), 'the home page did not open').toEqual(WAITS)
  await scanned(TUESDAY + 3 * HOUR, TUESDAY + 4 * HOUR, null)
  expect(await visit(), 'what was broken could not be seen').toEqual(WAITS)
  await scanned(TUESDAY + 5 * HOUR, TUESDAY + 6 * HOUR, links(0))
  await scanned(TUESDAY + 7 * HOUR, TUESDAY + 8 * HOUR, null, 0)
  expect(await visit()).toEqual({ stage: 'closed', result: 'links_mended' })
})
