import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Visited } from '../../server/monitor/visit/visited.ts'
import { recordQuiet } from '../../server/recording/quiet.ts'
import { recordVisits } from '../../server/recording/record.ts'
import { localDay, MINUTE, SECOND } from '../../shared/base/time.ts'
import { type TestContext, testContext } from '../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { datedFinding, type MadeSite, makeSite } from '../support/make.ts'
import { visitOf } from '../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

const SITES = 12
const STEPS = 40

/** What may be seen at a visit, the usual most often. */
const seen = fc.record({
  kind: fc.oneof(
    { weight: 90, arbitrary: fc.constant('well' as const) },
    { weight: 3, arbitrary: fc.constantFrom('timeout' as const, 'blocked_firewall' as const) },
    { weight: 2, arbitrary: fc.constantFrom('read' as const, 'doubted' as const) },
  ),
  extra: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
  certDaysLeft: fc.constantFrom(null, ...new Array<number>(30).fill(90), 6),
  address: fc.constantFrom('10.0.0.1', '10.0.0.2', null),
  totalMs: fc.constantFrom(20, 41.5, null),
})
type Seen = typeof seen extends fc.Arbitrary<infer T> ? T : never

/** How long until the next visit, and what is seen then of each site. */
const story = fc.array(
  fc.tuple(
    fc.constantFrom(5 * SECOND, 5 * MINUTE, 5 * MINUTE, 16 * MINUTE, 61 * MINUTE, 7 * 60 * MINUTE),
    fc.array(seen, { minLength: SITES, maxLength: SITES }),
  ),
  { minLength: STEPS, maxLength: STEPS },
)

function visitTo(site: MadeSite, { kind, extra, ...result }: Seen): Visited {
  const now = ctx.clock.now()
  const visit = visitOf(site, now, kind === 'timeout' || kind === 'blocked_firewall' ? kind : undefined)
  const finding = kind === 'read' ? datedFinding(localDay(now)) : null
  return { ...visit, extra, lineInDoubt: kind === 'doubted', finding, result: { ...visit.result, ...result } }
}

/** All that is stored of sites, in their order, without what only names them. */
async function storedOf(sites: readonly MadeSite[]) {
  const ids = sites.map(({ id }) => id)
  const states = await ctx.db
    .selectFrom('site_state')
    .selectAll()
    .where('site_id', 'in', ids)
    .orderBy('site_id')
    .execute()
  const of = async (table: 'visit' | 'visit_hour' | 'visit_day', order: 'at' | 'hour' | 'day') => {
    const rows = await ctx.db.selectFrom(table).selectAll().where('site_id', 'in', ids).execute()
    return rows
      .map((row) => ({ ...row, site_id: ids.indexOf(row.site_id) }))
      .sort(
        (a, b) =>
          a.site_id - b.site_id || +new Date(Reflect.get(a, order)) - +new Date(Reflect.get(b, order)),
      )
  }
  const facts = await ctx.db
    .selectFrom('fact')
    .select(['site_id', 'kind', 'at'])
    .where('site_id', 'in', ids)
    .orderBy('seq')
    .execute()
  return {
    states: states.map(({ site_id, ...row }) => row),
    visits: await of('visit', 'at'),
    hours: await of('visit_hour', 'hour'),
    days: await of('visit_day', 'day'),
    facts: facts.map((fact) => ({ ...fact, site_id: ids.indexOf(fact.site_id ?? 0) })),
  }
}

it('whatever is seen of sites, visits that are stored as quiet leave the same behind as those that are judged', async () => {
  let quiet = 0
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const make = async () => {
        const made: MadeSite[] = []
        for (let n = 0; n < SITES; n++) made.push(await makeSite(ctx.db, {}, {}, new Date(ctx.clock.now())))
        return made
      }
      const [quick, full] = [await make(), await make()]
      for (const [waitMs, views] of steps) {
        ctx.clock.advance(waitMs)
        const visits = (sites: readonly MadeSite[]) =>
          sites.flatMap((site, n) => (views[n] ? [visitTo(site, views[n])] : []))
        const stored = await recordQuiet(ctx, visits(quick))
        quiet += stored.size
        const rest = visits(quick).filter(({ siteId }) => !stored.has(siteId))
        const judged = await recordVisits(ctx, rest)
        const standings = await recordVisits(ctx, visits(full))
        const after = quick.map(({ id }) => stored.get(id) ?? judged.get(id))
        expect(after).toEqual(full.map(({ id }) => standings.get(id)))
      }
      expect(await storedOf(quick)).toEqual(await storedOf(full))
    }),
    { numRuns: 2, seed: 20_151_204 },
  )
  expect(quiet, 'of 960 visits').toBeGreaterThan(300)
})
