import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { peopleAt } from '../../../desk/duty/people-at.ts'
import { type DirectNotice, noticeIn } from '../../../desk/notices/notify.ts'
import { mailTo } from '../../../desk/notifications/news/unit-call.ts'
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

/** Mails each to the contacts of its unit, of which nobody can sign in. */
export async function mailContacts<
  T extends { readonly district: string; readonly unit: { readonly id: number } | null },
>(
  tx: Tx,
  unreached: readonly T[],
  telling: (one: T) => Omit<DirectNotice, 'recipients'>,
  nowMs: number,
): Promise<void> {
  if (unreached.length === 0) return
  const contacts = await contactsOf(
    tx,
    unreached.flatMap(({ unit }) => unit?.id ?? []),
  )
  const mails = new Map<number, string[]>()
  for (const { unitId, mail } of contacts) if (mail) mails.set(unitId, [...(mails.get(unitId) ?? []), mail])
  const how = { language: languageFor(), names: await placeNames(tx), now: nowMs }
  for (const one of unreached) {
    const addresses = (one.unit && mails.get(one.unit.id)) ?? []
    await mailTo(tx, addresses, one.district, noticeIn(telling(one), how), nowMs)
  }
}
