import { defineStore } from 'pinia'
import {
  computed,
  hasInjectionContext,
  type InjectionKey,
  inject,
  type ShallowRef,
  shallowReactive,
  shallowRef,
  watch,
} from 'vue'
import type { Fact } from '../../../shared/base/facts.ts'
import { localDay, MINUTE } from '../../../shared/base/time.ts'
import type { Snapshot } from '../../../shared/city/board.ts'
import { applyFact, type Board, decodeSite, progressOf } from '../../../shared/city/board-rules.ts'
import { countSites, countsIn, sumCounts } from '../../../shared/city/counts-rules.ts'
import type { Pulse } from '../../../shared/city/pushes.ts'
import { isOverdue } from '../../../shared/desk/rectifications/rectifications-rules.ts'
import { SITE_STATES, type StateCounts } from '../../../shared/register/sites/states-rules.ts'
import { hearServerTime, holdNow, msSince, now, serverNow } from '../clock.ts'
import { isSame, isWorn, missedIn, refill } from './level.ts'
import { type Listener, type Live, openLive } from './live.ts'
import { paintSoon } from './paint.ts'

/** Facts kept for the ticker. */
const RECENT = 60
/** Without a pulse for this long the board is not live: ten of them were missed. */
export const DEAF_MS = 10_000

/** The board as this browser has it; `live.ts` is the only writer. While it is deaf, the clock of its pages stands. */
export const useLiveCity = defineStore('city', () => {
  const city = cityStore(now)
  const isDeaf = () => city.isLoaded.value && !city.isLive.value
  watch(isDeaf, (is) => holdNow(is ? city.lastHeardAt.value : null), { flush: 'sync' })
  return city
})
export type City = ReturnType<typeof useLiveCity>

/** Where a page shows another city than the one of now: that of a replay. */
export const CITY: InjectionKey<City> = Symbol('city')

/** The city that the page is about: as it is now, unless the page has provided another. */
export function useCity(): City {
  return (hasInjectionContext() ? inject(CITY, null) : null) ?? useLiveCity()
}

/** A board with what is derived from it, at the time (epoch ms) that `clock` says. */
export function cityStore(clock: Readonly<ShallowRef<number>>) {
  const board: Board = shallowReactive({
    seq: 0,
    sites: shallowReactive(new Map()),
    alerts: shallowReactive(new Map()),
    rectifications: shallowReactive(new Map()),
    tally: shallowReactive(new Map()),
    missed: shallowReactive(new Map()),
    counts: shallowReactive(new Map()),
    figures: null,
  })
  const isLoaded = shallowRef(false)
  /** Counts snapshots: what was put on a board is gone with the next. */
  const loads = shallowRef(0)
  const isDemo = shallowRef(false)
  const districts = shallowRef<readonly string[]>([])
  const area = shallowRef<Snapshot['area']>(null)
  const groups = shallowRef<Snapshot['groups']>([])
  const node = shallowRef<Snapshot['node']>(null)
  const installation = shallowRef<Snapshot['installation'] | null>(null)
  const platforms = shallowRef<readonly string[]>([])
  /** The last facts, newest first. */
  const recent = shallowRef<readonly Fact[]>([])
  const monitor = shallowRef<Pulse['monitor'] | null>(null)
  /** Counts pulses; read it where a site's `lastVisitAt` or `latencyMs` is shown, which change in place. */
  const pulses = shallowRef(0)
  const isConnected = shallowRef(false)
  /** Counts how often the connection was lost, or could not be had. */
  const breaks = shallowRef(0)
  /** Since when we listen, epoch ms; null while we do not. */
  const listenedAt = shallowRef<number | null>(null)
  /** Epoch ms on the server's clock; null before anything was heard. */
  const lastHeardAt = shallowRef<number | null>(null)
  const refusal = shallowRef<string | null>(null)
  /** Counts how often the server has ended the connection: we may be somebody else by now. */
  const dismissals = shallowRef(0)

  const today = computed(() => localDay(clock.value))
  /** The time to the minute (epoch ms), for what needs no second and is dear to reckon. */
  const minute = computed(() => clock.value - (clock.value % MINUTE))
  const counts = computed(() => sumCounts(board.counts.values()))
  /** Sites on the board, whether it holds them or not. */
  const total = computed(() => SITE_STATES.reduce((sum, state) => sum + counts.value[state], 0))
  const countsByDistrict = computed((): ReadonlyMap<string, StateCounts> => new Map(board.counts))
  /** By district: sites that were down while nobody looked, and that nobody has looked at since. */
  const missedByDistrict = computed(() => missedIn(board))
  const progress = computed(
    () =>
      board.figures?.progress ?? progressOf(board, (rectification) => isOverdue(rectification, minute.value)),
  )
  /** The fact that figures were loaded with. */
  const figuredAt = shallowRef(0)
  /** Whether figures are of the moment on the board: facts do not move them, pulses do, and a replay has none. */
  const isFigured = computed(
    () => board.figures === null || lastHeardAt.value !== null || board.seq === figuredAt.value,
  )
  /** Rectifications that are not closed. */
  const openRectifications = computed(() => board.figures?.rectifications ?? board.rectifications.size)
  /** There are more sites than a browser holds: counts are here, lists are asked of the server. */
  const isSummed = computed(() => board.figures !== null)
  /** Ms since the server was last heard; null before that. */
  const silentMs = msSince(lastHeardAt)
  /** Ms since we began to listen; null while we do not. */
  const waitedMs = msSince(listenedAt)
  const isLive = computed(() => isLoaded.value && silentMs.value !== null && silentMs.value < DEAF_MS)

  let live: Live | undefined
  let heardRooms = ''

  function load(snapshot: Snapshot): void {
    board.seq = snapshot.seq
    refill(
      board.sites,
      snapshot.sites.map((row) => decodeSite(row, snapshot.districts)),
    )
    refill(board.alerts, snapshot.alerts)
    refill(board.rectifications, snapshot.rectifications)
    board.figures = snapshot.level?.figures ?? null
    figuredAt.value = snapshot.seq
    board.counts.clear()
    for (const [code, counts] of snapshot.level ? countsIn(snapshot.level) : countSites(board.sites.values()))
      board.counts.set(code, counts)
    board.tally.clear()
    for (const [siteId, raised, closed] of snapshot.tally) board.tally.set(siteId, { raised, closed })
    board.missed.clear()
    for (const [alertId, siteId] of snapshot.missed) board.missed.set(alertId, siteId)
    isDemo.value = snapshot.demo
    districts.value = snapshot.districts
    area.value = snapshot.area
    groups.value = snapshot.groups
    node.value = snapshot.node
    installation.value = snapshot.installation
    platforms.value = snapshot.platforms
    recent.value = snapshot.recent.slice(-RECENT).reverse()
    isLoaded.value = true
    loads.value += 1
  }

  /** Facts of one frame are applied together, so that a burst is painted once. */
  const waiting: Fact[] = []
  const flush = (): void => {
    if (!take(waiting.splice(0)) || isWorn(board)) live?.reload()
  }

  /** Applies facts. @returns false when the board cannot follow and must be loaded anew. */
  function take(facts: readonly Fact[]): boolean {
    const fresh = facts.filter((fact) => fact.seq > board.seq)
    for (const fact of fresh) if (!applyFact(board, fact)) return false
    if (fresh.length > 0) recent.value = [...fresh.reverse(), ...recent.value].slice(0, RECENT)
    return true
  }

  function heard(at: string): void {
    hearServerTime(at)
    lastHeardAt.value = serverNow()
  }

  const listener: Listener = {
    seq: () => (isLoaded.value ? board.seq : null),
    snapshot(payload) {
      waiting.length = 0
      heard(payload.at)
      load(payload)
    },
    facts(payload) {
      lastHeardAt.value = serverNow()
      waiting.push(...payload)
      paintSoon(flush)
      return true
    },
    pulse(payload) {
      heard(payload.at)
      for (const [id, lastVisitAt, latencyMs] of payload.rows) {
        const site = board.sites.get(id)
        if (site) Object.assign(site, { lastVisitAt, latencyMs })
      }
      if (board.figures && payload.figures && !isSame(board.figures, payload.figures))
        board.figures = payload.figures
      monitor.value = payload.monitor
      pulses.value += 1
    },
    caughtUp(seq) {
      flush()
      board.seq = Math.max(board.seq, seq)
    },
    connected(is) {
      isConnected.value = is
      if (!is) breaks.value += 1
    },
    sentAway() {
      dismissals.value += 1
    },
    refused(code) {
      refusal.value = code
    },
  }

  /** The rooms of who is here, and the division of them that a screen looks at. */
  let ownRooms: readonly string[] = []
  let looked: string | null = null
  const roomsAt = (): readonly string[] =>
    looked === null ? ownRooms : [`${ownRooms.includes('wall') ? 'wall' : 'region'}:${looked}`]

  /** Shows a division by itself, with its parts as groups; null: all that the person's rooms have. */
  function look(code: string | null): void {
    if (code === looked) return
    looked = code
    if (live) listen(roomsAt())
  }

  /**
   * Starts to hear `rooms`; nothing is to be done where they are heard already. Of the same rooms the board stays
   * until the new snapshot is there.
   */
  function start(rooms: readonly string[], url?: string): void {
    ownRooms = rooms
    listen(roomsAt(), url)
  }

  function listen(rooms: readonly string[], url?: string): void {
    const isHeard = rooms.join() === heardRooms
    if (live && isHeard && refusal.value === null) return
    live?.stop()
    if (!isHeard) forget()
    heardRooms = rooms.join()
    listenedAt.value ??= serverNow()
    refusal.value = null
    live = openLive(rooms, listener, url)
  }

  /** Stops, and forgets everything: another person may sign in next. */
  function stop(): void {
    forget()
    ownRooms = []
  }

  function forget(): void {
    live?.stop()
    live = undefined
    heardRooms = ''
    waiting.length = 0
    isLoaded.value = false
    isConnected.value = false
    listenedAt.value = null
    lastHeardAt.value = null
    recent.value = []
    monitor.value = null
    board.figures = null
    const { sites, alerts, rectifications, tally, missed } = board
    for (const map of [sites, alerts, rectifications, tally, missed, board.counts]) map.clear()
  }

  return {
    board,
    isLoaded,
    loads,
    isDemo,
    districts,
    area,
    groups,
    node,
    installation,
    platforms,
    recent,
    monitor,
    pulses,
    isConnected,
    breaks,
    lastHeardAt,
    refusal,
    dismissals,
    counts,
    total,
    countsByDistrict,
    missedByDistrict,
    progress,
    openRectifications,
    isFigured,
    isSummed,
    today,
    minute,
    silentMs,
    waitedMs,
    isLive,
    load,
    take,
    start,
    look,
    stop,
  }
}
