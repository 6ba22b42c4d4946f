import { sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import { localDay } from '../../../shared/base/time.ts'
import type { Move, MoveProof, NewMove } from '../../../shared/census/consolidation/consolidation.ts'
import type { MoveChanged } from '../../../shared/census/consolidation/facts.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { change, holdRegister, holdSites, ofBoard } from '../../register/ledger/change.ts'
import { requireRecord } from '../../register/ledger/service.ts'
import { requireSite } from '../../register/sites/require.ts'
import { findMove, type MoveRow, toMove } from './moves-queries.ts'
import './refusals.ts'

/**
 * Plans that a site moves.
 * @throws Refusal not_found, forbidden; conflict when a move of it is planned, or it is there already
 */
export async function planMove(ctx: Context, user: Principal, given: NewMove): Promise<Move> {
  const now = ctx.clock.now()
  return inOne(ctx, async (tx) => {
    await requireSite(tx, user, given.siteId, 'move.plan')
    await holdSites(tx, [given.siteId], { states: false })
    const site = await requireRecord(tx, user, given.siteId)
    if (site.merged_into !== null || ['closed', 'moved', 'merged'].includes(site.lifecycle)) {
      throw new Refusal('conflict', 'consolidation.siteGone')
    }
    if (site.platform === given.to) throw new Refusal('conflict', 'consolidation.thereAlready')
    const planned = await tx
      .selectFrom('site_move')
      .select('id')
      .where('site_id', '=', given.siteId)
      .where('state', '=', 'planned')
      .executeTakeFirst()
    if (planned) throw new Refusal('conflict', 'consolidation.plannedAlready')
    const { id } = await tx
      .insertInto('site_move')
      .values({
        ...{ site_id: given.siteId, from_platform: site.platform, to_platform: given.to },
        ...{ planned_on: given.plannedOn, done_on: null, state: 'planned', note: given.note.trim() },
        ...{ seen: null, planned_by: user.id, planned_at: new Date(now) },
        ...{ settled_by: null, settled_at: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, kind: 'move.planned', day: given.plannedOn, text: given.note.trim() || null, facts: [] }
  })(user, now)
}

/**
 * Says that a site has moved; the register follows.
 * @throws Refusal not_found, forbidden; conflict when it is planned no more; invalid for a day that is yet to come
 */
export async function finishMove(
  ctx: Context,
  user: Principal,
  id: number,
  { version, doneOn }: { version: number; doneOn: string },
): Promise<Move> {
  const now = ctx.clock.now()
  return inOne(ctx, async (tx) => {
    await holdRegister(tx)
    const row = await hold(tx, user, id, version, now)
    if (doneOn > localDay(now)) throw new Refusal('invalid', 'consolidation.dayToCome')
    const seen = toMove(row, user, now).proof
    const facts = await follow(tx, user, row, new Date(now))
    await settle(tx, row, user, now, { state: 'done', done_on: doneOn, seen })
    return { id, kind: 'move.done', day: doneOn, text: null, facts }
  })(user, now)
}

/** Takes a plan back. @throws Refusal not_found, forbidden; conflict when it is planned no more */
export async function cancelMove(
  ctx: Context,
  user: Principal,
  id: number,
  { version, note }: { version: number; note: string },
): Promise<Move> {
  const now = ctx.clock.now()
  return inOne(ctx, async (tx) => {
    const row = await hold(tx, user, id, version, now)
    await settle(tx, row, user, now, { state: 'cancelled', done_on: null, seen: null, note: note.trim() })
    return { id, kind: 'move.cancelled', day: row.planned_on, text: note.trim(), facts: [] }
  })(user, now)
}

interface Done {
  readonly id: number
  readonly kind: MoveChanged['kind']
  readonly day: string
  readonly text: string | null
  readonly facts: readonly NewFact[]
}

/** Does it in one transaction, audits it, and tells of it. */
const inOne =
  (ctx: Context, work: (tx: Tx) => Promise<Done>) =>
  async (user: Principal, now: number): Promise<Move> => {
    const answer = await ctx.db.transaction().execute(async (tx) => {
      const { id, kind, day, text, facts } = await work(tx)
      const row = await findMove(tx, user.scope, id)
      if (!row) throw new Error('a move is gone in its own transaction')
      const at = new Date(now)
      const detail = { siteId: row.site_id, to: row.to_platform, day, note: text }
      await recordAudit(tx, { at, actor: user, action: kind, entity: 'move', entityId: id, detail })
      const fact: NewFact = {
        ...{ kind, at: at.toISOString(), siteId: row.site_id, district: row.district },
        actor: { id: user.id, name: user.name },
        data: { moveId: id, to: row.to_platform, day, text },
      }
      await appendFacts(tx, [...facts, fact])
      return toMove(row, user, now)
    })
    ctx.wake()
    return answer
  }

/** The register has the site on the platform from now on. @returns the facts that tell of it */
async function follow(tx: Tx, user: Principal, row: MoveRow, at: Date): Promise<NewFact[]> {
  const site = await requireRecord(tx, user, row.site_id)
  const actor = { id: user.id, name: user.name }
  const by = { actor, via: 'form', batch: null, reason: row.note || row.to_platform } as const
  const [done] = await change(tx, user, [site], { platform: row.to_platform }, { at, by })
  if (!done) return []
  return [done.fact, ...(done.isOnBoard ? [ofBoard(at, 0, 1)] : [])]
}

/** The move, held after its site, as whoever plans one does. @throws Refusal */
async function hold(tx: Tx, user: Principal, id: number, version: number, now: number): Promise<MoveRow> {
  const found = await findMove(tx, user.scope, id)
  if (!found) throw new Refusal('not_found', 'requests.noSuchThing')
  await holdSites(tx, [found.site_id], { states: true })
  await tx.selectFrom('site_move').select('id').where('id', '=', id).forUpdate().execute()
  const row = await findMove(tx, user.scope, id)
  if (!row) throw new Refusal('not_found', 'requests.noSuchThing')
  if (!may(user, 'move.plan', { district: row.district, unitId: row.unit_id })) {
    throw new Refusal('forbidden', 'requests.roleMayNot')
  }
  if (row.version !== version || row.state !== 'planned') {
    throw new Refusal('conflict', 'consolidation.settledMeanwhile', { current: toMove(row, user, now) })
  }
  return row
}

async function settle(
  tx: Tx,
  row: MoveRow,
  user: Principal,
  now: number,
  {
    seen,
    ...set
  }: { state: 'done' | 'cancelled'; done_on: string | null; seen: MoveProof | null; note?: string },
): Promise<void> {
  await tx
    .updateTable('site_move')
    .set({
      ...{ ...set, seen: seen && JSON.stringify(seen), version: sql<number>`version + 1` },
      ...{ settled_by: user.id, settled_at: new Date(now) },
    })
    .where('id', '=', row.id)
    .execute()
}
