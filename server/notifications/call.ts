import type { AlertChanged, RectificationChanged } from '../../shared/facts.ts'
import type { Tx } from '../db/database.ts'
import { type DirectNotice, notify } from './notify.ts'

/** Tells people of what was given to them, and of comments that call on them, unless they did it themselves. */
export async function callPeople(
  tx: Tx,
  facts: readonly (AlertChanged | RectificationChanged)[],
  now: number,
): Promise<void> {
  for (const call of facts.flatMap(callOf)) await notify(tx, call, now)
}

function callOf(fact: AlertChanged | RectificationChanged): DirectNotice[] {
  const { kind, data, actor } = fact
  const by = actor?.name ?? 'Siteward'
  if (kind === 'alert.commented') {
    const text = data.text ?? ''
    const reason = { zh: `${by} 在备注中提到您：${text}`, en: `${by} mentions you: ${text}` }
    return toOthers(
      fact,
      (data.mentions ?? []).map(({ id }) => id),
      reason,
    )
  }
  if (kind !== 'alert.assigned' && kind !== 'rectification.assigned') return []
  const { assignee } = 'alert' in data ? data.alert : data.rectification
  const reason =
    kind === 'alert.assigned'
      ? { zh: `${by} 把一条告警指派给您`, en: `${by} assigned an alert to you` }
      : { zh: `${by} 把一张整改单指派给您`, en: `${by} assigned a fix to you` }
  return toOthers(fact, assignee ? [assignee.id] : [], reason)
}

function toOthers(
  { data, actor }: AlertChanged | RectificationChanged,
  ids: readonly number[],
  reason: DirectNotice['reason'],
): DirectNotice[] {
  const recipients = ids.filter((id) => id !== actor?.id)
  if (recipients.length === 0) return []
  const about = 'alert' in data ? { alerts: [data.alert] } : { rectification: data.rectification }
  return [{ recipients, about, reason }]
}
