import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { UnitKin, UnitMerge } from '../../../../shared/register/units/merges/merges.ts'
import type { Db, Tx } from '../../../base/db/database.ts'

const mergeRows = (db: Db | Tx, about: 'unit_id' | 'into_id') =>
  db
    .selectFrom('unit_merge as m')
    .innerJoin('unit', 'unit.id', `m.${about}`)
    .select(['m.id', 'm.at', 'm.actor_name', 'm.reason', 'm.moved'])
    .select(['unit.id as unit', 'unit.name', 'unit.district'])
    .where('m.undone_at', 'is', null)
    .orderBy('m.id', 'desc')
type Row = Awaited<ReturnType<ReturnType<typeof mergeRows>['executeTakeFirstOrThrow']>>

const toMerge = (user: Principal, { id, at, actor_name: by, reason, moved, ...of }: Row): UnitMerge => ({
  ...{ id, at: at.toISOString(), by, reason, unit: { id: of.unit, name: of.name } },
  moved: {
    sites: moved.sites.length,
    accounts: moved.accounts.length,
    rectifications: moved.rectifications.length,
  },
  mayUndo: may(user, 'register.place', { district: of.district, unitId: of.unit }),
})

/** What a unit has to do with others. */
export async function unitKinOf(db: Db | Tx, user: Principal, unitId: number): Promise<UnitKin> {
  const into = await mergeRows(db, 'into_id').where('m.unit_id', '=', unitId).executeTakeFirst()
  const merged = await mergeRows(db, 'unit_id').where('m.into_id', '=', unitId).execute()
  return { mergedInto: into ? toMerge(user, into) : null, merged: merged.map((row) => toMerge(user, row)) }
}
