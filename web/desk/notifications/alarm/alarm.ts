import type { Alert, Severity } from '../../../../shared/desk/alerts/alerts.ts'
import { foldIncidents } from '../../../../shared/desk/alerts/alerts-rules.ts'

/** A part of the sentence that is spoken; a key under `spoken` with its figures. */
export interface Clause {
  readonly key: 'down' | 'other' | 'shared' | 'rest'
  readonly n: number
  /** A district; '' for the whole city's. */
  readonly place: string
}

/** Districts that are named; a longer sentence nobody listens to. */
const MOST = 3

/** What a few alerts come to in one breath: by district, the most first, and incidents as one each. */
export function clausesOf(alerts: Iterable<Alert>): Clause[] {
  const folded = foldIncidents(alerts)
  const shared = folded
    .filter(({ rule }) => rule === 'PLATFORM')
    .map(({ evidence }): Clause => ({ key: 'shared', n: evidence.sites ?? 0, place: '' }))
  const districts = new Map<string, { n: number; areDown: boolean }>()
  for (const { rule, district } of folded) {
    if (rule === 'PLATFORM') continue
    const { n, areDown } = districts.get(district ?? '') ?? { n: 0, areDown: true }
    districts.set(district ?? '', { n: n + 1, areDown: areDown && rule === 'DOWN' })
  }
  const ordered = [...districts].sort((a, b) => b[1].n - a[1].n)
  const named = ordered
    .slice(0, MOST)
    .map(([place, { n, areDown }]): Clause => ({ key: areDown ? 'down' : 'other', n, place }))
  const rest = ordered.length - named.length
  return [...shared, ...named, ...(rest > 0 ? [{ key: 'rest' as const, n: rest, place: '' }] : [])]
}

/** Between two that are told. */
export const PAUSE_MS = 20_000

/** Gathers alerts that are new, and gives them out together: at once, and then no sooner than after the pause. */
export class Gathering {
  /** Of the alerts that were seen: since when each asks for somebody; null: it does not. */
  #known: Map<number, string | null> | null = null
  readonly #waiting = new Map<number, Alert>()
  #lastMs = Number.NEGATIVE_INFINITY

  /**
   * Takes in the alerts as they are; of those that are there at first nobody is told.
   * @param hasCome whether an alert that was not seen before has only now come about; null where all alerts are seen, so that it
   * has.
   */
  see(
    alerts: Iterable<Alert>,
    severities: readonly Severity[],
    hasCome: ((alert: Alert) => boolean) | null = null,
  ): void {
    const before = this.#known
    // Where only some are seen, one that is gone may be shown again.
    const known = (hasCome && before) ?? new Map<number, string | null>()
    const open = new Set<number>()
    for (const alert of alerts) {
      const asks = alert.status === 'open' && severities.includes(alert.severity)
      const was = before?.get(alert.id)
      known.set(alert.id, asks ? alert.openedAt : null)
      if (!asks) continue
      open.add(alert.id)
      const isNew = was === null || (was !== alert.openedAt && (hasCome?.(alert) ?? true))
      if (before && isNew) this.#waiting.set(alert.id, alert)
    }
    // Who has been taken on or is over meanwhile needs no voice any more.
    for (const id of this.#waiting.keys()) if (!open.has(id)) this.#waiting.delete(id)
    this.#known = known
  }

  /** What is to be told now; nothing within the pause. */
  take(nowMs: number): Alert[] {
    if (this.#waiting.size === 0 || nowMs - this.#lastMs < PAUSE_MS) return []
    this.#lastMs = nowMs
    const taken = [...this.#waiting.values()]
    this.#waiting.clear()
    return taken
  }
}
