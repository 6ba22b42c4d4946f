import { addDays, DAY, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { NewRound } from '../../../shared/census/rounds/rounds.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { trusted } from '../../base/db/trusted.ts'
import { diceOf } from '../../base/dice.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { seedDeep } from './deep/demo.ts'
import { seedGuards } from './guards/demo.ts'
import { draw, freeze } from './open.ts'
import { seedReviews } from './reviews/demo.ts'
import { insertRound, requireRound, setRound } from './service.ts'
import { seedSubmissions } from './submissions/demo.ts'

/**
 * Spot checks of half a year: so many days ago, of so many sites in a hundred, so many of which pass;
 * of the last one, so many looks are in.
 */
const SPOT_CHECKS = [
  { daysAgo: 160, share: 0.1, passed: 62, done: 100 },
  { daysAgo: 118, share: 0.1, passed: 74, done: 100 },
  { daysAgo: 76, share: 0.15, passed: 81, done: 100 },
  { daysAgo: 34, share: 0.15, passed: 88, done: 100 },
  { daysAgo: 8, share: 0.1, passed: 90, done: 60 },
] as const
const SPOT_DAYS = 14

/** Rounds of half a year in the demo. */
export async function seedRounds(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('census_round').select('id').limit(1).executeTakeFirst()) return
  const duty = await db
    .selectFrom('user_account')
    .select(['id', 'name', 'role'])
    .where('demo', '=', true)
    .where('username', '=', 'duty')
    .executeTakeFirst()
  if (!duty) return
  const user: Principal = { ...duty, scope: { kind: 'city' } }
  await db.transaction().execute((tx) =>
    // Each site stands in each of fifty rounds.
    trusted(tx, async () => {
      for (const check of SPOT_CHECKS) await seedSpotCheck(tx, ctx, user, check)
      await seedNextSpotCheck(tx, ctx, user)
      await seedSubmissions(tx, ctx, user)
      await seedDeep(tx, ctx, user)
      await seedGuards(tx, ctx, user)
    }),
  )
}

/** As a service sees it on a past day. */
const on = (ctx: Context, atMs: number): Context => ({ ...ctx, clock: { now: () => atMs } })

/** A round that was planned and opened at an instant. */
async function seedOpened(
  tx: Tx,
  ctx: Context,
  user: Principal,
  given: NewRound,
  atMs: number,
): Promise<number> {
  const then = on(ctx, atMs)
  const edition = editionInForce().code
  const id = await insertRound(tx, on(ctx, atMs - 2 * DAY), { ...given, edition }, user)
  await freeze(then, tx, await requireRound(then, tx, user, id), user)
  return id
}

async function seedSpotCheck(
  tx: Tx,
  ctx: Context,
  user: Principal,
  { daysAgo, share, passed, done }: (typeof SPOT_CHECKS)[number],
): Promise<void> {
  const opensOn = addDays(localDay(ctx.clock.now()), -daysAgo)
  const atMs = startOfDay(opensOn) + 9 * HOUR
  const sample = { share, strata: ['level', 'district'] as ['level', 'district'], second: 0.2 }
  const given = { kind: 'spot' as const, opensOn, dueOn: addDays(opensOn, SPOT_DAYS), sample, repeats: false }
  const id = await seedOpened(tx, ctx, user, given, atMs)
  const then = on(ctx, atMs + DAY)
  // What became known a day after the list, as a closing index does.
  const seed = (3000 + (diceOf(opensOn) % 60_000) / 100).toFixed(2)
  await draw(then, tx, await requireRound(then, tx, user, id), seed, user)
  await seedReviews(tx, id, { passed, done, atMs: atMs + 2 * DAY, by: user.id })
  if (done < 100) await setRound(tx, id, { state: 'checking' })
  else {
    const ended = { ended_by: user.id, ended_at: new Date(atMs + (SPOT_DAYS - 1) * DAY) }
    await setRound(tx, id, { state: 'closed', ...ended })
  }
}

/** The one that is under way: its list is fixed, its seed not yet known. */
async function seedNextSpotCheck(tx: Tx, ctx: Context, user: Principal): Promise<void> {
  const opensOn = localDay(ctx.clock.now())
  const sample = { share: 0.15, strata: ['level', 'district'] as ['level', 'district'], second: 0.2 }
  const given = { kind: 'spot' as const, opensOn, dueOn: addDays(opensOn, SPOT_DAYS), sample, repeats: false }
  await seedOpened(tx, ctx, user, given, ctx.clock.now() - HOUR)
}
