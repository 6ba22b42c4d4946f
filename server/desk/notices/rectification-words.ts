import type { RectificationFactKind } from '../../../shared/desk/rectifications/facts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Contact } from '../../../shared/register/units/units.ts'
import type { Sentence } from './sentence.ts'

/** What was done, as it follows the name of who did it. */
const ACTION: Partial<Record<RectificationFactKind, Sentence>> = {
  'rectification.raised': { zh: '向贵单位下达了整改', en: 'raised a rectification for your unit' },
  'rectification.assigned': { zh: '交办了整改', en: 'assigned a rectification of your unit' },
  'rectification.accepted': { zh: '受理了整改', en: 'accepted a rectification' },
  'rectification.submitted': { zh: '报告整改完成', en: 'submitted a rectification' },
  'rectification.closed': { zh: '办结了整改', en: 'closed a rectification' },
  'rectification.returned': { zh: '退回了整改', en: 'returned a rectification' },
  'rectification.extended': { zh: '延长了整改期限', en: 'extended the due day of a rectification' },
  'rectification.overridden': { zh: '人工办结了整改', en: 'closed a rectification by hand' },
  'rectification.relapsed': {
    zh: '发现整改后问题复发，重新打开',
    en: 'saw a rectification relapse: it is open again',
  },
  'rectification.paused': { zh: '暂停了整改计时', en: 'paused the clock of a rectification' },
  'rectification.resumed': { zh: '恢复了整改计时', en: 'started the clock of a rectification again' },
  'rectification.atRisk': { zh: '提醒：整改期限临近', en: 'reminds you: a rectification is due soon' },
  'rectification.overdue': { zh: '提醒：整改已逾期', en: 'reminds you: a rectification is overdue' },
  'rectification.rescheduled': {
    zh: '按公布的放假安排重算了整改期限',
    en: 'reckoned the due day of a rectification again by the announced holidays',
  },
  'rectification.asked': {
    zh: '申请延期或暂停整改',
    en: 'asked for more time or a pause of a rectification',
  },
  'rectification.withdrawn': { zh: '撤回了整改的申请', en: 'withdrew a request about a rectification' },
  'rectification.granted': { zh: '同意了整改的申请', en: 'granted a request about a rectification' },
  'rectification.refused': { zh: '未同意整改的申请', en: 'refused a request about a rectification' },
  'rectification.commented': { zh: '备注了整改', en: 'commented on a rectification' },
  'rectification.attached': { zh: '添加了整改材料', en: 'attached something to a rectification' },
  'rectification.detached': { zh: '移除了整改材料', en: 'removed something from a rectification' },
}
/** Of a kind that has no words yet. */
const SOMETHING: Sentence = { zh: '更新了整改', en: 'changed a rectification' }
const TO_YOU: Sentence = { zh: '把整改交给您办理', en: 'assigned a rectification to you' }

export interface RectificationAction {
  readonly kind: RectificationFactKind
  readonly actor: { readonly name: string } | null
  readonly text: string | null
  readonly rectifications: readonly Rectification[]
  readonly toYou?: boolean
  /** Said to somebody else, who has to ring: nobody can sign in for the unit. */
  readonly ring?: { readonly unit: string; readonly contact: Contact | null }
}

/** Who did what to how many rectifications and why, in one sentence. */
export function rectificationReason({
  kind,
  actor,
  text,
  rectifications,
  toYou,
  ring,
}: RectificationAction): Sentence {
  const action = toYou ? TO_YOU : (ACTION[kind] ?? SOMETHING)
  const count = rectifications.length
  // Of the monitor's own, the text is a code, and the line below says the rest.
  const said = actor && text ? text : null
  const was = kind === 'rectification.rescheduled' && text ? text : null
  const zh = `${actor?.name ?? '系统'}${actor ? ' ' : ''}${action.zh}${count > 1 ? `（${count} 项）` : ''}${said ? `：${said}` : ''}${was ? `（原 ${was}）` : ''}`
  const en = `${actor?.name ?? 'Siteward'} ${action.en}${count > 1 ? ` (${count} of them)` : ''}${said ? `: ${said}` : ''}${was ? ` (was ${was})` : ''}`
  if (!ring) return { zh, en }
  const { unit, contact } = ring
  const number = contact && (contact.phone || contact.mobile)
  return {
    zh: `${unit}没有可登录的账号，通知无法送达，请电话告知${contact ? `（${contact.name} ${number}）` : '（未登记联系人）'}：${zh}`,
    en: `Nobody can sign in for ${unit}, so no notice reaches it; please ring${contact ? ` ${contact.name} (${number})` : ' (no contact is known)'}: ${en}`,
  }
}
