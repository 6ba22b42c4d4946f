import type { Db } from '../../../server/base/db/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'

/** Who attacks: somebody who may do everything, a district office, and the owner of a site. */
export const ATTACKERS = ['admin', 'tianhe', 'owner'] as const

/** A few of everything, so that small numbers are the ids of something. */
export async function setStage(db: Db): Promise<void> {
  const people = await makePeople(db)
  const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
  for (let n = 0; n < 4; n++) {
    const site = await makeSite(db, n % 2 ? { unit_id: people.unitId } : {}, later)
    await makeAlert(db, { site })
  }
}
