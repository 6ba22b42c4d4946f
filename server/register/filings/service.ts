import { localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type {
  Filing,
  FilingAct,
  FilingStep,
  NewFiling,
  Refiling,
} from '../../../shared/register/filings/filings.ts'
import {
  filingFault,
  isGoing,
  isSuspending,
  lastDayOf,
  overlap,
} from '../../../shared/register/filings/filings-rules.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { requireSite } from '../sites/require.ts'
import { beginFiling } from './effect.ts'
import { approvedOf, countedSince, type FilingRow, timesOf } from './queries.ts'
import { hold, holdSite, inOne, read, told, update } from './steps.ts'
import { tell } from './told.ts'
import './refusals.ts'

/**
 * Files what a site is to be.
 * @throws Refusal not_found, forbidden; invalid for what contradicts itself; conflict where it overlaps an approved one,
 * or is back-dated over visits that have counted
 */
export function fileFiling(ctx: Context, user: Principal, given: NewFiling): Promise<Filing> {
  return inOne(ctx, async (tx, now) => {
    await requireSite(tx, user, given.siteId, 'filing.file')
    await holdSite(tx, given.siteId)
    await refuseUnfit(tx, given, null, now)
    const { siteId, ask, from, to, target, reason } = given
    const { id } = await tx
      .insertInto('filing')
      .values({
        ...{ site_id: siteId, ask, from_on: from, to_on: to, target, reason, state: 'filed' },
        ...{ filed_by: user.id, filed_at: new Date(now) },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return told(tx, user, id, 'filing.filed', reason, now)
  })
}

/** Files anew what was returned. @throws as `fileFiling`; conflict when it has been dealt with meanwhile */
export function refileFiling(ctx: Context, user: Principal, id: number, given: Refiling): Promise<Filing> {
  return inOne(ctx, async (tx, now) => {
    const before = await hold(tx, user, id, given.version, 'refile')
    const { version: _, ...said } = given
    await refuseUnfit(tx, { ...said, ask: before.ask, siteId: before.site_id }, id, now)
    const { from, to, target, reason } = given
    await update(tx, id, {
      ...{ from_on: from, to_on: to, target, reason, state: 'filed' },
      ...{ filed_by: user.id, filed_at: new Date(now), decided_by: null, decided_at: null, note: null },
    })
    return told(tx, user, id, 'filing.filed', reason, now)
  })
}

/** Approves it; what has its day already takes effect at once. @throws Refusal not_found, forbidden, conflict */
export function approveFiling(ctx: Context, user: Principal, id: number, step: FilingStep): Promise<Filing> {
  return inOne(ctx, async (tx, now) => {
    const before = await hold(tx, user, id, step.version, 'approve')
    refuseOver(before, now)
    await refuseOverlap(tx, { ...timesOf(before), siteId: before.site_id }, id)
    await decide(tx, user, id, 'approved', step.note, now)
    const { answer, facts } = await told(tx, user, id, 'filing.approved', step.note || null, now)
    if (before.from_on > localDay(now)) return { answer, facts }
    const { district } = before
    const begun = await beginFiling(ctx, tx, user, before, now)
    const fact = await tell(tx, user, 'filing.begun', before, { district, text: null, now })
    return { answer: await read(tx, user, id), facts: [...facts, ...begun, fact] }
  })
}

/** @throws Refusal not_found, forbidden, conflict */
export const refuseFiling = (ctx: Context, user: Principal, id: number, step: FilingStep) =>
  answer(ctx, user, id, step, 'refuse', 'refused')
/** @throws Refusal not_found, forbidden, conflict */
export const returnFiling = (ctx: Context, user: Principal, id: number, step: FilingStep) =>
  answer(ctx, user, id, step, 'return', 'returned')
/** @throws Refusal not_found, forbidden, conflict */
export const withdrawFiling = (ctx: Context, user: Principal, id: number, step: FilingStep) =>
  answer(ctx, user, id, step, 'withdraw', 'withdrawn')

function answer(
  ctx: Context,
  user: Principal,
  id: number,
  { version, note }: FilingStep,
  step: FilingAct,
  state: 'refused' | 'returned' | 'withdrawn',
): Promise<Filing> {
  return inOne(ctx, async (tx, now) => {
    await hold(tx, user, id, version, step)
    await decide(tx, user, id, state, note, now)
    return told(tx, user, id, `filing.${state}`, note || null, now)
  })
}

type Asked = Pick<NewFiling, 'siteId' | 'ask' | 'from' | 'to'>

async function refuseUnfit(
  tx: Tx,
  asked: Asked & { readonly target: string | null },
  own: number | null,
  now: number,
): Promise<void> {
  const fault = filingFault(asked)
  if (fault) {
    const reason = `filings.fault.${fault}` as const
    const path = fault === 'noTarget' ? 'body.target' : 'body.to'
    throw new Refusal('invalid', reason, { issues: [{ path, reason, values: {} }] })
  }
  const today = localDay(now)
  if (isGoing(asked.ask) && asked.from < today) {
    // Its notice is seen by nobody before it is filed.
    throw new Refusal('invalid', 'filings.noticePast', {
      issues: [{ path: 'body.from', reason: 'filings.noticePast', values: {} }],
    })
  }
  if (isSuspending(asked.ask) && asked.from < today) {
    const n = await countedSince(tx, asked.siteId, new Date(startOfDay(asked.from)))
    if (n > 0) throw new Refusal('conflict', 'filings.countedAlready', { values: { day: asked.from, n } })
  }
  await refuseOverlap(tx, asked, own)
}

/** What would be over before it begins is filed anew. @throws Refusal conflict */
function refuseOver(filing: FilingRow, now: number): void {
  const last = lastDayOf(timesOf(filing))
  if (filing.ask === 'normal' || last === null || last >= localDay(now)) return
  throw new Refusal('conflict', 'filings.over', { values: { day: last } })
}

/**
 * What is normal again ends what was approved, and overlaps nothing. A site that was merged comes back by its merge
 * alone, which knows what it was.
 */
async function refuseOverlap(tx: Tx, asked: Asked, own: number | null): Promise<void> {
  const { lifecycle } = await tx
    .selectFrom('site')
    .select('lifecycle')
    .where('id', '=', asked.siteId)
    .executeTakeFirstOrThrow()
  if (lifecycle === 'merged') throw new Refusal('conflict', 'filings.siteMerged')
  if (asked.ask === 'normal') return
  if (lifecycle === 'closed' || lifecycle === 'moved') throw new Refusal('conflict', 'filings.siteGone')
  const other = (await approvedOf(tx, asked.siteId, own)).find(
    (one) => one.ask !== 'normal' && overlap(asked, timesOf(one)),
  )
  if (!other) return
  const { from_on: from, to_on: to } = other
  throw new Refusal('conflict', to === null ? 'filings.overlapsOpen' : 'filings.overlaps', {
    values: { from, to: to ?? '' },
  })
}

const decide = (
  tx: Tx,
  user: Principal,
  id: number,
  state: 'approved' | 'refused' | 'returned' | 'withdrawn',
  note: string,
  now: number,
) => update(tx, id, { state, decided_by: user.id, decided_at: new Date(now), note: note || null })
