import type { Alert, AlertRule, Severity } from '../../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../../shared/desk/alerts/facts.ts'
import type {
  LineChange,
  NoticeEvent,
  QuietHours,
  Timings,
} from '../../../../shared/desk/notifications/notifications.ts'
import { isQuiet, quietEnd } from './quiet.ts'

/** What a subscription asks for, apart from place and way. */
export interface Want {
  readonly severities: readonly Severity[]
  readonly rules: readonly AlertRule[]
  readonly events: readonly NoticeEvent[]
  readonly quiet: QuietHours | null
  readonly breakThrough: boolean
  readonly timings: Timings
}

/** How far one alert was told. */
export interface Mark {
  /** What happened since then that was asked for. */
  readonly untold: readonly NoticeEvent[]
  readonly toldMs: number | null
  /** At some time it was open, not silenced and of a wanted severity. */
  readonly heard: boolean
  /** The incident that was told in its place. */
  readonly behind: number | null
}

/** Something that happened to a rectification or a planned pause, to be told once. */
interface Told {
  readonly id: number
  readonly event: NoticeEvent
}

/** Alerts of one place, as one subscription was told of them. Times are epoch ms. */
export interface GroupState {
  readonly marks: Readonly<Record<string, Mark>>
  readonly rectifications: readonly Told[]
  readonly pauses: readonly Told[]
  /** When it is looked at next; null while there is nothing in it. */
  readonly nextMs: number | null
  readonly noticedMs: number | null
}

export const NO_GROUP: GroupState = {
  marks: {},
  rectifications: [],
  pauses: [],
  nextMs: null,
  noticedMs: null,
}

export type Happening =
  | { readonly atMs: number; readonly kind: AlertFactKind; readonly alert: Alert }
  | { readonly atMs: number; readonly rectificationId: number; readonly event: NoticeEvent }
  | { readonly atMs: number; readonly pauseId: number; readonly event: NoticeEvent }

export type Item =
  | { readonly alert: Alert; readonly change: LineChange }
  | { readonly rectificationId: number; readonly change: NoticeEvent }
  | { readonly pauseId: number; readonly change: NoticeEvent }

export interface Plan {
  /** What the notice tells; none: nobody is told anything. */
  readonly items: readonly Item[]
  /** Alerts that go on, told now or before. */
  readonly firing: readonly Alert[]
  readonly state: GroupState
}

const EVENT_OF: Partial<Record<AlertFactKind, NoticeEvent>> = {
  'alert.opened': 'opened',
  'alert.reopened': 'opened',
  'alert.raised': 'raised',
  'alert.forgotten': 'forgotten',
}
/** Of several things that happened, the one that says most. */
const BY_WEIGHT: readonly NoticeEvent[] = ['opened', 'raised', 'forgotten']
const NEW_MARK: Mark = { untold: [], toldMs: null, heard: false, behind: null }

/** Whether an alert is to be told of at all: nobody has taken it on or silenced it, and its severity is wanted. */
export function isLoud(alert: Alert, want: Want, now: number): boolean {
  const isSilenced = alert.silencedUntil !== null && Date.parse(alert.silencedUntil) > now
  return alert.status === 'open' && !isSilenced && want.severities.includes(alert.severity)
}

/** Takes in what happened, in order, and sets the time of the next look. */
export function fold(state: GroupState, want: Want, happenings: readonly Happening[]): GroupState {
  const marks: Record<string, Mark> = { ...state.marks }
  const rectifications = [...state.rectifications]
  const pauses = [...state.pauses]
  let { nextMs } = state
  for (const happening of happenings) {
    const { atMs } = happening
    const isNews =
      'alert' in happening
        ? note(marks, want, happening)
        : 'rectificationId' in happening
          ? noteOnce(rectifications, want, happening.rectificationId, happening.event)
          : noteOnce(pauses, want, happening.pauseId, happening.event)
    if (isNews === null) continue
    const { groupWaitS, groupIntervalS } = want.timings
    // The first notice of a group waits for what belongs together; later ones keep to the beat of the changes.
    const lookMs = atMs + 1000 * (isNews ? groupWaitS : groupIntervalS)
    if (nextMs === null || (isNews && state.noticedMs === null)) nextMs = Math.min(nextMs ?? lookMs, lookMs)
  }
  return { marks, rectifications, pauses, nextMs, noticedMs: state.noticedMs }
}

/** @returns whether there is something to tell; null when it changes nothing. */
function note(
  marks: Record<string, Mark>,
  want: Want,
  { kind, alert, atMs }: Extract<Happening, { alert: Alert }>,
): boolean | null {
  if (!want.rules.includes(alert.rule)) return null
  const before = marks[alert.id]
  // Of one that was told of to the end, or never to be told, there is nothing more to say.
  if (!before && alert.status === 'resolved') return null
  const event = EVENT_OF[kind]
  const mark = before ?? NEW_MARK
  const isNew = event !== undefined && want.events.includes(event) && !mark.untold.includes(event)
  const untold = isNew ? [...mark.untold, event] : mark.untold
  const loud = isLoud(alert, want, atMs)
  marks[alert.id] = { ...mark, untold, heard: mark.heard || loud }
  return alert.status === 'resolved' || (loud && untold.length > 0)
}

function noteOnce(told: Told[], want: Want, id: number, event: NoticeEvent): boolean | null {
  if (!want.events.includes(event)) return null
  told.push({ id, event })
  return true
}

/**
 * What a group is told when its time has come: as Alertmanager does it, changes first after the group's wait, then at
 * its interval, and what goes on unchanged at the repeat interval. Unlike there, what opened and was over between
 * two looks is told, too, since it belongs to the record.
 * @param alerts as they are now; of one that is missing nothing is left to tell.
 * @param incidents that this subscription is told of: their members stand behind them.
 */
export function plan(
  state: GroupState,
  want: Want,
  alerts: ReadonlyMap<number, Alert>,
  incidents: ReadonlySet<number>,
  now: number,
): Plan {
  if (state.nextMs === null || state.nextMs > now) return { items: [], firing: [], state }
  const quiet = isQuiet(want.quiet, now)
  const isHushed = (alert: Alert) => quiet && !(want.breakThrough && alert.severity === 'critical')
  const marks: Record<string, Mark> = {}
  const items: Item[] = []
  const firing: Alert[] = []
  for (const [id, mark] of Object.entries(state.marks)) {
    const alert = alerts.get(Number(id))
    if (!alert) continue
    const { change, next } = step(mark, alert, want, { incidents, isHushed: isHushed(alert), now })
    if (change) items.push({ alert, change })
    if (next) marks[id] = next
    if (next && next.toldMs !== null && isLoud(alert, want, now)) firing.push(alert)
  }
  if (!quiet) {
    items.push(...state.rectifications.map(({ id, event }) => ({ rectificationId: id, change: event })))
    items.push(...state.pauses.map(({ id, event }) => ({ pauseId: id, change: event })))
  }
  const told =
    items.length > 0
      ? items
      : repeated(
          state,
          want,
          firing.filter((alert) => !isHushed(alert)),
          now,
        )
  return { items: told, firing, state: after(state, want, marks, { isTold: told.length > 0, quiet, now }) }
}

/** What is said of one alert, and how it is marked then; no mark: it is done with. */
function step(
  mark: Mark,
  alert: Alert,
  want: Want,
  { incidents, isHushed, now }: { incidents: ReadonlySet<number>; isHushed: boolean; now: number },
): { change: LineChange | null; next: Mark | null } {
  if (alert.status === 'resolved') {
    const change = ending(mark, want)
    return change && isHushed ? { change: null, next: mark } : { change, next: null }
  }
  if (alert.rule !== 'PLATFORM' && alert.incidentId && incidents.has(alert.incidentId)) {
    return { change: null, next: { ...mark, untold: [], behind: alert.incidentId } }
  }
  const isAlone = mark.behind !== null && mark.toldMs === null && want.events.includes('opened')
  const untold: readonly NoticeEvent[] = isAlone ? ['opened', ...mark.untold] : mark.untold
  const next = { ...mark, untold, behind: null }
  const change = BY_WEIGHT.find((event) => untold.includes(event))
  if (!change || isHushed || !isLoud(alert, want, now)) return { change: null, next }
  return { change, next: { ...next, untold: [], toldMs: now, heard: true } }
}

/** How the end of an alert is told, if it is. */
function ending({ toldMs, heard, untold, behind }: Mark, want: Want): LineChange | null {
  const isWanted = want.events.includes('resolved')
  if (toldMs !== null) return isWanted ? 'resolved' : null
  if (!heard || behind !== null) return null
  if (untold.length > 0) return 'passed'
  return isWanted ? 'resolved' : null
}

function repeated(state: GroupState, want: Want, firing: readonly Alert[], now: number): Item[] {
  const isDue = state.noticedMs !== null && now - state.noticedMs >= want.timings.repeatIntervalS * 1000
  return isDue ? firing.map((alert) => ({ alert, change: 'firing' as const })) : []
}

function after(
  state: GroupState,
  want: Want,
  marks: Record<string, Mark>,
  { isTold, quiet, now }: { isTold: boolean; quiet: boolean; now: number },
): GroupState {
  const { rectifications, pauses } = quiet ? state : NO_GROUP
  if (Object.keys(marks).length + rectifications.length + pauses.length === 0) return NO_GROUP
  const beat = want.timings.groupIntervalS * 1000
  // The beat goes on from where it was, however late somebody looked.
  const missed = Math.floor((now - (state.nextMs ?? now)) / beat)
  const nextMs = (state.nextMs ?? now) + (missed + 1) * beat
  return {
    marks,
    rectifications,
    pauses,
    nextMs: quiet && want.quiet ? Math.min(nextMs, quietEnd(want.quiet, now)) : nextMs,
    noticedMs: isTold ? now : state.noticedMs,
  }
}
