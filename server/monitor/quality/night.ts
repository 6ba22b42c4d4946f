import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import { addDays, DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { QUALITY, type QualityPlace } from '../../../shared/monitor/quality/quality-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { starterBook } from '../wrong-words/starter.ts'
import { type Case, countCases, type Erred, type Looked, type RuleCount } from './count.ts'
import { type FleetCase, lookedAtFleet } from './fleet.ts'
import './hooks.ts'
import { lookAtTestSite } from './look.ts'
import type { SlotMemories } from './slots/memory.ts'
import type { SlotParts } from './slots/parts.ts'
import type { QualityLookTable } from './tables.ts'

/** The seed of the demo's own test site. */
const DEMO_SEED = 640
const DEMO_HOST = 'planted.localhost'
/** Outages of the fleet are counted from the end of one night to that of the next. */
const FLEET_SPAN_MS = DAY
/** Rows of one statement: each has a handful of parameters, of which it may have 65,535. */
const BATCH = 5_000

interface TestSite {
  readonly url: string
  readonly seed: number
  readonly demo: boolean
}

/** The test site: as settings say, or the demo's; null: there is none. */
export async function testSiteOf(db: Db, isDemo: boolean): Promise<TestSite | null> {
  const set = settingsInForce().testSite
  if (set) return { ...set, demo: false }
  if (!isDemo) return null
  const { rows } = await sql<{ url: string }>`
    select url from site where demo and url like 'http://%.localhost:%' order by id limit 1`.execute(db)
  const port = rows[0] && new URL(rows[0].url).port
  return port ? { url: `http://${DEMO_HOST}:${port}/`, seed: DEMO_SEED, demo: true } : null
}

/** Looks once at each page of the test site, and keeps what the monitor says of it. @returns how much it said */
export async function lookOnce(
  ctx: Context,
  site: TestSite,
  by: Pick<SlotParts, 'prober' | 'ports' | 'signal'>,
  memories: SlotMemories,
): Promise<number> {
  const nowMs = ctx.clock.now()
  const { signal } = by
  const parts = { ...by, nowMs, book: await starterBook(), log: ctx.log }
  const looks = await lookAtTestSite(parts, site.url, memories)
  if (looks.length === 0 || signal.aborted) return 0
  const rows = looks.map((look) => ({ ...look, night: localDay(nowMs), at: new Date(nowMs) }))
  await keepLooks(ctx.db, rows)
  return rows.length
}

/** Keeps what was said at a look; what is known of it already stays. */
export async function keepLooks(db: Db, rows: readonly QualityLookTable[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH)
    await db
      .insertInto('quality_look')
      .values(rows.slice(from, from + BATCH))
      .onConflict((on) => on.doNothing())
      .execute()
}

/** Whether the night is over in which the test site is looked at. */
export const isOver = (night: string, nowMs: number): boolean =>
  nowMs >= startOfDay(night) + QUALITY.night.toMinute * MINUTE

/**
 * Counts every night that is over and not counted yet: what was said of the test site, and of the demo's sites now. What was
 * counted stays as it is; what was seen goes.
 */
export async function countNights(ctx: Context, isDemo: boolean): Promise<void> {
  const nowMs = ctx.clock.now()
  const site = await testSiteOf(ctx.db, isDemo)
  for (const night of await nightsSeen(ctx.db, nowMs)) {
    const looked = site ? await lookedAtPages(ctx, site, night) : []
    const counted = countCases(looked)
    await keep(ctx.db, { night, place: 'test_site', demo: site?.demo ?? false, nowMs }, counted, (one) => ({
      site_id: null,
      page: `/case/${one.slot}/`,
    }))
  }
  if (isDemo) await countFleet(ctx, nowMs)
  const oldest = addDays(localDay(nowMs), -QUALITY.kept.caseNights)
  await ctx.db.deleteFrom('quality_case').where('night', '<', oldest).execute()
}

async function nightsSeen(db: Db, nowMs: number): Promise<string[]> {
  const rows = await db.selectFrom('quality_look').select('night').distinct().orderBy('night').execute()
  return rows.map(({ night }) => night).filter((night) => isOver(night, nowMs))
}

type PageCase = Case & { readonly slot: number }

async function lookedAtPages(ctx: Context, { seed }: TestSite, night: string): Promise<Looked<PageCase>[]> {
  const rows = await ctx.db
    .selectFrom('quality_look')
    .selectAll()
    .where('night', '=', night)
    .orderBy('at')
    .execute()
  const said = groupBy(
    rows,
    ({ slot, rule }) => `${slot} ${rule}`,
    ({ at, outcome }) => ({ atMs: at.getTime(), outcome }),
  )
  return ctx.after.truthOfTestSite(seed, night).flatMap((one) => {
    const looks = said.get(`${one.slot} ${one.rule}`)
    return looks ? [{ one, looks }] : []
  })
}

async function countFleet(ctx: Context, nowMs: number): Promise<void> {
  const night = localDay(nowMs)
  if (!isOver(night, nowMs)) return
  const known = await ctx.db
    .selectFrom('quality_night')
    .select('night')
    .where('night', '=', night)
    .where('place', '=', 'fleet')
    .limit(1)
    .executeTakeFirst()
  if (known) return
  const counted = countCases(await lookedAtFleet(ctx, nowMs - FLEET_SPAN_MS, nowMs - HOUR / 6))
  await keep(ctx.db, { night, place: 'fleet', demo: true, nowMs }, counted, (one: FleetCase) => ({
    site_id: one.siteId,
    page: null,
  }))
}

interface Of {
  readonly night: string
  readonly place: QualityPlace
  readonly demo: boolean
  readonly nowMs: number
}

/** Keeps what was counted once; a second process that counted the same changes nothing. */
async function keep<C extends Case>(
  db: Db,
  { night, place, demo, nowMs }: Of,
  { counts, errors }: { readonly counts: readonly RuleCount[]; readonly errors: readonly Erred<C>[] },
  whereOf: (one: C) => { readonly site_id: number | null; readonly page: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (await keepCounts(tx, counts, { night, place, demo, nowMs })) {
      const rows = errors.map(({ one, error, fromMs, toMs }) => ({
        ...{ night, place, demo, error, rule: one.rule, what: one.what, ...whereOf(one) },
        ...{ from_at: new Date(fromMs), to_at: new Date(toMs) },
      }))
      for (let from = 0; from < rows.length; from += BATCH)
        await tx
          .insertInto('quality_case')
          .values(rows.slice(from, from + BATCH))
          .execute()
    }
    if (place === 'test_site') await tx.deleteFrom('quality_look').where('night', '=', night).execute()
  })
}

async function keepCounts(
  tx: Tx,
  counts: readonly RuleCount[],
  { night, place, demo, nowMs }: Of,
): Promise<boolean> {
  if (counts.length === 0) return false
  const kept = await tx
    .insertInto('quality_night')
    .values(
      counts.map(({ rule, planted, found, clean, wrong, unmeasured, medianS, slowestS }) => ({
        ...{ night, place, rule, planted, found, clean, wrong, unmeasured, demo },
        version: inspectionRule(rule)?.version ?? null,
        ...{ median_s: medianS, slowest_s: slowestS, counted_at: new Date(nowMs) },
      })),
    )
    .onConflict((on) => on.doNothing())
    .returning('rule')
    .execute()
  return kept.length > 0
}
