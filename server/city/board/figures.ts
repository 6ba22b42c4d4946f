import type { Board } from '../../../shared/city/board.ts'
import { progressOf } from '../../../shared/city/board.ts'
import type { LevelFigures } from '../../../shared/city/level.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { isOverdue } from '../../../shared/desk/rectifications/rectifications-rules.ts'
import { placeOf, type View } from '../sockets/rooms.ts'

/** What a board without its sites holds of alerts: so many of the newest, and of those that wait for somebody. */
const MOST_NEW = 20
const MOST_WAITING = 20
/** … and of rectifications, the first that are due. */
const MOST_DUE = 12

/** All alerts and rectifications of a view, with the tally of its sites. */
export interface Seen {
  readonly alerts: readonly Alert[]
  readonly rectifications: readonly Rectification[]
  readonly tally: Board['tally']
  readonly missed: Board['missed']
}

export function seenBy(view: View, board: Board): Seen {
  const sees = (one: { siteId: number | null; district: string | null }) => view.includes(placeOf(board, one))
  const ofSite = (siteId: number) => sees({ siteId, district: board.sites.get(siteId)?.district ?? null })
  return {
    alerts: [...board.alerts.values()].filter(sees),
    rectifications: [...board.rectifications.values()].filter(sees),
    tally: new Map([...board.tally].filter(([siteId]) => ofSite(siteId))),
    missed: new Map([...board.missed].filter(([, siteId]) => ofSite(siteId))),
  }
}

const isWaiting = ({ status, silencedUntil }: Alert, nowMs: number): boolean =>
  status === 'open' && !(silencedUntil !== null && Date.parse(silencedUntil) > nowMs)

/** What is told of alerts and rectifications where most of them are not. */
export function figuresOf(view: View, board: Board, nowMs: number): LevelFigures {
  const { alerts, rectifications, tally, missed } = seenBy(view, board)
  const parts = new Map<string, [waiting: number, overdue: number, missed: number]>()
  const add = (at: 0 | 1 | 2, one: { siteId: number | null; district: string | null }) => {
    const code = view.groupOf(placeOf(board, one))
    if (code === null) return
    const of = parts.get(code) ?? [0, 0, 0]
    of[at] += 1
    parts.set(code, of)
  }
  const waiting = alerts.filter((one) => isWaiting(one, nowMs))
  for (const one of waiting) add(0, one)
  for (const one of rectifications) if (isOverdue(one, nowMs)) add(1, one)
  for (const siteId of new Set(missed.values()))
    add(2, { siteId, district: board.sites.get(siteId)?.district ?? null })
  const raised = new Map(rectifications.map((one) => [one.id, one]))
  return {
    alerts: alerts.length,
    waiting: waiting.length,
    rectifications: rectifications.length,
    requests: rectifications.filter(({ request }) => request !== null).length,
    progress: progressOf({ rectifications: raised, tally }, (one) => isOverdue(one, nowMs)),
    parts: [...parts].map(([code, counts]) => [code, ...counts]),
  }
}

/**
 * What matters most of many alerts: those of no one site (a shared failure, the monitor's own line), taken on or not; the
 * newest; and what nobody has taken on, the worst and then the oldest first.
 */
export function firstAlerts(alerts: readonly Alert[], nowMs: number): Alert[] {
  const byAge = [...alerts].sort((a, b) => inOrder(b.openedAt, a.openedAt) || b.id - a.id)
  const rank = ({ severity }: Alert) => SEVERITIES.indexOf(severity)
  const shared = byAge.filter(({ siteId }) => siteId === null)
  const waiting = byAge
    .filter((one) => one.siteId !== null && isWaiting(one, nowMs))
    .reverse()
    .sort((a, b) => rank(a) - rank(b))
  return [...new Set([...shared, ...byAge.slice(0, MOST_NEW), ...waiting.slice(0, MOST_WAITING)])]
}

/** The rectifications that are due first. */
export function firstRectifications(rectifications: readonly Rectification[]): Rectification[] {
  return [...rectifications].sort((a, b) => inOrder(a.dueOn, b.dueOn) || a.id - b.id).slice(0, MOST_DUE)
}

/** Days and instants are in order as they are written: to compare thousands as words of a language would keep others waiting. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
