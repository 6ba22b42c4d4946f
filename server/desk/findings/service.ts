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
import type { Rendered } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { findSignals } from '../../monitor/findings/queries.ts'
import { heldBack } from '../../monitor/rendering/rules.ts'
import { askHomes, drawnRowOf, homeRendered, mustBeDrawn, toOrder } from '../../monitor/rendering/store.ts'
import { dayOfV2 } from '../../monitor/schedule/readings/due.ts'
import { changeStandings, type LockedStanding, lockStanding } from '../../monitor/standing/decide.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { followAlerts } from '../alerts/follow.ts'
import { v2Evidence } from '../alerts/rules.ts'

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
  const row = await lockStanding(tx, id)
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

async function store(
  tx: Tx,
  user: Principal,
  row: LockedStanding,
  input: SayInput | null,
  now: number,
): Promise<NewFact[]> {
  const machineNewest = row.finding?.newest ?? null
  if (input) await upsertSaid(tx, user, row.site_id, input, machineNewest, now)
  else await deleteSaid(tx, row.site_id)
  const said = input && { updatedOn: input.updatedOn, machineNewest, untilMs: now + SAID_HOLDS_MS }
  const found = judged(row, said, now)
  // A person has seen the page.
  const { v2, rendered } = input ? { ...found, rendered: null } : await drawnFirst(tx, row, found.v2, now)
  const decided = { ...found, v2 }
  const changed = await changeStandings(tx, [row], () => decided, now, { actor: user, said: input })
  return [...changed, ...(await followV2(tx, { ...row, ...decided }, rendered, now))]
}

/** How fresh the site is by the person's finding, or by the monitor's own. */
function judged(row: LockedStanding, said: PersonFindingFacts | null, now: number) {
  const found = foundBy(row.finding, said, now)
  return { v2: judgeV2(found, dayOfV2(row, now), rulesInForce()), newest: found?.newest ?? null }
}

/** A verdict that rests on the monitor's finding alone; the page is to be drawn before its site is told to be idle. */
async function drawnFirst(
  tx: Tx,
  row: LockedStanding,
  v2: Verdict,
  now: number,
): Promise<{ v2: Verdict; rendered: Rendered | null }> {
  const drawn = await drawnRowOf(tx, row.site_id, now)
  const isHeld = v2 === 'violated' && mustBeDrawn(drawn, {}, now)
  const cause = toOrder(drawn, { finding: null, atMs: now }, { isHeld, isNews: row.v2 !== 'violated' })
  await askHomes(tx, cause ? [{ siteId: row.site_id, cause }] : [], now)
  return { v2: isHeld ? heldBack(row.v2) : v2, rendered: homeRendered(drawn, {}, now) }
}

/** Filed downtime has no alerts. */
async function followV2(
  tx: Tx,
  after: LockedStanding,
  rendered: Rendered | null,
  now: number,
): Promise<NewFact[]> {
  if (after.availability === 'paused') return []
  const facts = { ...after, down: after.availability === 'down' }
  const evidence = v2Evidence(after.newest, rendered)
  const wanted = wantedSeverity('V2', facts)
  return followAlerts(tx, [{ siteId: after.site_id, rule: 'V2', wanted, evidence }], now)
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
