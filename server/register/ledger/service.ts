import { randomUUID } from 'node:crypto'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { NewSite, SiteEdit, SiteRecord, SitesEdit } from '../../../shared/register/ledger/ledger.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { ensureGroups } from '../divisions/area.ts'
import { addMissingStates, type ChangedBy, writeSites } from '../import/upsert.ts'
import { checkedOwn, requireOwn } from '../own-fields/check.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { noSuchSite } from '../sites/require.ts'
import {
  change,
  type Fields,
  holdRegister,
  holdSites,
  isOther,
  numberOf,
  ofBoard,
  profileIn,
  refuseTaken,
  textOf,
  told,
  whereOf,
} from './change.ts'
import { addressOf, placeSite } from './place.ts'
import { changesSince, findRecord, findRecords, type RecordRow, valuesOf } from './queries.ts'
import { hiddenFrom, recordOf } from './record.ts'
import './refusals.ts'

/** Everything that the register says of a site. @throws Refusal not_found */
export async function siteRecord(ctx: Context, user: Principal, id: number): Promise<SiteRecord> {
  return recordOf(await fieldsOf(ctx.db), user, await require(ctx.db, user, id))
}

/**
 * Adds a site to the register; it is visited from then on.
 * @throws Refusal invalid, forbidden where it would not be theirs; conflict when its code or address is taken
 */
export async function addSite(ctx: Context, user: Principal, given: NewSite): Promise<SiteRecord> {
  const { reason, ...rest } = given
  const at = new Date(ctx.clock.now())
  const added = await ctx.db.transaction().execute(async (tx) => {
    await holdRegister(tx)
    const known = await fieldsOf(tx)
    const fields = checkedOwn(rest, known)
    requireOwn(fields, known)
    const url = addressOf(given.url)
    const placed = await placeSite(tx, {
      ...{ code: given.code, name: given.name, url, unit: given.unit },
      ...{ platform: textOf(fields.platform), intervalS: numberOf(fields.interval) },
      ...{ place: textOf(fields.district) ?? '', level: (textOf(fields.level) ?? '') as Level | '' },
    })
    await refuseTaken(tx, placed, null)
    const row = { ...placed, profile: profileIn(fields, known) }
    await ensureGroups(tx, [row.district])
    await writeSites(tx, [row], { demo: await isDemo(tx), at, by: byOf(user, 'form', null, reason) })
    await addMissingStates(tx, at, ctx.config.visitIntervalS)
    const { id } = await tx
      .selectFrom('site')
      .select('id')
      .where('code', '=', row.code)
      .executeTakeFirstOrThrow()
    const after = await findRecord(tx, user.scope, id)
    if (!after || !may(user, 'register.place', whereOf(after)))
      throw new Refusal('forbidden', 'ledger.notYours')
    const detail = { code: row.code, name: row.name, reason }
    await recordAudit(tx, { at, actor: user, action: 'site.added', entity: 'site', entityId: id, detail })
    await appendFacts(tx, [
      told(after, user, at, 'ledger.added', Object.keys(fields), reason),
      ofBoard(at, 1, 0),
    ])
    return recordOf(known, user, after)
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
  const record = await ctx.db.transaction().execute(async (tx) => {
    await holdRegister(tx)
    await holdSites(tx, [id], { states: true })
    const before = await require(tx, user, id)
    if (before.version !== version) throw await conflictOf(tx, user, before, version, fields)
    const [done] = await change(tx, user, [before], fields, { at, by: byOf(user, 'form', null, reason) })
    const known = await fieldsOf(tx)
    if (!done) return recordOf(known, user, before)
    await appendFacts(tx, [done.fact, ...(done.isOnBoard ? [ofBoard(at, 0, 1)] : [])])
    return recordOf(known, user, done.after)
  })
  ctx.wake()
  return record
}

/**
 * Changes the same fields of many sites, in one transaction and for one reason.
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
  const changed = await ctx.db.transaction().execute(async (tx) => {
    await holdRegister(tx)
    await holdSites(tx, ids, { states: false })
    const sites = await findRecords(tx, user.scope, ids)
    if (sites.length < ids.length) throw noSuchSite()
    const done = await change(tx, user, sites, fields, { at, by: byOf(user, 'bulk', batch, reason) })
    const onBoard = done.filter(({ isOnBoard }) => isOnBoard).length
    const facts = done.map(({ fact }) => fact)
    await appendFacts(tx, onBoard > 0 ? [...facts, ofBoard(at, 0, onBoard)] : facts)
    return done.length
  })
  ctx.wake()
  return { changed, same: ids.length - changed, batch }
}

/** Of what somebody wanted to change, what others have changed since the version that they saw. */
async function conflictOf(
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

async function require(db: Context['db'] | Tx, user: Principal, id: number): Promise<RecordRow> {
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

/** Real sites and the demo's never live in one installation. */
async function isDemo(tx: Tx): Promise<boolean> {
  return (
    (await tx.selectFrom('site').select('id').where('demo', '=', true).limit(1).executeTakeFirst()) !==
    undefined
  )
}
