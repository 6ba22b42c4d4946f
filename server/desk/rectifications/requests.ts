import type { Person } from '../../../shared/base/person.ts'
import type {
  Rectification,
  RectificationRequest,
} from '../../../shared/desk/rectifications/rectifications.ts'
import { isOverdue, isPaused } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { isWorkday } from '../../../shared/register/workdays/workdays.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Saying } from '../../base/words/say.ts'
import { peopleOfUnit } from '../../register/units/queries.ts'
import { peopleAt } from '../duty/people-at.ts'
import { notify } from '../notices/notify.ts'
import { extendedBy } from './move.ts'
import { type Reckoning, workdaysUntil } from './terms/due.ts'
import { pauseUntil } from './terms/pause.ts'

type Kind = RectificationRequest['kind']

/** Keeps what somebody asks for. @throws Refusal invalid, when it could not be granted as it is. */
export async function ask(
  tx: Tx,
  user: Principal,
  rectification: Rectification,
  { kind, until, reason }: { kind: Kind; until: string; reason: string },
  by: Reckoning,
): Promise<void> {
  // As good as granted, to see whether it could be.
  grantOf(rectification, user, { kind, until, reason }, by)
  await tx
    .insertInto('rectification_request')
    .values({
      rectification_id: rectification.id,
      kind,
      until,
      reason,
      asked_by: user.id,
      asked_at: new Date(by.now),
      state: 'open',
    })
    .execute()
}

/** What becomes of a rectification when it is granted. @throws Refusal invalid */
export function grantOf(
  rectification: Rectification,
  granter: Person,
  { kind, until, reason }: Pick<RectificationRequest, 'kind' | 'until' | 'reason'>,
  by: Reckoning,
) {
  if (kind === 'pause') {
    if (isOverdue(rectification, by.now) || isPaused(rectification, by.now)) {
      throw new Refusal('invalid', 'rectifications.overduePausedCannotPaused')
    }
    return pauseUntil(rectification, granter, { until, reason }, by)
  }
  const from = by.today > rectification.dueOn ? by.today : rectification.dueOn
  if (until <= from) {
    throw new Refusal('invalid', 'rectifications.moreTimeMustEndAfter', { values: { from } })
  }
  const workdays = workdaysUntil(by, from, until)
  // A day that is not worked stands for the next that is.
  return extendedBy(by, rectification, workdays + (isWorkday(by.calendar, until) ? 0 : 1))
}

/** Ends an open request. */
export async function settle(
  tx: Tx,
  rectificationId: number,
  state: 'granted' | 'refused' | 'withdrawn' | 'lapsed',
  { by, at, answer }: { by: Person | null; at: number; answer: string | null },
): Promise<void> {
  await tx
    .updateTable('rectification_request')
    .set({ state, answered_by: by?.id ?? null, answered_at: new Date(at), answer })
    .where('rectification_id', '=', rectificationId)
    .where('state', '=', 'open')
    .execute()
}

/** What is asked for of these rectifications is no longer to be answered. @param now epoch ms. */
export async function lapse(tx: Tx, rectificationIds: readonly number[], now: number): Promise<void> {
  for (const id of rectificationIds) await settle(tx, id, 'lapsed', { by: null, at: now, answer: null })
}

/** Notifies those who may grant it: whoever of the working group is on duty. */
export async function notifyGranters(
  tx: Tx,
  rectification: Rectification,
  request: RectificationRequest,
  now: number,
): Promise<void> {
  const people = await peopleAt(tx, { to: 'workgroup' }, new Date(now))
  const { by, kind, until, reason: why } = request
  const reason: Saying = {
    word: 'notices.call.asks',
    values: { name: by.name, what: { word: `notices.request.${kind}` }, until, reason: why },
  }
  await notify(
    tx,
    { recipients: people.map(({ id }) => id), about: { rectifications: [rectification] }, reason },
    now,
  )
}

/** Notifies whoever asked, and whoever works on it. */
export async function notifyAsker(
  tx: Tx,
  rectification: Rectification,
  request: RectificationRequest,
  answer: { granted: boolean; by: Person; reason: string | null },
  now: number,
): Promise<void> {
  const reason: Saying = {
    word: answer.granted ? 'notices.call.granted' : 'notices.call.refused',
    values: {
      name: answer.by.name,
      what: { word: `notices.request.${request.kind}` },
      why: answer.reason ? { word: 'notices.why', values: { text: answer.reason } } : '',
    },
  }
  const ofUnit = new Set((await peopleOfUnit(tx, rectification.unitId)).map(({ id }) => id))
  const concerned = [request.by.id, ...(rectification.assignee ? [rectification.assignee.id] : [])]
  // The unit's own people hear of every change of its rectifications anyway.
  const recipients = concerned.filter((id) => id !== answer.by.id && !ofUnit.has(id))
  if (recipients.length === 0) return
  await notify(tx, { recipients, about: { rectifications: [rectification] }, reason }, now)
}
