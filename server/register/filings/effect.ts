import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import { addDays, startOfDay } from '../../../shared/base/time.ts'
import { isGoing, lastDayOf } from '../../../shared/register/filings/filings-rules.ts'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { become } from '../sites/lifecycle.ts'
import { endNotice } from './notices/end.ts'
import { approvedOf, timesOf } from './queries.ts'

/** What an effect has to know of a filing. */
export interface Effective {
  readonly id: number
  readonly site_id: number
  readonly ask: 'exempt' | 'paused' | 'closed' | 'moved' | 'normal'
  readonly from_on: string
  readonly to_on: string | null
  readonly reason: string
}

type Parts = Pick<Context, 'after'>

/**
 * A filing takes effect: of what is exempt or paused nothing counts until its last day is over; what goes has its notice
 * up, and is visited until that is over; what is normal again is visited, and whatever was before is over.
 * @returns the facts that tell of it, to be appended
 */
export async function beginFiling(
  { after }: Parts,
  tx: Tx,
  actor: Person | null,
  filing: Effective,
  now: number,
): Promise<NewFact[]> {
  await mark(tx, filing.id, { begun_at: new Date(now) })
  const last = lastDayOf(timesOf(filing))
  const { ask, site_id: siteId, reason } = filing
  if (isGoing(ask)) {
    await becomes(tx, actor, filing, 'closing', last, now)
    return []
  }
  if (ask === 'normal') {
    for (const one of await approvedOf(tx, siteId, filing.id)) {
      if (one.begun_at) await mark(tx, one.id, { ended_at: new Date(now) })
    }
    await mark(tx, filing.id, { ended_at: new Date(now) })
    await becomes(tx, actor, filing, 'normal', null, now)
    return after.siteReopened(tx, actor, siteId, now)
  }
  await becomes(tx, actor, filing, lifecycleOf(ask), last, now)
  const end = last === null ? null : new Date(startOfDay(addDays(last, 1)))
  return after.siteEnded(tx, actor, siteId, { end, reason, planId: null }, now)
}

/** Its last day is over: what goes is gone, all else is normal again. */
export async function endFiling(
  { after }: Parts,
  tx: Tx,
  filing: Effective,
  now: number,
): Promise<NewFact[]> {
  await mark(tx, filing.id, { ended_at: new Date(now) })
  const { ask, site_id: siteId, reason } = filing
  if (ask === 'closed' || ask === 'moved') {
    const short = await endNotice(tx, filing, now)
    await becomes(tx, null, filing, ask, null, now)
    const ended = await after.siteEnded(tx, null, siteId, { end: null, reason, planId: null }, now)
    return [...ended, ...short]
  }
  // What has become of it since by another way stays: a site that is gone does not come back when a pause of it is over.
  const { lifecycle } = await tx
    .selectFrom('site')
    .select('lifecycle')
    .where('id', '=', siteId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (lifecycle !== lifecycleOf(ask)) return []
  await becomes(tx, null, filing, 'normal', null, now)
  return after.siteReopened(tx, null, siteId, now)
}

const lifecycleOf = (ask: Effective['ask']): Lifecycle => (ask === 'exempt' ? 'exempt' : 'paused')

async function mark(tx: Tx, id: number, set: { begun_at: Date } | { ended_at: Date }): Promise<void> {
  await tx
    .updateTable('filing')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** What a site is by a filing. */
const becomes = (
  tx: Tx,
  actor: Person | null,
  { id, site_id: siteId, reason }: Effective,
  lifecycle: Lifecycle,
  until: string | null,
  now: number,
) =>
  become(tx, { siteId, lifecycle, until, reason, actor, via: 'filing', batch: `filing-${id}` }, new Date(now))
