import { sql } from 'kysely'
import { shanghaiDay, shanghaiTime } from '../../../shared/base/time.ts'
import type { AlertFactKind, RectificationFactKind } from '../../../shared/city/facts.ts'
import type { Person } from '../../../shared/people/rights/users.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../refusal.ts'

type Kind = AlertFactKind | RectificationFactKind

/** Who did what, and when: all that the one who came second needs to know. */
export interface Deed {
  readonly kind: Kind
  /** Null when the monitor did it. */
  readonly actor: Person | null
  readonly at: string
}

/** What was done, as the sentence for the one who came second says it. */
const VERBS: Record<Kind, readonly [zh: string, en: string]> = {
  'alert.opened': ['发现', 'opened'],
  'alert.raised': ['升级', 'raised'],
  'alert.eased': ['降级', 'eased'],
  'alert.reopened': ['重新打开', 're-opened'],
  'alert.grouped': ['归并', 'grouped'],
  'alert.acknowledged': ['确认', 'acknowledged'],
  'alert.informed': ['报告已在处理', 'reported to be in hand'],
  'alert.unacknowledged': ['取消确认', 'put back to open'],
  'alert.forgotten': ['收回到期的确认', 'put back to open'],
  'alert.escalated': ['升级了', 'escalated'],
  'alert.assigned': ['指派', 'assigned'],
  'alert.silenced': ['静默', 'silenced'],
  'alert.commented': ['备注', 'commented on'],
  'alert.regraded': ['调整级别', 'given another severity'],
  'alert.merged': ['并入事件', 'merged into an incident'],
  'alert.split': ['移出事件', 'split from its incident'],
  'alert.resolved': ['解除', 'resolved'],
  'alert.falsified': ['标记误报', 'marked as a false alarm'],
  'rectification.raised': ['下达', 'raised'],
  'rectification.assigned': ['指派', 'assigned'],
  'rectification.accepted': ['接收', 'accepted'],
  'rectification.submitted': ['提交', 'submitted'],
  'rectification.verifying': ['开始核验', 'taken into verification'],
  'rectification.closed': ['办结', 'closed'],
  'rectification.returned': ['退回', 'returned'],
  'rectification.extended': ['延期', 'extended'],
  'rectification.overridden': ['人工办结', 'closed by hand'],
  'rectification.relapsed': ['因反弹重新打开', 're-opened after a relapse'],
  'rectification.paused': ['暂停计时', 'paused'],
  'rectification.resumed': ['恢复计时', 'resumed'],
  'rectification.atRisk': ['提示临期', 'told to be at risk'],
  'rectification.overdue': ['提示逾期', 'told to be overdue'],
  'rectification.rescheduled': ['按新日历重算期限', 'rescheduled by the new calendar'],
  'rectification.asked': ['申请延期或暂停', 'asked about'],
  'rectification.withdrawn': ['撤回申请', 'relieved of a request'],
  'rectification.granted': ['同意申请', 'granted what was asked'],
  'rectification.refused': ['未同意申请', 'refused what was asked'],
  'rectification.commented': ['备注', 'commented on'],
  'rectification.attached': ['上传附件', 'given an attachment'],
  'rectification.detached': ['删除附件', 'relieved of an attachment'],
}

/** Facts that change nothing of what a person decides on. */
const NO_CHANGE: readonly Kind[] = [
  'alert.commented',
  'alert.escalated',
  'rectification.atRisk',
  'rectification.overdue',
  'rectification.commented',
  'rectification.attached',
  'rectification.detached',
]

/** The last change of each of these alerts or fixes. */
export async function lastDeeds(
  db: Db,
  of: 'alert' | 'rectification',
  ids: readonly number[],
): Promise<Map<number, Deed>> {
  if (ids.length === 0) return new Map()
  const column = sql.ref(`${of}_id`)
  const { rows } = await sql<{
    id: number
    kind: Kind
    at: Date
    actor_id: number | null
    actor_name: string | null
  }>`
    select distinct on (${column}) ${column} as id, kind, at, actor_id, actor_name from fact
    where ${column} = any(${ids}::int[]) and kind <> all(${NO_CHANGE}::text[])
    order by ${column}, seq desc
  `.execute(db)
  return new Map(
    rows.map(({ id, kind, at, actor_id, actor_name }) => [
      id,
      {
        kind,
        at: at.toISOString(),
        actor: actor_id === null ? null : { id: actor_id, name: actor_name ?? '' },
      },
    ]),
  )
}

/**
 * The refusal of a command that came second.
 * @param deed what was done first, if it is known.
 * @param current the alert or fix as it is now.
 */
export function conflictWith(deed: Deed | undefined, current: unknown, now: number): Refusal {
  return new Refusal('conflict', deed ? sentence(deed, now) : CHANGED, { current })
}

const CHANGED =
  '内容已有变化，请按最新情况处理。It has been changed meanwhile; please look at it as it is now.'

function sentence({ kind, actor, at }: Deed, now: number): string {
  const [zh, en] = VERBS[kind]
  const atMs = Date.parse(at)
  const day = shanghaiDay(atMs)
  const when = `${day === shanghaiDay(now) ? '' : `${day} `}${shanghaiTime(atMs)}`
  const by = actor ? `被 ${actor.name} ` : '由监测系统'
  return `已${by}于 ${when} ${zh}。Already ${en} by ${actor?.name ?? 'the monitor'} at ${when}.`
}
