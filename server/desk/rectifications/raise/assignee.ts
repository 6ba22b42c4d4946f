import { type Located, may } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { findById, scopeOf } from '../../../people/accounts/queries.ts'

/** Makes sure that a person can be given a rectification of a site there. @throws Refusal invalid */
export async function requireAssignee(tx: Tx, id: number, where: Located): Promise<void> {
  const person = await findById(tx, id)
  if (!person) {
    throw new Refusal('invalid', 'common.noSuchPerson')
  }
  if (!may({ role: person.role, scope: scopeOf(person) }, 'rectification.accept', where)) {
    throw new Refusal('invalid', 'common.siteNotCare', { values: { name: person.name } })
  }
}
