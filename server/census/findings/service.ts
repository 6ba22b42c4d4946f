import { sql } from 'kysely'
import type { FindingChanged } from '../../../shared/census/findings/facts.ts'
import type { CensusFinding, NewFinding } from '../../../shared/census/findings/findings.ts'
import {
  MOST_ON_SITE,
  needsSecond,
  takesFindings,
  zeroNeedsTarget,
} from '../../../shared/census/findings/findings-rules.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import { mayBeAbsent } from '../../../shared/register/rule-editions/cost.ts'
import type { Rule } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { refuseMerged } from '../../register/sites/require.ts'
import { pictureChange, pictureFinding } from './page-picture.ts'
import { findFinding } from './queries.ts'
import './refusals.ts'

const QUOTA = {
  kinds: ['finding.proposed', 'finding.confirmed'],
  reason: 'facts.saidTooMuchOneDay',
} as const

/**
 * Records what a person has found. It counts at once, unless a second person has to confirm it.
 * @throws Refusal not_found; forbidden; invalid for a rule that takes none, or 0 that says of nothing in
 * particular; conflict for a site that was merged; too_many_requests
 */
export async function recordFinding(
  ctx: Context,
  user: Principal,
  given: NewFinding,
): Promise<CensusFinding> {
  const recorded = await ctx.db.transaction().execute((tx) => recordFindingIn(ctx, tx, user, given))
  ctx.wake()
  return recorded
}

/** The same as part of something else. Wake the live plane after the commit. @throws Refusal as `recordFinding` */
export async function recordFindingIn(
  ctx: Context,
  tx: Tx,
  user: Principal,
  given: NewFinding,
): Promise<CensusFinding> {
  const edition = editionInForce()
  const rule = requireRule(edition.rules, given)
  const where = await findLocation(tx, user.scope, given.siteId)
  if (!where) throw new Refusal('not_found', 'common.noSuchSite')
  if (!may(user, 'finding.record', where)) throw new Refusal('forbidden', 'requests.roleMayNot')
  await refuseMerged(tx, [given.siteId])
  await refuseBeyondQuota(tx, user, ctx, QUOTA)
  const kind = rule.number ?? ''
  // Two who record on one site at once have two numbers.
  await sql`select pg_advisory_xact_lock(hashtext('census finding'), ${given.siteId})`.execute(tx)
  const { serial, standing } = await tx
    .selectFrom('census_finding')
    .select(sql<number>`coalesce(max(serial) filter (where kind = ${kind}), 0) + 1`.as('serial'))
    .select(sql<number>`count(*) filter (where state in ('proposed', 'confirmed'))`.as('standing'))
    .where('site_id', '=', given.siteId)
    .executeTakeFirstOrThrow()
  if (standing >= MOST_ON_SITE) {
    throw new Refusal('too_many_requests', 'findings.tooManyOnSite', { values: { most: MOST_ON_SITE } })
  }
  const state = needsSecond(rule, given.count, edition) ? ('proposed' as const) : ('confirmed' as const)
  const url = asVisited(given.target)
  const { id } = await tx
    .insertInto('census_finding')
    .values({
      ...{ site_id: given.siteId, edition: edition.code, rule: rule.id, kind, serial, state },
      ...{ target: url, count: given.count, note: given.note },
      proof: [...new Set(given.proof)],
      ...{ recorded_by: user.id, recorded_at: new Date(ctx.clock.now()) },
      ...{ confirmed_by: null, confirmed_at: null, confirmed_note: null },
      ...{ ended_by: null, ended_at: null, ended_note: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (url !== null)
    await pictureFinding(tx, { id, siteId: given.siteId, rule: rule.id, url }, ctx.clock.now())
  return tell(ctx, tx, user, id, `finding.${state}`, given.note)
}

type Step = { readonly version: number; readonly note: string }

/** A second person says that it is so. @throws Refusal not_found, forbidden, conflict */
export const confirmFinding = (ctx: Context, user: Principal, id: number, step: Step) =>
  take(ctx, user, id, step, 'confirm', {
    state: 'confirmed',
    ...{ confirmed_by: user.id, confirmed_at: new Date(ctx.clock.now()), confirmed_note: step.note || null },
  })

/** It is none. @throws Refusal not_found, forbidden, conflict */
export const dismissFinding = (ctx: Context, user: Principal, id: number, step: Step) =>
  take(ctx, user, id, step, 'dismiss', { state: 'dismissed', ...endedBy(ctx, user, step) })

/** It has been put right. @throws Refusal not_found, forbidden, conflict */
export const mendFinding = (ctx: Context, user: Principal, id: number, step: Step) =>
  take(ctx, user, id, step, 'mend', { state: 'mended', ...endedBy(ctx, user, step) })

const endedBy = (ctx: Context, user: Principal, { note }: Step) => ({
  ...{ ended_by: user.id, ended_at: new Date(ctx.clock.now()), ended_note: note || null },
})

interface Change {
  readonly state: 'confirmed' | 'dismissed' | 'mended'
  readonly confirmed_by?: number
  readonly confirmed_at?: Date
  readonly confirmed_note?: string | null
  readonly ended_by?: number
  readonly ended_at?: Date
  readonly ended_note?: string | null
}

async function take(
  ctx: Context,
  user: Principal,
  id: number,
  { version, note }: Step,
  step: CensusFinding['may'][number],
  change: Change,
): Promise<CensusFinding> {
  const after = await ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('census_finding').select('id').where('id', '=', id).forUpdate().execute()
    const before = await requireFinding(tx, user, id)
    if (before.version !== version) {
      throw new Refusal('conflict', 'findings.changedMeanwhile', { current: before })
    }
    if (!before.may.includes(step)) throw refusalOf(before, user, step)
    await tx
      .updateTable('census_finding')
      .set({ ...change, version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
    await pictureChange(tx, before, ctx.clock.now())
    return tell(ctx, tx, user, id, `finding.${change.state}`, note || null)
  })
  ctx.wake()
  return after
}

/** Why somebody who sees a finding may not take a step. */
function refusalOf(finding: CensusFinding, user: Principal, step: string): Refusal {
  const { state, recorded, confirmed, number } = finding
  if (!may(user, 'finding.record')) return new Refusal('forbidden', 'requests.roleMayNot')
  if (step === 'confirm' && state === 'proposed' && recorded.by.id === user.id) {
    return new Refusal('forbidden', 'findings.ownNotConfirmed')
  }
  if (step !== 'confirm' && state === 'confirmed' && confirmed?.by.id === user.id) {
    return new Refusal('forbidden', 'findings.anotherEnds')
  }
  return new Refusal('conflict', 'findings.notInThisState', { values: { number } })
}

/** An address as the monitor writes it, so that what both have found is known to be one: without its fragment. */
function asVisited(target: string | null): string | null {
  if (target === null) return null
  const url = new URL(target)
  url.hash = ''
  return url.href
}

/** @throws Refusal invalid, with the place */
function requireRule(rules: readonly Rule[], { rule: id, count, target }: NewFinding): Rule {
  const rule = rules.find((one) => one.id === id)
  const wrong = (path: keyof NewFinding, reason: WrongRule) =>
    new Refusal('invalid', reason, { values: { rule: id }, issues: [{ path, reason, values: { rule: id } }] })
  if (!rule) throw wrong('rule', 'findings.noSuchRule')
  if (!takesFindings(rule)) throw wrong('rule', 'findings.ruleTakesNone')
  if (count === null && !mayBeAbsent(rule)) throw wrong('count', 'findings.neverAbsent')
  if (count === 0 && target === null && zeroNeedsTarget(rule)) throw wrong('target', 'findings.zeroOfWhat')
  return rule
}

type WrongRule =
  | 'findings.noSuchRule'
  | 'findings.ruleTakesNone'
  | 'findings.neverAbsent'
  | 'findings.zeroOfWhat'

async function requireFinding(tx: Tx, user: Principal, id: number): Promise<CensusFinding> {
  const found = await findFinding(tx, user, id)
  if (!found) throw new Refusal('not_found', 'requests.noSuchThing')
  return found
}

/** Audits what was done and tells whoever looks after the site. */
async function tell(
  ctx: Context,
  tx: Tx,
  user: Principal,
  id: number,
  kind: Exclude<FindingChanged['kind'], 'finding.moved'>,
  note: string | null,
): Promise<CensusFinding> {
  const at = new Date(ctx.clock.now())
  const after = await requireFinding(tx, user, id)
  const { number, rule, siteId, district } = after
  const detail = { number, rule, note }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'finding', entityId: id, detail })
  const actor = { id: user.id, name: user.name }
  const data = { findingId: id, number, rule, text: note }
  await appendFacts(tx, [{ kind, at: at.toISOString(), siteId, district, actor, data }])
  return after
}
