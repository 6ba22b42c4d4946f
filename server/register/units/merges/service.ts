import { randomUUID } from 'node:crypto'
import type { NewFact } from '../../../../shared/base/facts.ts'
import { localDay } from '../../../../shared/base/time.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { UnitMerged } from '../../../../shared/register/units/merges/facts.ts'
import type { UnitKin, UnitMergeInput } from '../../../../shared/register/units/merges/merges.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { againAfterDeadlock } from '../../../base/db/deadlock.ts'
import { appendFacts } from '../../../base/facts/append.ts'
import { Refusal } from '../../../base/refusal.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import type { ChangedBy } from '../../import/upsert.ts'
import { holdRegister, ofBoard } from '../../ledger/change.ts'
import { joinAccounts, partAccounts } from './accounts.ts'
import { shareContacts, unshareContacts } from './contacts.ts'
import { unitKinOf } from './queries.ts'
import { giveSitesBack, handSites, hasSites } from './sites.ts'
import type { MovedOfUnit } from './tables.ts'
import './refusals.ts'

interface Unit {
  readonly id: number
  readonly name: string
  readonly district: string
  readonly merged_into: number | null
}

/**
 * Merges a unit into another, as a reform of offices has it: its sites and where it is named in the register, its
 * people and its open rectifications go over, its contacts where the other has none. Rounds that are open keep their list; the other signs for them. Into one of
 * another district goes only whose sites are there already: where a site belongs is said by the register, not by this.
 * @returns what the one that went has to do with others
 * @throws Refusal not_found, forbidden; conflict where one of the two was merged already, or they are of two districts and
 * the one that goes has sites
 */
export async function mergeUnits(
  ctx: Context,
  user: Principal,
  id: number,
  { intoId, reason }: UnitMergeInput,
): Promise<UnitKin> {
  if (id === intoId) throw new Refusal('invalid', 'unitMerges.itself')
  const at = new Date(ctx.clock.now())
  const kin = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      const [goes, stays] = await requireUnits(tx, user, [id, intoId])
      const gone = [goes, stays].find(({ merged_into }) => merged_into !== null)
      if (gone) throw new Refusal('conflict', 'unitMerges.mergedAlready', { values: { name: gone.name } })
      if (goes.district !== stays.district && (await hasSites(tx, id))) {
        throw new Refusal('conflict', 'unitMerges.otherDistrict')
      }
      const by: ChangedBy = {
        ...{ actor: { id: user.id, name: user.name }, via: 'merge', reason },
        batch: randomUUID(),
      }
      const { sites, facts } = await handSites(tx, user, { goes, stays }, { at, by })
      const accounts = await joinAccounts(ctx, tx, { goes: id, stays: intoId }, at.getTime())
      const actor = { id: user.id, name: user.name }
      const move = { actor, from: id, into: intoId, only: null, reason }
      const open = await ctx.after.unitMoved(tx, move, at.getTime())
      await tx
        .updateTable('unit')
        .set({ merged_into: intoId, retired_on: localDay(at.getTime()) })
        .where('id', '=', id)
        .execute()
      const contacts = await shareContacts(tx, { goes: id, stays: intoId })
      const moved: MovedOfUnit = { sites, accounts, rectifications: open.rectifications, contacts }
      await tx
        .insertInto('unit_merge')
        .values({
          ...{ unit_id: id, into_id: intoId, at, actor_id: user.id, actor_name: user.name, reason },
          ...{ moved: JSON.stringify(moved), undone_at: null, undone_by: null },
        })
        .execute()
      await told(
        tx,
        user,
        at,
        'unit.merged',
        { goes, stays, reason, facts: [...facts, ...open.facts] },
        sites.length,
      )
      return unitKinOf(tx, user, id)
    }),
  )
  ctx.wake()
  ctx.recheck()
  return kin
}

/**
 * Takes a merge of units back: what went over and was not changed since is the unit's again.
 * @returns what the unit has to do with others
 * @throws Refusal not_found, forbidden; conflict when it was taken back already
 */
export async function undoUnitMerge(
  ctx: Context,
  user: Principal,
  id: number,
  reason: string,
): Promise<UnitKin> {
  const at = new Date(ctx.clock.now())
  const kin = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      await holdRegister(tx)
      const known = await tx
        .selectFrom('unit_merge')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
      if (!known) throw new Refusal('not_found', 'requests.noSuchThing')
      const [goes, stays] = await requireUnits(tx, user, [known.unit_id, known.into_id])
      if (known.undone_at) throw new Refusal('conflict', 'unitMerges.undoneAlready')
      await tx
        .updateTable('unit_merge')
        .set({ undone_at: at, undone_by: user.name })
        .where('id', '=', id)
        .execute()
      await tx
        .updateTable('unit')
        .set({ merged_into: null, retired_on: null })
        .where('id', '=', goes.id)
        .execute()
      const actor = { id: user.id, name: user.name }
      const by: ChangedBy = { actor, via: 'merge', batch: randomUUID(), reason }
      const { sites, facts, handed } = await giveSitesBack(tx, user, known.moved.sites, { at, by })
      await partAccounts(ctx, tx, known.moved.accounts, at.getTime())
      const { contacts = null } = known.moved
      if (contacts !== null) await unshareContacts(tx, stays.id, contacts)
      const move = { actor, from: stays.id, into: goes.id, only: known.moved.rectifications, reason }
      const open = await ctx.after.unitMoved(tx, move, at.getTime())
      // What was found since goes with the sites.
      const since = await ctx.after.sitesHanded(tx, { ...by, sites: handed }, at.getTime())
      await told(
        tx,
        user,
        at,
        'unit.unmerged',
        { goes, stays, reason, facts: [...facts, ...open.facts, ...since] },
        sites.length,
      )
      return unitKinOf(tx, user, goes.id)
    }),
  )
  ctx.wake()
  ctx.recheck()
  return kin
}

/** Both, held. @throws Refusal not_found, forbidden */
async function requireUnits(
  tx: Tx,
  user: Principal,
  ids: readonly [number, number],
): Promise<readonly [Unit, Unit]> {
  const rows = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'district', 'merged_into'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  const [one, other] = ids.map((id) => rows.find((row) => row.id === id))
  if (!one || !other) throw new Refusal('not_found', 'common.noSuchUnit')
  for (const { district, id: unitId } of [one, other]) {
    if (!may(user, 'register.place', { district, unitId }))
      throw new Refusal('forbidden', 'requests.roleMayNot')
  }
  return [one, other]
}

interface Done {
  readonly goes: Unit
  readonly stays: Unit
  readonly reason: string
  readonly facts: readonly NewFact[]
}

async function told(
  tx: Tx,
  user: Principal,
  at: Date,
  kind: UnitMerged['kind'],
  { goes, stays, reason, facts }: Done,
  changed: number,
): Promise<void> {
  const detail = { name: goes.name, into: stays.name, reason }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'unit', entityId: goes.id, detail })
  const places = [goes, stays].map(({ district, id: unitId }) => ({ district, unitId }))
  await appendFacts(tx, [
    ...facts,
    {
      ...{ kind, at: at.toISOString(), siteId: null, district: goes.district },
      actor: { id: user.id, name: user.name },
      data: { unitId: goes.id, name: goes.name, into: stays.name, text: reason, places },
    },
    ofBoard(at, 0, changed),
  ])
}
