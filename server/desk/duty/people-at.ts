import { sql } from 'kysely'
import type { Tx } from '../../base/db/database.ts'
import { isStillFit } from './queries.ts'

/** A desk whose people are called. */
export type DutyDesk =
  | { readonly to: 'unit'; readonly unitId: number }
  | { readonly to: 'district'; readonly district: string }
  | { readonly to: 'workgroup' }

/** Who is called there: whoever is on duty, else everybody of the desk; a unit has no roster. */
export async function peopleAt(tx: Tx, desk: DutyDesk, now: Date): Promise<{ id: number; name: string }[]> {
  if (desk.to !== 'unit') {
    const onDuty = await tx
      .selectFrom('duty_shift')
      .innerJoin('user_account', 'user_account.id', 'user_id')
      .select(['user_account.id', 'name'])
      .where('starts_at', '<=', now)
      .where('ends_at', '>', now)
      .where(isStillFit)
      .where(
        sql<boolean>`duty_shift.district is not distinct from ${desk.to === 'district' ? desk.district : null}`,
      )
      .execute()
    if (onDuty.length > 0) return onDuty
  }
  let people = tx
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('disabled_at', 'is', null)
    .where('role', '=', desk.to)
    .orderBy('id')
  if (desk.to === 'unit') people = people.where(sql<boolean>`${desk.unitId} = any(unit_ids)`)
  if (desk.to === 'district') people = people.where(sql<boolean>`${desk.district} = any(districts)`)
  return people.execute()
}
