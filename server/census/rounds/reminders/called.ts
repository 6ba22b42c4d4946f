import { groupBy } from '../../../../shared/base/lists/group.ts'
import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { peopleAt } from '../../../desk/duty/people-at.ts'
import { type DirectNotice, noticeIn, notify } from '../../../desk/notices/notify.ts'
import { mailTo, peopleOf } from '../../../desk/notifications/news/unit-call.ts'
import { placeNames } from '../../../register/divisions/area.ts'
import { contactsOf } from '../../../register/units/queries.ts'

/**
 * Who hears what a district has to do: its desk; where nobody of it can sign in, as with the groups that are no district
 * (departments), the city's, so that a reminder never goes to nobody.
 */
export async function calledFor(tx: Tx, district: string, nowMs: number): Promise<number[]> {
  const desk = await peopleAt(tx, { to: 'district', district }, new Date(nowMs))
  const called = desk.length > 0 ? desk : await peopleAt(tx, { to: 'workgroup' }, new Date(nowMs))
  return called.map(({ id }) => id)
}

/** What a unit, or a whole district, is reminded of. */
interface Due {
  readonly district: string
  readonly unit: { readonly id: number } | null
}

/** Reminds of each: the people of its unit, of whom nobody can sign in its contacts by mail; else the people of the district. */
export async function remindEach<T extends Due>(
  tx: Tx,
  due: readonly T[],
  telling: (one: T) => Omit<DirectNotice, 'recipients'>,
  nowMs: number,
): Promise<void> {
  const units = due.flatMap(({ unit }) => unit?.id ?? [])
  const people = await peopleOf(tx, units)
  const unreached: T[] = []
  for (const one of due) {
    const own = one.unit === null ? await calledFor(tx, one.district, nowMs) : (people.get(one.unit.id) ?? [])
    if (own.length > 0) await notify(tx, { recipients: own, ...telling(one) }, nowMs)
    else unreached.push(one)
  }
  await mailContacts(tx, unreached, telling, nowMs)
}

/** Mails each to the contacts of its unit, of which nobody can sign in. */
async function mailContacts<T extends Due>(
  tx: Tx,
  unreached: readonly T[],
  telling: (one: T) => Omit<DirectNotice, 'recipients'>,
  nowMs: number,
): Promise<void> {
  if (unreached.length === 0) return
  const units = unreached.flatMap(({ unit }) => unit?.id ?? [])
  const contacts = await contactsOf(tx, units)
  const mails = groupBy(contacts, ({ unitId }) => unitId)
  const how = { language: languageFor(), names: await placeNames(tx), now: nowMs }
  for (const one of unreached) {
    const addresses = ((one.unit && mails.get(one.unit.id)) ?? []).flatMap(({ mail }) => mail || [])
    await mailTo(tx, addresses, one.district, noticeIn(telling(one), how), nowMs)
  }
}
