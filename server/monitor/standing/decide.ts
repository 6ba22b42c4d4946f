import { type Selectable, sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { SiteChanged, SiteFacts } from '../../../shared/monitor/standing/facts.ts'
import { deriveState } from '../../../shared/register/sites/states.ts'
import type { Tx } from '../../base/db/database.ts'
import type { SiteStateTable } from './tables.ts'

/** Of a site's locked row, what says how it stands. */
export type StandingRow = Pick<
  Selectable<SiteStateTable>,
  | 'site_id'
  | 'state'
  | 'state_since'
  | 'availability'
  | 'cause'
  | 'since'
  | 'v1'
  | 'share'
  | 'v2'
  | 'v3'
  | 'newest'
  | 'flapping'
> & { readonly district: string }

/** The whole of a site's locked row. */
export type LockedStanding = Selectable<SiteStateTable> & { readonly district: string }

export type SiteFact = NewFact & { readonly kind: 'site.changed' }

/** What a site is decided to be; all else of it stays as it is. A new availability is one from now on. */
export type Decision = Partial<Pick<SiteFacts, 'cause' | 'v2' | 'newest'>> & {
  readonly availability?: SiteFacts['availability']
}

/** Locks one site's row: before its alerts, as the monitor does. */
export function lockStanding(tx: Tx, siteId: number): Promise<LockedStanding> {
  return tx
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .selectAll('site_state')
    .select('site.district')
    .where('site_id', '=', siteId)
    .forUpdate('site_state')
    .executeTakeFirstOrThrow()
}

/**
 * Has sites stand otherwise without a visit (nothing was heard of them, a doubt is cleared, a pause, a person's word):
 * their state follows, is stored, and becomes a fact. The rows are locked; a new availability begins its streaks anew.
 * @param by whose decision it is, and what a person said of how fresh the site is.
 * @returns the facts, one for each row in their order; the caller appends them.
 */
export async function changeStandings<Row extends StandingRow>(
  tx: Tx,
  rows: readonly Row[],
  decide: (row: Row) => Decision,
  nowMs: number,
  by: { readonly actor?: Person | null; readonly said?: SiteChanged['data']['said'] } = {},
): Promise<SiteFact[]> {
  const changes = rows.map((row) => {
    const decision = decide(row)
    return { row, after: standingAfter(row, decision, nowMs), anew: decision.availability !== undefined }
  })
  await storeStandings(tx, changes)
  const at = new Date(nowMs).toISOString()
  return changes.map(({ row, after }) => siteFact(row, { at, before: row, after, ...by }))
}

function standingAfter(row: StandingRow, decision: Decision, nowMs: number): SiteFacts {
  const { v1, v2, v3, share, newest, flapping, cause, availability } = row
  const since = decision.availability === undefined ? row.since : new Date(nowMs)
  const next = { availability, cause, v1, share, v2, v3, newest, flapping, ...decision }
  const state = deriveState({ ...next, sinceMs: since.getTime() }, nowMs)
  const stateSince = state === row.state ? row.state_since : new Date(nowMs)
  return { ...next, state, stateSince: stateSince.toISOString(), since: since.toISOString() }
}

async function storeStandings(
  tx: Tx,
  changes: readonly { row: StandingRow; after: SiteFacts; anew: boolean }[],
): Promise<void> {
  const rows = changes.map(({ row, after, anew }) => ({ ...after, site_id: row.site_id, anew }))
  await sql`
    update site_state s set state = u.state, state_since = u."stateSince", availability = u.availability,
      cause = u.cause, since = u.since, v2 = u.v2, newest = u.newest, quiet_until = null,
      fail_streak = case when u.anew then 0 else s.fail_streak end,
      ok_streak = case when u.anew then 0 else s.ok_streak end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as u(site_id int, state text, "stateSince" timestamptz,
      availability text, cause text, since timestamptz, v2 text, newest text, anew boolean)
    where s.site_id = u.site_id
  `.execute(tx)
}

/** The fact that a site stands otherwise; before null: nothing was known of it. */
export function siteFact(
  { site_id, district }: Pick<StandingRow, 'site_id' | 'district'>,
  {
    at,
    before,
    after,
    actor = null,
    said,
  }: {
    readonly at: string
    readonly before: Pick<SiteFacts, 'state' | 'availability'> | null
    readonly after: SiteFacts
    readonly actor?: Person | null
    readonly said?: SiteChanged['data']['said']
  },
): SiteFact {
  return {
    kind: 'site.changed',
    at,
    siteId: site_id,
    district,
    actor: actor && { id: actor.id, name: actor.name },
    data: {
      before: before && { state: before.state, availability: before.availability },
      after,
      ...(said !== undefined && { said }),
    },
  }
}
