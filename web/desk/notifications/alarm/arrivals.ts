import { MINUTE } from '../../../../shared/base/time.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { Fact } from '../../../base/live/fact.ts'

/** Facts after which an alert may ask for somebody where it did not before. */
const ASKING: readonly Fact['kind'][] = [
  'alert.opened',
  'alert.reopened',
  'alert.raised',
  'alert.regraded',
  'alert.unacknowledged',
  'alert.forgotten',
]

/** An alert is heard of so much later than it opened, at most (ms): visits are recorded a while after they began. */
const LATE_MS = MINUTE

/** Of a board: its last facts, newest first, how often it was loaded, and when the server was last heard (epoch ms). */
interface Heard {
  readonly recent: readonly Fact[]
  readonly loads: number
  readonly lastHeardAt: number | null
}

/**
 * Where a board holds only some of the alerts: tells those that have come about from those that have been there for long, and
 * that a page or a snapshot has put on the board only now.
 */
export class Arrivals {
  #seq = 0
  #loads = 0
  #heardMs = Number.POSITIVE_INFINITY

  /**
   * Looks at what was heard since the last time.
   * @returns whether an alert has come about since: a fact says so, or, of a board that was loaded anew, when the alert opened or
   * came back.
   */
  take({ recent, loads, lastHeardAt }: Heard): (alert: Alert) => boolean {
    const told = new Set<number>()
    for (const fact of recent) {
      const isNew = fact.seq > this.#seq && ASKING.includes(fact.kind)
      if (isNew && 'alert' in fact.data) told.add(fact.data.alert.id)
    }
    const sinceMs = loads === this.#loads ? Number.POSITIVE_INFINITY : this.#heardMs - LATE_MS
    this.#seq = recent[0]?.seq ?? this.#seq
    this.#loads = loads
    this.#heardMs = lastHeardAt ?? this.#heardMs
    return ({ id, openedAt }) => told.has(id) || Date.parse(openedAt) >= sinceMs
  }
}
