import { sql } from 'kysely'
import { localDay, yearOf } from '../../../shared/base/time.ts'
import type { Round } from '../../../shared/census/rounds/rounds.ts'
import { mayRepeat, takesSubmissions } from '../../../shared/census/rounds/rounds-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { findEdition } from '../../register/rule-editions/in-force.ts'
import { drawing, frameHash, stratumOf } from './draw.ts'
import { beginGuard, isGuarded } from './guards/begin.ts'
import { lastReported, nextSpan } from './schedule.ts'
import { insertRound, planAlone, setRound, takeRound } from './service.ts'
import { insertSubmissions } from './submissions/open.ts'
import { todayOf } from './today.ts'

/**
 * Opens a round: the revision of its edition and the list of its sites are fixed, and the hash of the list is
 * published. A spot check whose seed is known already is drawn at once.
 * @throws Refusal not_found, forbidden; conflict, also when there is no site
 */
export const openRound = (ctx: Context, user: Principal, id: number, { version }: { version: number }) =>
  takeRound(ctx, user, id, { version, step: 'open' }, async (tx, before) => {
    await freeze(ctx, tx, before, user)
    return 'round.opened'
  })

/** Draws the sites of a spot check with a seed from after its list. @throws Refusal not_found, forbidden, conflict */
export const drawRound = (
  ctx: Context,
  user: Principal,
  id: number,
  { version, seed }: { version: number; seed: string },
) =>
  takeRound(ctx, user, id, { version, step: 'draw', text: seed }, async (tx, before) => {
    await draw(ctx, tx, before, seed, user)
    return 'round.drawn'
  })

/** Fixes what a round goes by. @param user null: the program opens it on its day. */
export async function freeze(ctx: Context, tx: Tx, round: Round, user: Principal | null): Promise<void> {
  if (round.guard && localDay(ctx.clock.now()) > round.guard.to) {
    throw new Refusal('conflict', 'rounds.guardPast', { values: { number: round.number } })
  }
  const sites = await listSites(tx, round)
  if (sites.length === 0) throw new Refusal('conflict', 'rounds.noSites')
  await sql`
    insert into census_round_site
      (round_id, site_id, position, code, name, level, district, unit_id, unit_name, stratum)
    select ${round.id}, site_id, position, code, name, level, district, unit_id, unit_name, stratum
    from jsonb_to_recordset(${JSON.stringify(sites)}::jsonb) as one(site_id int, position int, code text, name text,
      level text, district text, unit_id int, unit_name text, stratum text)
  `.execute(tx)
  await setRound(tx, round.id, {
    ...{
      state: 'open',
      revision: (await findEdition(tx, round.edition, { on: localDay(ctx.clock.now()) })).revision,
    },
    ...{ sites: sites.length, frame_hash: frameHash(sites) },
    ...{ opened_by: user?.id ?? null, opened_at: new Date(ctx.clock.now()) },
  })
  if (takesSubmissions(round.kind)) await insertSubmissions(tx, round)
  if (round.guard) await beginGuard(ctx, tx, round, round.guard)
  if (round.repeats) await planNext(ctx, tx, round)
  const { seed } = await tx
    .selectFrom('census_round')
    .select('seed')
    .where('id', '=', round.id)
    .executeTakeFirstOrThrow()
  if (seed !== null) await draw(ctx, tx, round, seed, user)
}

/**
 * The next self-check or report, unless one that repeats has been planned for its time or has begun already: that one goes
 * on by itself. One that does not repeat, or comes later, does not end the series.
 */
async function planNext(ctx: Context, tx: Tx, { kind, edition, opensOn }: Round): Promise<void> {
  if (!mayRepeat(kind)) return
  const { calendar, today } = await todayOf(ctx, tx)
  const span = nextSpan(calendar, kind, opensOn)
  const last = kind === 'report' ? lastReported({ ...span, repeats: true }) : span.dueOn
  // Of two that are opened at once, the second sees what the first has planned.
  await planAlone(tx, yearOf(span.opensOn))
  const later = await tx
    .selectFrom('census_round')
    .select('id')
    .where('kind', '=', kind)
    .where('repeats', '=', true)
    .where('opens_on', '>', opensOn)
    .where('opens_on', '<=', last < today ? today : last)
    .where('state', '<>', 'void')
    .executeTakeFirst()
  if (!later) await insertRound(tx, ctx, { kind, edition, ...span, repeats: true }, null)
}

const ALL = { districts: [], siteIds: [] }

interface Listed {
  readonly site_id: number
  readonly position: number
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly district: string
  readonly unit_id: number
  readonly unit_name: string
  readonly stratum: string | null
}

/** Every site that it is about but those that are closed for good, in the order of their codes. */
async function listSites(tx: Tx, { sample, guard }: Pick<Round, 'sample' | 'guard'>): Promise<Listed[]> {
  const rows = await tx
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id as site_id', 'site.code', 'site.name', 'site.level', 'site.district', 'site.unit_id'])
    .select('unit.name as unit_name')
    .where((eb) => eb.or([eb('site.pause_reason', 'is', null), eb('site.paused_until', 'is not', null)]))
    .$if(guard !== null, (query) => query.where(isGuarded(guard ?? ALL)))
    .orderBy(sql`site.code collate "C"`)
    .execute()
  return rows.map((row, at) => ({
    ...{ ...row, position: at + 1 },
    stratum: sample ? stratumOf(row, sample.strata) : null,
  }))
}

/** Draws the sites of a list that is fixed. @param user null: the program does it. */
export async function draw(
  ctx: Context,
  tx: Tx,
  { id, sample }: Round,
  seed: string,
  user: Principal | null,
): Promise<void> {
  if (!sample) throw new Error(`round ${id} has no sample`)
  const rows = await tx
    .selectFrom('census_round_site')
    .select(['code', sql<string>`stratum`.as('stratum')])
    .where('round_id', '=', id)
    .execute()
  const drawn = await inSlices(drawing(rows, { seed, ...sample }))
  const given = drawn.map((site, at) => ({ ...site, position: at + 1 }))
  await sql`
    update census_round_site s set position = one.position, rank = one.rank, draw = one.draw, second = one.second
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as one(code text, position int, rank int, draw text, second boolean)
    where s.round_id = ${id} and s.code = one.code
  `.execute(tx)
  await setRound(tx, id, { seed, drawn_by: user?.id ?? null, drawn_at: new Date(ctx.clock.now()) })
}
