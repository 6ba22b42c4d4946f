import { districtsOf, type EditedUser, type Scope, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'

/** The districts or the units that an account or a token is limited to; with neither, it has the whole city. */
export interface Places {
  readonly districts: readonly string[]
  readonly unitIds: readonly number[]
}

export const placesOf = (scope: Scope): Places => ({
  districts: districtsOf(scope),
  unitIds: unitIdsOf(scope),
})

/** The places that a form names, each once. */
export function placesGiven(given: EditedUser): Places {
  const { district, moreDistricts = [], unitId, moreUnitIds = [] } = given
  return {
    districts: district === undefined ? [] : [...new Set([district, ...moreDistricts])],
    unitIds: unitId === undefined ? [] : [...new Set([unitId, ...moreUnitIds])],
  }
}

/** As they are stored: the first by itself, so that the database can hold it to what there is, and the rest. */
export function placeColumns({ districts, unitIds }: Places) {
  return {
    district: districts[0] ?? null,
    more_districts: districts.slice(1),
    unit_id: unitIds[0] ?? null,
    more_unit_ids: unitIds.slice(1),
  }
}

/** @throws Refusal invalid */
export async function refuseUnknownPlace(tx: Tx, { districts, unitIds }: Places): Promise<void> {
  if (districts.length > 0) {
    const known = await tx.selectFrom('district').select('code').where('code', 'in', districts).execute()
    if (known.length < districts.length) {
      throw new Refusal('invalid', 'common.noSuchDistrict')
    }
  }
  if (unitIds.length > 0) {
    const known = await tx.selectFrom('unit').select('id').where('id', 'in', unitIds).execute()
    if (known.length < unitIds.length) throw new Refusal('invalid', 'common.noSuchUnit')
  }
}
