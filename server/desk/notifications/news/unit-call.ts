import { sql } from 'kysely'
import type { Notice } from '../../../../shared/desk/notifications/notifications.ts'
import type {
  RectificationChanged,
  RectificationFactKind,
} from '../../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { placeNames } from '../../../register/divisions/area.ts'
import { contactsOf } from '../../../register/units/queries.ts'
import { peopleAt } from '../../duty/people-at.ts'
import { insertDeliveries } from '../../notices/deliveries.ts'
import { noticeIn, notify } from '../../notices/notify.ts'
import { rectificationReason } from '../../notices/rectification-words.ts'

/** What a unit is not told of its rectifications: that the monitor has begun to look follows from every submission. */
const NOT_TOLD: ReadonlySet<RectificationFactKind> = new Set(['rectification.verifying'])

/** What needs the unit's hand: where nobody of it can sign in, somebody has to ring. */
const NEEDS_THE_UNIT: ReadonlySet<RectificationFactKind> = new Set([
  'rectification.raised',
  'rectification.assigned',
  'rectification.moved',
  'rectification.atRisk',
  'rectification.overdue',
  'rectification.returned',
  'rectification.relapsed',
])

/** The same that happened to rectifications of one unit, by one person, in one page of the log. */
interface Group {
  readonly kind: RectificationFactKind
  readonly unitId: number
  readonly actor: RectificationChanged['actor']
  readonly text: string | null
  readonly rectifications: Rectification[]
}

/**
 * Tells every change of a rectification to whoever can sign in for its unit, but for who made the change, and to the person it
 * was given to. Of a unit for which nobody can sign in, mail goes to its contacts, and its district is told to ring.
 * Of a kind of fact that is new here, people are told in general words rather than not at all.
 */
export async function callUnits(tx: Tx, facts: readonly RectificationChanged[], now: number): Promise<void> {
  const groups = grouped(facts.filter(({ kind }) => !NOT_TOLD.has(kind)))
  if (groups.length === 0) return
  const people = await peopleOf(
    tx,
    groups.map(({ unitId }) => unitId),
  )
  for (const group of groups) {
    const own = people.get(group.unitId) ?? []
    if (own.length === 0) await callForUnit(tx, group, now)
    else await callUnit(tx, group, own, now)
  }
}

function grouped(facts: readonly RectificationChanged[]): Group[] {
  const groups = new Map<string, Group>()
  for (const { kind, actor, data } of facts) {
    const { rectification, text } = data
    // Who was given a rectification is told so personally: those go by themselves.
    const key = JSON.stringify([kind, rectification.unitId, actor?.id, text, rectification.assignee?.id])
    const group = groups.get(key)
    if (group) group.rectifications.push(rectification)
    else groups.set(key, { kind, unitId: rectification.unitId, actor, text, rectifications: [rectification] })
  }
  return [...groups.values()]
}

/** Whoever can sign in for these units, by unit. */
export async function peopleOf(tx: Tx, unitIds: readonly number[]): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ unit: number; people: number[] }>`
    select unit.id as unit, array_agg(u.id order by u.id) as people
    from unit join user_account u on unit.id = any(u.unit_ids) and u.disabled_at is null
    where unit.id = any(${[...new Set(unitIds)]}::int[]) group by unit.id
  `.execute(tx)
  return new Map(rows.map(({ unit, people }) => [unit, people]))
}

async function callUnit(tx: Tx, group: Group, people: readonly number[], now: number): Promise<void> {
  const { actor, rectifications } = group
  const isHandedOver = group.kind === 'rectification.raised' || group.kind === 'rectification.assigned'
  const assignee = isHandedOver ? (rectifications[0]?.assignee ?? null) : null
  const recipients = people.filter((id) => id !== actor?.id && id !== assignee?.id)
  const about = { rectifications: rectifications }
  if (recipients.length > 0) await notify(tx, { recipients, about, reason: rectificationReason(group) }, now)
  if (assignee && assignee.id !== actor?.id) {
    await notify(
      tx,
      { recipients: [assignee.id], about, reason: rectificationReason({ ...group, toYou: true }) },
      now,
    )
  }
}

/** Nobody can sign in for the unit. */
async function callForUnit(tx: Tx, group: Group, now: number): Promise<void> {
  const { kind, unitId, actor, rectifications } = group
  const [first] = rectifications
  if (!first) return
  const contacts = await contactsOf(tx, [unitId])
  const notice = noticeIn(
    { about: { rectifications: rectifications }, reason: rectificationReason(group) },
    { language: languageFor(), names: await placeNames(tx), now },
  )
  await mailTo(tx, contacts.map(({ mail }) => mail).filter(Boolean), first.district, notice, now)
  if (!NEEDS_THE_UNIT.has(kind)) return
  const assignee = first.assignee
  const desk = await peopleAt(tx, { to: 'district', district: first.district }, new Date(now))
  const called = desk.length > 0 ? desk : await peopleAt(tx, { to: 'workgroup' }, new Date(now))
  const recipients = [...called.map(({ id }) => id), ...(assignee ? [assignee.id] : [])]
  const ring = contacts.find(({ phone, mobile }) => phone || mobile)
  const reason = rectificationReason({ ...group, ring: { unit: first.unit, contact: ring ?? null } })
  await notify(
    tx,
    {
      recipients: recipients.filter((id) => id !== actor?.id),
      about: { rectifications: rectifications },
      reason,
    },
    now,
  )
}

/** By the first mail channel there is; in the usual language, since it goes to an office and to no account. */
export async function mailTo(
  tx: Tx,
  addresses: readonly string[],
  district: string | null,
  notice: Notice,
  now: number,
): Promise<void> {
  if (addresses.length === 0) return
  const channel = await tx
    .selectFrom('notification_channel')
    .select('id')
    .where('kind', '=', 'email')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!channel) return
  const delivery = { channelId: channel.id, userId: null, district, address: addresses.join(', '), notice }
  await insertDeliveries(tx, [delivery], now)
}
