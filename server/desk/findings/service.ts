import type { Selectable } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { localDay } from '../../../shared/base/time.ts'
import { wantedSeverity } from '../../../shared/desk/alerts/alerts.ts'
import {
  foundBy,
  type PersonFindingFacts,
  SAID_HOLDS_MS,
  type SayInput,
  type SiteSignals,
} from '../../../shared/monitor/findings/findings.ts'
import type { SiteFacts } from '../../../shared/monitor/standing/facts.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import { deriveState } from '../../../shared/register/sites/states.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { findSignals } from '../../monitor/findings/queries.ts'
import type { SiteStateTable } from '../../monitor/standing/tables.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { followAlerts } from '../alerts/follow.ts'

/** The two signals of a site, and what a person said of it. @throws Refusal not_found. */
export async function siteSignals(ctx: Context, user: Principal, id: number): Promise<SiteSignals> {
  if (!(await findLocation(ctx.db, user.scope, id))) throw noSite()
  return findSignals(ctx.db, id, ctx.clock.now())
}

/**
 * A person says how fresh a site is, and it is judged by that until the monitor finds something newer, for 14
 * days at most. Null `input` takes back what was said.
 * @throws Refusal not_found, forbidden; invalid for a day that has not come; conflict when nothing was said.
 */
export async function sayFinding(
  ctx: Context,
  user: Principal,
  id: number,
  input: SayInput | null,
): Promise<SiteSignals> {
  const now = ctx.clock.now()
  if (input?.updatedOn && input.updatedOn > localDay(now)) {
    throw new Refusal('invalid', 'common.dayMustNotLieFuture')
  }
  const signals = await ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, id)
    const facts = await say(tx, user, id, input, now)
    const result = await findSignals(tx, id, now)
    await appendFacts(tx, facts)
    return result
  })
  ctx.wake()
  return signals
}

/**
 * The same within a transaction, for a site that the person may judge; the state of the site, if it has to be
 * locked before something else, is locked by the caller.
 * @returns facts; the caller appends them.
 */
export async function say(
  tx: Tx,
  user: Principal,
  id: number,
  input: SayInput | null,
  now: number,
): Promise<NewFact[]> {
  const row = await lockState(tx, id)
  const facts = await store(tx, user, row, input, now)
  await recordAudit(tx, {
    at: new Date(now),
    actor: user,
    action: input ? 'site.finding_said' : 'site.finding_withdrawn',
    entity: 'site',
    entityId: id,
    detail: input ? { ...input, machineNewest: row.finding?.newest ?? null } : {},
  })
  return facts
}

type Row = Selectable<SiteStateTable> & { district: string }

/** A site's state is locked before its alerts, as the monitor does. */
function lockState(tx: Tx, id: number): Promise<Row> {
  return tx
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .selectAll('site_state')
    .select('site.district')
    .where('site_id', '=', id)
    .forUpdate('site_state')
    .executeTakeFirstOrThrow()
}

async function store(
  tx: Tx,
  user: Principal,
  row: Row,
  input: SayInput | null,
  now: number,
): Promise<NewFact[]> {
  const machineNewest = row.finding?.newest ?? null
  if (input) await upsertSaid(tx, user, row.site_id, input, machineNewest, now)
  else await deleteSaid(tx, row.site_id)
  const said = input && { updatedOn: input.updatedOn, machineNewest, untilMs: now + SAID_HOLDS_MS }
  const after = judged(row, said, now)
  await tx
    .updateTable('site_state')
    .set({ v2: after.v2, newest: after.newest, state: after.state, state_since: new Date(after.stateSince) })
    .where('site_id', '=', row.site_id)
    .execute()
  const changed: NewFact = {
    kind: 'site.changed',
    at: new Date(now).toISOString(),
    siteId: row.site_id,
    district: row.district,
    actor: { id: user.id, name: user.name },
    data: { before: { state: row.state, availability: row.availability }, after, said: input },
  }
  return [changed, ...(await followV2(tx, row, after, now))]
}

/** How the site stands by the person's finding, or by the monitor's own. */
function judged(row: Row, said: PersonFindingFacts | null, now: number): SiteFacts {
  const found = foundBy(row.finding, said, now)
  const v2 = judgeV2(found, localDay(now), rulesInForce())
  const { availability, v1, v3, share, cause, flapping } = row
  const state = deriveState({ availability, sinceMs: row.since.getTime(), v1, v2, v3 }, now)
  const stateSince = state === row.state ? row.state_since : new Date(now)
  return {
    state,
    stateSince: stateSince.toISOString(),
    availability,
    cause,
    since: row.since.toISOString(),
    v1,
    share,
    v2,
    v3,
    newest: found?.newest ?? null,
    flapping,
  }
}

/** Filed downtime has no alerts. */
async function followV2(tx: Tx, row: Row, after: SiteFacts, now: number): Promise<NewFact[]> {
  if (row.availability === 'paused') return []
  const facts = { ...after, down: after.availability === 'down' }
  const evidence = { newest: after.newest, ...(after.newest === null ? { reason: 'undated' } : {}) }
  const wanted = wantedSeverity('V2', facts)
  return followAlerts(tx, [{ siteId: row.site_id, rule: 'V2', wanted, evidence }], now)
}

async function upsertSaid(
  tx: Tx,
  user: Principal,
  siteId: number,
  { updatedOn, note }: SayInput,
  machineNewest: string | null,
  now: number,
): Promise<void> {
  const said = {
    said_by: user.id,
    said_at: new Date(now),
    updated_on: updatedOn,
    note,
    machine_newest: machineNewest,
    expires_at: new Date(now + SAID_HOLDS_MS),
  }
  await tx
    .insertInto('site_said')
    .values({ site_id: siteId, ...said })
    .onConflict((on) => on.column('site_id').doUpdateSet(said))
    .execute()
}

async function deleteSaid(tx: Tx, siteId: number): Promise<void> {
  const { numDeletedRows } = await tx.deleteFrom('site_said').where('site_id', '=', siteId).executeTakeFirst()
  if (numDeletedRows === 0n) {
    throw new Refusal('conflict', 'findings.nobodySaidAnythingAboutSite')
  }
}

async function requireSite(tx: Tx, user: Principal, id: number): Promise<void> {
  const site = await findLocation(tx, user.scope, id)
  if (!site) throw noSite()
  if (!may(user, 'site.judge', site)) {
    throw new Refusal('forbidden', 'findings.mayNotJudgeSiteHand')
  }
}

const noSite = () => new Refusal('not_found', 'common.noSuchSite')
