import { sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import { localDay, localTime } from '../../../shared/base/time.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../refusal.ts'
import type { Reason } from '../words/refusals.ts'

/** The kinds of facts that have a verb among the words of refusals. */
type Kind = Reason extends infer R ? (R extends `action.${infer K}` ? K : never) : never

/** Who did what, and when: all that the one who came second needs to know. */
export interface LastAction {
  readonly kind: Kind
  /** Null when the monitor did it. */
  readonly actor: Person | null
  readonly at: string
}

/** Facts that change nothing of what a person decides on. */
const NO_CHANGE: readonly Kind[] = [
  'alert.commented',
  'alert.seen',
  'alert.escalated',
  'rectification.atRisk',
  'rectification.overdue',
  'rectification.commented',
  'rectification.attached',
  'rectification.detached',
]

/**
 * The last change of each of these alerts or rectifications.
 * @param also kinds that count all the same, as they do for what was commanded.
 */
export async function lastActions(
  db: Db,
  of: 'alert' | 'rectification',
  ids: readonly number[],
  also: readonly Kind[] = [],
): Promise<Map<number, LastAction>> {
  const passedOver = NO_CHANGE.filter((kind) => !also.includes(kind))
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
    where ${column} = any(${ids}::int[]) and kind <> all(${passedOver}::text[])
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
 * @param action what was done first, if it is known.
 * @param current the alert or rectification as it is now.
 */
export function conflictWith(action: LastAction | undefined, current: unknown, now: number): Refusal {
  if (!action) return new Refusal('conflict', 'facts.changed', { current })
  const atMs = Date.parse(action.at)
  const day = localDay(atMs)
  const when = `${day === localDay(now) ? '' : `${day} `}${localTime(atMs)}`
  const verb = { word: `action.${action.kind}` } as const
  if (!action.actor)
    return new Refusal('conflict', 'facts.doneByMonitor', { values: { when, verb }, current })
  return new Refusal('conflict', 'facts.doneBy', { values: { when, verb, name: action.actor.name }, current })
}
