import { localDay } from '../../../shared/base/time.ts'
import { isSuspending, lastDayOf } from '../../../shared/register/filings/filings-rules.ts'
import { doOneByOne } from '../../base/aside/one-by-one.ts'
import type { Context } from '../../base/context.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { beginFiling, endFiling } from './effect.ts'
import { timesOf } from './queries.ts'
import { tell } from './told.ts'

type Work = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/**
 * Approved filings take effect on their day, and are over after their last. Several processes may do it at once: each
 * step is taken once.
 * @param now epoch ms
 * @returns how many steps were taken
 */
export async function carryOutFilings(ctx: Work, now: number): Promise<number> {
  const due = await liveFilings(ctx.db, now)
  const items = due
    .filter((one) => stepOf(one, now) !== null)
    .map(({ id, site_id }) => ({ id, siteId: site_id }))
  const count = await doOneByOne(ctx, 'filings', items, ([id = 0]) => take(ctx, id, now), 1)
  if (count > 0) ctx.wake()
  return count
}

const liveFilings = (db: Context['db'], now: number) =>
  db
    .selectFrom('filing')
    .innerJoin('site', 'site.id', 'filing.site_id')
    .selectAll('filing')
    .select('site.pause_reason')
    .where('filing.state', '=', 'approved')
    .where('ended_at', 'is', null)
    .where('from_on', '<=', localDay(now))
    .orderBy('filing.id')
    .execute()

type Live = Awaited<ReturnType<typeof liveFilings>>[number]

/** What is to be done; who has resumed a site by hand has ended what paused it. */
function stepOf(filing: Live, now: number): 'begin' | 'end' | null {
  const last = lastDayOf(timesOf(filing))
  const isOver = last !== null && last < localDay(now)
  // Nobody carried it out in its time: what would have paused the site pauses nothing afterwards.
  if (!filing.begun_at) return isOver && isSuspending(filing.ask) ? 'end' : 'begin'
  if (isOver) return 'end'
  return isSuspending(filing.ask) && filing.pause_reason === null ? 'end' : null
}

async function take(ctx: Work, id: number, now: number): Promise<number> {
  return ctx.db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('filing')
      .select('site_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await tx
      .selectFrom('site_state')
      .select('site_id')
      .where('site_id', '=', known.site_id)
      .forUpdate()
      .execute()
    const site = await tx
      .selectFrom('site')
      .select(['district', 'pause_reason'])
      .where('id', '=', known.site_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const row = await tx
      .selectFrom('filing')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const step = row.ended_at ? null : stepOf({ ...row, pause_reason: site.pause_reason }, now)
    if (!step) return 0
    const facts =
      step === 'begin' ? await beginFiling(ctx, tx, null, row, now) : await endFiling(ctx, tx, row, now)
    const kind = step === 'begin' ? 'filing.begun' : 'filing.ended'
    const fact = await tell(tx, null, kind, row, { district: site.district, text: null, now })
    await appendFacts(tx, [...facts, fact])
    return 1
  })
}
