import { sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import { scoreSheet } from '../../../../shared/census/score-sheets/sheets-rules.ts'
import type { CrossCheck } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { type Jobs, queue } from '../../../base/jobs.ts'
import { checksOfSites } from '../../../monitor/imprints/queries.ts'
import { shownChecks } from '../../../monitor/imprints/shown.ts'
import { findEdition } from '../../../register/rule-editions/in-force.ts'
import { measureSites } from '../../score-sheets/measure.ts'
import { setRound } from '../service.ts'

const QUEUE = queue('rounds.deep')
/** A round that was opened is begun soon, and one that was broken off is gone on with. */
const OFTEN = '*/5 * * * *'
const AFTER_START_S = 30
/** So many sites are kept at once: what is lost when the process is killed is measured again, and nothing twice. */
const SITES_AT_ONCE = 50
/** A job that takes longer than its queue lets it is begun once more beside itself. */
const MOST_MS = 100_000

/** Measures all sites of deep monitorings that are open, once for all processes. */
export async function startDeepWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, async () => {
    if (!(await runDeep(ctx))) await jobs.send(QUEUE, {})
  })
  await jobs.every(OFTEN, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
}

/** Has deep monitorings that are open gone on with at once, rather than within minutes. */
export const hurryDeep = (jobs: Pick<Jobs, 'send'>): Promise<void> => jobs.send(QUEUE, {})

/**
 * Keeps a result for every site of each open deep monitoring, with the vetoes by which it failed: by the edition of the
 * round, of the home page's week, the columns, the last scan of links and what persons have found; and what its home page
 * says of itself, held against the register. It may be broken off and begun again at any point: a site that has a result
 * keeps it.
 * @param mostMs after so long it stops. @returns whether nothing is left
 */
export async function runDeep(ctx: Pick<Context, 'db' | 'clock'>, mostMs = MOST_MS): Promise<boolean> {
  const begun = performance.now()
  const rounds = await ctx.db
    .selectFrom('census_round')
    .select(['id', 'edition', 'revision', 'state'])
    .where('kind', '=', 'deep')
    .where('state', 'in', ['open', 'checking'])
    .where('paused_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id, edition, revision } of rounds) {
    const body = await findEdition(ctx.db, edition, { revision: revision ?? undefined })
    while (await isGoingOn(ctx.db, id)) {
      const ids = await sitesLeft(ctx.db, id)
      if (ids.length === 0) break
      if (performance.now() - begun > mostMs) return false
      const atMs = ctx.clock.now()
      const today = localDay(atMs)
      const measured = await measureSites(ctx.db, ids, body, { atMs, today })
      const checks = await checksOfSites(ctx.db, ids)
      const results = ids.map((siteId) => {
        const of = measured.get(siteId) ?? { counted: {}, isPortal: false }
        const { outcome, points, vetoes } = scoreSheet(body, of)
        return {
          site_id: siteId,
          result: outcome,
          points,
          vetoes,
          checks: shownChecks(checks.get(siteId) ?? [], today),
        }
      })
      await keepResults(ctx.db, id, results)
    }
  }
  return true
}

/** Whether a round has not been ended or paused meanwhile. */
async function isGoingOn(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('census_round')
    .select('state')
    .where('id', '=', id)
    .where('paused_at', 'is', null)
    .executeTakeFirst()
  return row?.state === 'open' || row?.state === 'checking'
}

async function sitesLeft(db: Db, roundId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('census_round_site')
    .select('site_id')
    .where('round_id', '=', roundId)
    .where('result', 'is', null)
    .orderBy('position')
    .limit(SITES_AT_ONCE)
    .execute()
  return rows.map(({ site_id }) => site_id)
}

interface Result {
  readonly site_id: number
  readonly result: string
  readonly points: number
  readonly vetoes: readonly string[]
  readonly checks: readonly CrossCheck[]
}

/** Keeps them, and where the round stands with them: being checked, or all there, for a person to look through and close. */
async function keepResults(db: Db, roundId: number, results: readonly Result[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state, paused_at } = await tx
      .selectFrom('census_round')
      .select(['state', 'paused_at'])
      .where('id', '=', roundId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    // It was ended or paused while its sites were measured: what stands in it stays.
    if ((state !== 'open' && state !== 'checking') || paused_at !== null) return
    await sql`
      update census_round_site s
        set result = one.result, points = one.points, vetoes = one.vetoes, checks = one.checks
      from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
        as one(site_id int, result text, points float8, vetoes text[], checks jsonb)
      where s.round_id = ${roundId} and s.site_id = one.site_id and s.result is null
    `.execute(tx)
    const left = await sitesLeft(tx, roundId)
    const next = left.length === 0 ? 'reviewing' : 'checking'
    if (state !== next) await setRound(tx, roundId, { state: next })
  })
}
