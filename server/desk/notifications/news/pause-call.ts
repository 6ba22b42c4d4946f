import type { PauseChanged, PauseFactKind } from '../../../../shared/desk/pauses/facts.ts'
import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { placeNames } from '../../../register/divisions/area.ts'
import { contactsOf } from '../../../register/units/queries.ts'
import { noticeIn, notify } from '../../notices/notify.ts'
import { pauseReason } from '../../notices/pause-words.ts'
import { mailTo, peopleOf } from './unit-call.ts'

/** What is told personally. That a window begins or is over, night after night, the screens show. */
const TOLD: ReadonlySet<PauseFactKind> = new Set([
  'pause.filed',
  'pause.approved',
  'pause.changed',
  'pause.refused',
  'pause.withdrawn',
  'pause.ended',
])
/** What changes when a unit's sites are looked at, so that a unit without accounts has to hear of it too. */
const MATTERS_OUTSIDE: ReadonlySet<PauseFactKind> = new Set([
  'pause.approved',
  'pause.withdrawn',
  'pause.ended',
])
const mattersOutside = ({ kind, data: { pause } }: PauseChanged): boolean =>
  MATTERS_OUTSIDE.has(kind) || (kind === 'pause.changed' && pause.state === 'approved')

/**
 * Tells what becomes of planned downtime to whoever can sign in for a unit whose sites it covers, and to who filed it,
 * but not to who did it. To units for which nobody can sign in, mail goes out.
 */
export async function callOfPauses(tx: Tx, facts: readonly PauseChanged[], now: number): Promise<void> {
  for (const fact of facts) if (TOLD.has(fact.kind)) await callOf(tx, fact, now)
}

async function callOf(tx: Tx, fact: PauseChanged, now: number): Promise<void> {
  const { pause, places } = fact.data
  const units = [...new Set(places.map(({ unitId }) => unitId))]
  const people = await peopleOf(tx, units)
  const concerned = new Set([...people.values()].flat())
  concerned.add(pause.filedBy.id)
  if (fact.actor) concerned.delete(fact.actor.id)
  const call = { about: { pauses: [pause] }, reason: pauseReason(fact) }
  if (concerned.size > 0) await notify(tx, { ...call, recipients: [...concerned] }, now)
  const unreached = units.filter((unit) => !people.has(unit))
  if (unreached.length === 0 || !mattersOutside(fact)) return
  const contacts = await contactsOf(tx, unreached)
  const telling = { language: languageFor(), names: await placeNames(tx), now } as const
  for (const unit of unreached) {
    const addresses = contacts.flatMap(({ unitId, mail }) => (unitId === unit && mail ? mail : []))
    await mailTo(
      tx,
      addresses,
      places.find(({ unitId }) => unitId === unit)?.district ?? null,
      noticeIn(call, telling),
      now,
    )
  }
}
