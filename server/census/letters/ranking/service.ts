import { createHash } from 'node:crypto'
import { addDays, localDay, monthOf } from '../../../../shared/base/time.ts'
import type { Ranking, RankingAnswer } from '../../../../shared/census/letters/ranking/ranking.ts'
import { covers, may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { publishedMonths, publishedRanking, rankingOf } from './queries.ts'
import '../refusals.ts'

const CITY = { kind: 'city' } as const

/**
 * A month as whoever asks may see it: as it was published; before, of the own scope alone.
 * @param month YYYY-MM; without one the last that is over
 */
export async function rankingFor(ctx: Context, user: Principal, month?: string): Promise<RankingAnswer> {
  const today = localDay(ctx.clock.now())
  const asked = month ?? monthOf(addDays(`${monthOf(today)}-01`, -1))
  const published = await publishedMonths(ctx.db)
  const fixed = published.includes(asked) ? await publishedRanking(ctx.db, asked) : undefined
  const found = fixed ?? (await rankingOf(ctx.db, user.scope, asked, today))
  const isWhole = covers(user.scope, { district: null, unitId: null })
  const mayPublish = !fixed && isWhole && found.isOver && found.total.due > 0 && may(user, 'letter.publish')
  return { ...found, published, mayPublish }
}

/** Publishes a month. @throws Refusal invalid while it lasts or has no letters; conflict where it was published */
export async function publishRanking(ctx: Context, user: Principal, month: string): Promise<RankingAnswer> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!covers(user.scope, { district: null, unitId: null }))
      throw new Refusal('forbidden', 'requests.roleMayNot')
    const at = new Date(ctx.clock.now())
    const found = await rankingOf(tx, CITY, month, localDay(at.getTime()))
    if (!found.isOver) throw new Refusal('invalid', 'letters.monthLasts', { values: { month } })
    if (found.total.due === 0) throw new Refusal('invalid', 'letters.nothingDue', { values: { month } })
    const isFirst = await storeRanking(tx, found, at, user.id)
    if (!isFirst) throw new Refusal('conflict', 'letters.publishedAlready', { values: { month } })
    const detail = { month, letters: found.total.due }
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'letter.ranked',
      entity: 'letter',
      entityId: null,
      detail,
    })
  })
  return rankingFor(ctx, user, month)
}

/** Fixes a month with the hash of what it says. @returns false where it was fixed before */
export async function storeRanking(tx: Tx, ranking: Ranking, at: Date, by: number | null): Promise<boolean> {
  const body = JSON.stringify(ranking)
  const hash = createHash('sha256').update(body).digest('hex')
  const stored = await tx
    .insertInto('letter_ranking')
    .values({ month: ranking.month, body, hash, published_at: at, published_by: by })
    .onConflict((on) => on.doNothing())
    .returning('month')
    .executeTakeFirst()
  return stored !== undefined
}
