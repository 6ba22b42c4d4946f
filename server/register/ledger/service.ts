import { randomUUID } from 'node:crypto'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { NewSite, SiteEdit, SiteRecord, SitesEdit } from '../../../shared/register/ledger/ledger.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import type { ChangedBy, HandedSite } from '../import/upsert.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { noSuchSite } from '../sites/require.ts'
import { insertSite } from './add.ts'
import { change, type Fields, holdRegister, holdSites, isOther, ofBoard } from './change.ts'
import { changesSince, findRecord, findRecords, type RecordRow, valuesOf } from './queries.ts'
import { hiddenFrom, recordOf } from './record.ts'
import './refusals.ts'

/** Everything that the register says of a site. @throws Refusal not_found */
export const siteRecord = (ctx: Context, user: Principal, id: number): Promise<SiteRecord> =>
  readRecord(ctx.db, user, id)

/** The same within a transaction. @throws Refusal not_found */
export async function readRecord(db: Context['db'] | Tx, user: Principal, id: number): Promise<SiteRecord> {
  return recordOf(await fieldsOf(db), user, await requireRecord(db, user, id))
}

/**
 * Adds a site to the register; it is visited from then on.
 * @throws Refusal invalid, forbidden where it would not be theirs; conflict when its code or address is taken
 */
export async function addSite(ctx: Context, user: Principal, given: NewSite): Promise<SiteRecord> {
  const at = new Date(ctx.clock.now())
  const added = await ctx.db.transaction().execute(async (tx) => {
    await holdRegister(tx)
    const by = byOf(user, 'form', null, given.reason)
    const { row, facts } = await insertSite(ctx, tx, user, given, { at, by })
    await appendFacts(tx, [...facts, ofBoard(at, 1, 0)])
    return recordOf(await fieldsOf(tx), user, row)
  })
  ctx.wake()
  return added
}

/**
 * Changes what the register says of a site.
 * @throws Refusal not_found, invalid, forbidden; conflict when somebody has changed it since that version (with the
 * site as it is now and the fields that both have changed), or its code or address is another's
 */
export async function editSite(
  ctx: Context,
  user: Principal,
  id: number,
  { version, reason, ...fields }: SiteEdit,
): Promise<SiteRecord> {
  const at = new Date(ctx.clock.now())
  const by = byOf(user, 'form', null, reason)
  // Whoever else works on what is open of it may come in another order.
  const record = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      await holdSites(tx, [id], { states: true })
      const before = await requireRecord(tx, user, id)
      if (before.version !== version) throw await conflictOf(tx, user, before, version, fields)
      const [done] = await change(tx, user, [before], fields, { at, by })
      const known = await fieldsOf(tx)
      if (!done) return recordOf(known, user, before)
      const handed = await ctx.after.sitesHanded(
        tx,
        { ...by, sites: handedOf([before], [done]) },
        at.getTime(),
      )
      await appendFacts(tx, [done.fact, ...handed, ...(done.isOnBoard ? [ofBoard(at, 0, 1)] : [])])
      return recordOf(known, user, done.after)
    }),
  )
  ctx.wake()
  return record
}

/**
 * Changes the same fields of many sites, in one transaction and for one reason. Those that were merged into others stay
 * as they are, and count among the same.
 * @throws Refusal not_found, forbidden unless all of them are theirs
 */
export async function editSites(
  ctx: Context,
  user: Principal,
  { siteIds, reason, ...fields }: SitesEdit,
): Promise<{ changed: number; same: number; batch: string }> {
  const at = new Date(ctx.clock.now())
  const batch = randomUUID()
  const ids = [...new Set(siteIds)].sort((a, b) => a - b)
  const by = byOf(user, 'bulk', batch, reason)
  const changed = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      await holdSites(tx, ids, { states: false })
      const sites = await findRecords(tx, user.scope, ids)
      if (sites.length < ids.length) throw noSuchSite()
      const live = sites.filter(({ merged_into }) => merged_into === null)
      const done = await change(tx, user, live, fields, { at, by })
      const onBoard = done.filter(({ isOnBoard }) => isOnBoard).length
      const handed = await ctx.after.sitesHanded(tx, { ...by, sites: handedOf(live, done) }, at.getTime())
      const facts = [...done.map(({ fact }) => fact), ...handed]
      await appendFacts(tx, onBoard > 0 ? [...facts, ofBoard(at, 0, onBoard)] : facts)
      return done.length
    }),
  )
  ctx.wake()
  return { changed, same: ids.length - changed, batch }
}

/** Those of the changed sites that are of other units by now. */
export function handedOf(
  before: readonly RecordRow[],
  done: readonly { readonly after: RecordRow }[],
): HandedSite[] {
  const known = new Map(before.map((row) => [row.id, row]))
  return done.flatMap(({ after }) => {
    const was = known.get(after.id)
    if (!was || was.unit === after.unit) return []
    return [{ siteId: after.id, from: was.unit_id, into: after.unit_id }]
  })
}

/** Of what somebody wanted to change, what others have changed since the version that they saw. */
export async function conflictOf(
  tx: Tx,
  user: Principal,
  now: RecordRow,
  version: number,
  fields: Fields,
): Promise<Refusal> {
  const since = await changesSince(tx, now.id, { version })
  const others = new Set(since.flatMap(({ before, after }) => Object.keys({ ...before, ...after })))
  const known = await fieldsOf(tx)
  const hidden = hiddenFrom(known, user, now)
  const values = valuesOf(now)
  const conflicting = Object.keys(fields).filter(
    (key) => others.has(key) && !hidden.includes(key) && isOther(values[key], fields[key]),
  )
  const name = since[0]?.actor_name ?? ''
  return new Refusal('conflict', 'ledger.changedMeanwhile', {
    values: { name },
    current: recordOf(known, user, now),
    conflicting,
  })
}

/** @throws Refusal not_found */
export async function requireRecord(db: Context['db'] | Tx, user: Principal, id: number): Promise<RecordRow> {
  const row = await findRecord(db, user.scope, id)
  if (!row) throw noSuchSite()
  return row
}

const byOf = (
  { id, name }: Principal,
  via: 'form' | 'bulk',
  batch: string | null,
  reason: string,
): ChangedBy => ({
  ...{ actor: { id, name }, via, batch, reason },
})
