import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseMany } from '../../../server/desk/rectifications/raise/raise-many.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { BrokenLinks } from '../../../shared/monitor/links/links.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const NONE: BrokenLinks = { S2a: 0, S2b: 0, S9b: 0, S10: 0, points: 0, some: [] }

/** A scan has come to its end now. */
async function scanned(site: MadeSite, pages: number, found: BrokenLinks | null): Promise<void> {
  const at = new Date(ctx.clock.advance(MINUTE))
  const limits = { max_depth: 3, max_pages: 200, max_links: 2_000, delay_ms: 500 }
  const times = { created_at: at, started_at: at, finished_at: at, next_at: at }
  await ctx.db
    .insertInto('link_scan')
    .values({
      ...{ site_id: site.id, state: 'done', pages, ...limits, ...times },
      found: found && JSON.stringify(found),
    })
    .execute()
}
const visited = async (site: MadeSite) =>
  (
    await ctx.told(() => recordVisits(ctx, [{ ...visitOf(site, ctx.clock.advance(MINUTE)), extra: true }]))
  ).flatMap((fact) =>
    'rectification' in fact.data ? [[fact.kind, fact.data.rectification.verification?.result]] : [],
  )

test('that links are mended is said by a scan that has read pages and seen all that was broken, by no other', async () => {
  const site = await makeSite(ctx.db, { unit_id: people.unitId })
  const { items } = await raiseMany(ctx, people.duty, {
    ...{ source: 'circular', siteIds: [site.id], rule: 'LINKS', problem: '首页链接打不开' },
    ...{ reference: '穗府网查〔2026〕7号', dueWorkdays: 5 },
  })
  const [rectification] = items
  if (!rectification) throw new Error('no rectification')
  await takeStep(ctx, people.owner, rectification, { step: 'submit' })
  expect(await visited(site)).toEqual([['rectification.verifying', null]])
  await scanned(site, 0, NONE)
  expect(await visited(site), 'the home page did not open').toEqual([])
  await scanned(site, 9, null)
  expect(await visited(site), 'what was broken could not be seen').toEqual([])
  await scanned(site, 9, NONE)
  await scanned(site, 0, null)
  expect(await visited(site)).toEqual([['rectification.closed', 'links_mended']])
})
