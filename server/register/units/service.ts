import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { ContactsInput, UnitDetail } from '../../../shared/register/units/units.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { contactsOf, unitDetail } from './queries.ts'

/**
 * Says who is to be rung at a unit: all of them at once, in the order of the form.
 * @throws Refusal not_found, forbidden, conflict (somebody has changed them meanwhile)
 */
export async function setContacts(
  ctx: Context,
  user: Principal,
  unitId: number,
  { version, contacts }: ContactsInput,
): Promise<UnitDetail> {
  return ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('unit').select('id').where('id', '=', unitId).forUpdate().execute()
    const unit = await unitDetail(tx, user, unitId)
    if (!may(user, 'unit.contacts', { district: unit.district, unitId })) {
      throw new Refusal('forbidden', 'units.mayNotChangeContactsUnit')
    }
    if (unit.contactsVersion !== version) {
      throw new Refusal('conflict', 'units.contactsBeenChangedMeanwhile', { current: unit })
    }
    const before = await contactsOf(tx, [unitId])
    await tx.deleteFrom('unit_contact').where('unit_id', '=', unitId).execute()
    const rows = contacts.map((contact, position) => ({ unit_id: unitId, position, ...contact }))
    if (rows.length > 0) await tx.insertInto('unit_contact').values(rows).execute()
    await tx
      .updateTable('unit')
      .set({ contacts_version: version + 1 })
      .where('id', '=', unitId)
      .execute()
    await recordAudit(tx, {
      at: new Date(ctx.clock.now()),
      actor: user,
      action: 'unit.contacts_changed',
      entity: 'unit',
      entityId: unitId,
      detail: { name: unit.name, contacts, before: before.map(({ unitId: _, ...contact }) => contact) },
    })
    return unitDetail(tx, user, unitId)
  })
}
