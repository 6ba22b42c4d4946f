import type { Board, BoardSite } from '../../../shared/city/board-rules.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'

/** What can be put on a board that holds only what matters most. */
export interface Held {
  readonly sites: readonly BoardSite[]
  readonly alerts: readonly Alert[]
  readonly rectifications: readonly Rectification[]
}

/**
 * Puts on a board without its sites what a page is about, and takes off what the same question has brought and its new answer
 * lacks; facts keep it up. What is newer there stays, what is over goes.
 * @param brought what the answer before brought, as it was then
 * @returns what is there by this page alone
 */
export function putOn(
  board: Pick<Board, keyof Held | 'figures'>,
  { sites = [], alerts = [], rectifications = [] }: Partial<Held>,
  brought: Partial<Held> = {},
): Partial<Held> {
  if (!board.figures) return {}
  return {
    sites: place(board.sites, () => false, sites, brought.sites),
    alerts: place(board.alerts, (one) => one.status === 'resolved', alerts, brought.alerts),
    rectifications: place(
      board.rectifications,
      (one) => one.stage === 'closed',
      rectifications,
      brought.rectifications,
    ),
  }
}

function place<T extends Versioned>(
  held: Map<number, T>,
  isOver: (one: T) => boolean,
  wanted: readonly T[],
  brought: readonly T[] = [],
): T[] {
  const asked = new Set(wanted.map(({ id }) => id))
  for (const one of brought) if (!asked.has(one.id) && !isNewer(held.get(one.id), one)) held.delete(one.id)
  const own = new Set(brought.map(({ id }) => id))
  const result: T[] = []
  for (const one of wanted) {
    const there = held.get(one.id)
    const isNews = !isNewer(there, one)
    if (isNews && isOver(one)) held.delete(one.id)
    else if (isNews) held.set(one.id, one)
    if (held.has(one.id) && (there === undefined || own.has(one.id))) result.push(one)
  }
  return result
}

const isNewer = (there: Versioned | undefined, one: Versioned): boolean =>
  (there?.version ?? 0) > (one.version ?? 0)

interface Versioned {
  readonly id: number
  /** A site has none. */
  readonly version?: number
}

/** What facts have left of it on a board, as it is there now. */
export function leftOn(
  board: Pick<Board, keyof Held>,
  { sites = [], alerts = [], rectifications = [] }: Partial<Held>,
): Held {
  return {
    sites: found(board.sites, sites),
    alerts: found(board.alerts, alerts),
    rectifications: found(board.rectifications, rectifications),
  }
}

const found = <T extends Versioned>(held: ReadonlyMap<number, T>, wanted: readonly T[]): T[] =>
  wanted.flatMap(({ id }) => held.get(id) ?? [])
