import { groupBy } from '../../../../shared/base/lists/group.ts'
import { localMoment } from '../../../../shared/base/time.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import type { Saying } from '../../../base/words/say.ts'
import { peopleAt } from '../../duty/people-at.ts'
import { notify } from '../../notices/notify.ts'
import type { Prepared } from './prepared.ts'

/**
 * What an acknowledgement by the owning unit comes to: it says that the unit knows and until when it has it in hand. The
 * alert stays open and the clock of its escalation runs on; only the unit itself is not called again.
 */
export function informing(user: Principal, now: number, until: number, note: string | null): Prepared {
  const set = {
    informed_by: user.id,
    informed_at: new Date(now),
    informed_until: new Date(until),
    informed_note: note,
    escalation_for: null,
  }
  return { action: 'inform', kind: 'alert.informed', text: note, set: () => set }
}

export const UNINFORMED = {
  informed_by: null,
  informed_at: null,
  informed_until: null,
  informed_note: null,
  escalation_for: null,
} as const

/** The unit takes back what it said; what the supervising side has taken on is not its to put back. */
export function takingBack(text: string | null): Prepared {
  return {
    action: 'inform',
    kind: 'alert.unacknowledged',
    text,
    set: () => UNINFORMED,
    refuse: (alert) => (alert.informed ? null : new Refusal('invalid', 'alerts.unitSaidNothingTakeBack')),
  }
}

/** Notifies the district's people on duty or, where a district has none, the working group's: one notice for each desk. */
export async function notifyAbove(
  tx: Tx,
  user: Principal,
  alerts: readonly Alert[],
  now: number,
): Promise<void> {
  for (const [district, some] of groupBy(alerts, (alert) => alert.district ?? '')) {
    const office = await peopleAt(tx, { to: 'district', district }, new Date(now))
    const people = office.length > 0 ? office : await peopleAt(tx, { to: 'workgroup' }, new Date(now))
    const until = some[0]?.informed ? localMoment(Date.parse(some[0].informed.until)) : ''
    const values = { name: user.name, n: some.length, until }
    const reason: Saying = { word: 'notices.call.inform', values }
    await notify(tx, { recipients: people.map(({ id }) => id), about: { alerts: some }, reason }, now)
  }
}
