import { sql } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { Refusal } from '../refusal.ts'
import type { Reason } from '../words/refusals.ts'

/** As many times what one person may, a unit or a district may together, and everybody. */
const PLACE_TIMES = 4
const ALL_TIMES = 40

interface Quota {
  /** Of what the facts are counted. */
  readonly kinds: readonly Fact['kind'][]
  /** Why one more is refused. */
  readonly reason: Reason
}
const COMMENTS: Quota = {
  kinds: ['alert.commented', 'rectification.commented'],
  reason: 'facts.beenManyCommentsOneDay',
}

/**
 * What people say is kept for ever and told to many, so a day has only so much of a kind (`COMMENTS_PER_DAY`): of one
 * person, of all people of the same units or districts, and in all. Call in the transaction that adds one.
 * @throws Refusal too_many_requests
 */
export async function refuseBeyondQuota(
  tx: Tx,
  user: Pick<Person, 'id'>,
  { config, clock }: Pick<Context, 'config' | 'clock'>,
  { kinds, reason }: Quota = COMMENTS,
): Promise<void> {
  const max = config.commentsPerDay
  const since = new Date(clock.now() - DAY)
  const { rows } = await sql<{ own: number; place: number; all: number }>`
    select count(*) filter (where fact.actor_id = ${user.id})::int as own,
      count(*) filter (where fact.actor_id in (
        select other.id from user_account me
        join user_account other on other.districts && me.districts or other.unit_ids && me.unit_ids
        where me.id = ${user.id}))::int as place,
      count(*)::int as all
    from fact where kind in (${sql.join(kinds.map((kind) => sql.lit(kind)))}) and at > ${since}`.execute(tx)
  const { own, place, all } = rows[0] ?? { own: 0, place: 0, all: 0 }
  if (own < max && place < max * PLACE_TIMES && all < max * ALL_TIMES) return
  throw new Refusal('too_many_requests', reason)
}
