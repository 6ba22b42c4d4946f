import type { AlertChanged } from '../../../../shared/desk/alerts/facts.ts'
import type { PauseChanged } from '../../../../shared/desk/pauses/facts.ts'
import type { RectificationChanged } from '../../../../shared/desk/rectifications/facts.ts'
import type { Tx } from '../../../base/db/database.ts'
import type { Saying } from '../../../base/words/say.ts'
import { peopleOfUnit } from '../../../register/units/queries.ts'
import { type DirectNotice, notify } from '../../notices/notify.ts'
import type { NoticeFact } from '../delivery/cursor.ts'
import { callOfPauses } from './pause-call.ts'
import { callUnits } from './unit-call.ts'

/**
 * Notifies people of what was given to them or their unit, of comments that mention them, and units of their rectifications and
 * of planned downtime, unless they did it themselves.
 */
export async function callPeople(tx: Tx, facts: readonly NoticeFact[], now: number): Promise<void> {
  for (const fact of facts) {
    if (isOfAlert(fact)) for (const call of await callOf(tx, fact)) await notify(tx, call, now)
  }
  await callUnits(tx, facts.filter(isOfRectification), now)
  await callOfPauses(tx, facts.filter(isOfPause), now)
}

const isOfAlert = (fact: NoticeFact): fact is AlertChanged => 'alert' in fact.data
const isOfRectification = (fact: NoticeFact): fact is RectificationChanged => 'rectification' in fact.data
const isOfPause = (fact: NoticeFact): fact is PauseChanged => 'pause' in fact.data

async function callOf(tx: Tx, fact: AlertChanged): Promise<DirectNotice[]> {
  const { kind, data, actor } = fact
  const by = actor?.name ?? 'Siteward'
  if (kind === 'alert.commented') {
    const reason: Saying = { word: 'notices.call.mention', values: { name: by, text: data.text ?? '' } }
    return toOthers(
      fact,
      (data.mentions ?? []).map(({ id }) => id),
      reason,
    )
  }
  if (kind !== 'alert.assigned') return []
  const { assignee, assignedUnit } = data.alert
  if (assignedUnit) {
    const people = await peopleOfUnit(tx, assignedUnit.id)
    const reason: Saying = { word: 'notices.call.alertToUnit', values: { name: by } }
    return toOthers(
      fact,
      people.map(({ id }) => id),
      reason,
    )
  }
  const reason: Saying = { word: 'notices.call.alertToYou', values: { name: by } }
  return toOthers(fact, assignee ? [assignee.id] : [], reason)
}

function toOthers(
  { data, actor }: AlertChanged,
  ids: readonly number[],
  reason: DirectNotice['reason'],
): DirectNotice[] {
  const recipients = ids.filter((id) => id !== actor?.id)
  return recipients.length === 0 ? [] : [{ recipients, about: { alerts: [data.alert] }, reason }]
}
