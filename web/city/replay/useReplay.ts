import { onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from 'vue'
import { SECOND } from '../../../shared/base/time.ts'
import { call } from '../../base/call.ts'
import { serverNow } from '../../base/clock.ts'
import { Recording } from './recording.ts'
import { usePastCity } from './usePastCity.ts'

export const SPEEDS = [1, 10, 60, 600, 3_600] as const

/** Facts asked for at once, and how many must be ahead while it plays. */
const PAGE = 1_000
const AHEAD = 400
/** While it plays, the board is drawn so often: more cannot be read, and the hand of the slider still glides. */
const DRAWN_EVERY_MS = 50
/** The present itself is the live wall's. */
const BEHIND_NOW_MS = SECOND
/** Where one rests for so long, what facts do not tell is fetched. */
const REST_MS = SECOND / 2

/** Epoch ms. */
export interface PastSpan {
  readonly fromMs: number
  readonly toMs: number
}

export interface Replay {
  /** The instant that is shown, epoch ms; 0 before the first is. */
  readonly at: Readonly<ShallowRef<number>>
  readonly isPlaying: Readonly<ShallowRef<boolean>>
  readonly isWaiting: Readonly<ShallowRef<boolean>>
  readonly error: Readonly<ShallowRef<unknown>>
  /** How much faster than it was, when nothing else is asked for. */
  readonly speed: Ref<number>
  /** Shows an instant, and stops there. */
  seek(atMs: number): Promise<void>
  toggle(): void
  /** Plays a stretch of the past within so many ms, and stops at its end. */
  playSpan(span: PastSpan, withinMs: number): Promise<void>
  /** To the next instant at which something changes, or the one before. */
  step(direction: 1 | -1): Promise<void>
}

/**
 * Plays the past on a city of its own. Of several wishes the last one counts.
 * @param under the division that it is the past of; when it is another, the same instant is shown of that.
 */
export function useReplay(under: () => string | undefined): Replay {
  const { city, at } = usePastCity()
  const isPlaying = shallowRef(false)
  const isWaiting = shallowRef(false)
  const error = shallowRef<unknown>(null)
  const speed = shallowRef<number>(60)
  /** What is played just now, if it has an end and a speed of its own; a pause does not end it. */
  let span: { readonly toMs: number; readonly speed: number } | null = null
  let recording: Recording | null = null
  let wish = 0
  /** The instant that is being read, or could not be; 0: the last that was wanted is shown. */
  let wanted = 0
  let fetching: { recording: Recording; done: Promise<void> } | null = null
  let frame = 0
  let resting: ReturnType<typeof setTimeout> | undefined

  const latest = (): number => serverNow() - BEHIND_NOW_MS
  const end = (): number => Math.min(latest(), span?.toMs ?? Number.POSITIVE_INFINITY)

  const snapshotAt = (atMs: number) =>
    call('cityAt', { query: { at: new Date(atMs).toISOString(), under: under() } })

  /** A new recording that begins at an instant. @returns false when somebody wished for something else meanwhile. */
  async function load(atMs: number): Promise<boolean> {
    wish += 1
    const mine = wish
    wanted = atMs
    isWaiting.value = true
    try {
      const snapshot = await snapshotAt(atMs)
      if (mine !== wish) return false
      error.value = null
      recording = new Recording(snapshot)
      recording.rewind(city)
      at.value = atMs
      wanted = 0
      return true
    } catch (reason) {
      if (mine === wish) error.value = reason
      return false
    } finally {
      if (mine === wish) isWaiting.value = false
    }
  }

  /** Fetches the next facts into the recording; one page at a time. */
  function fetchMore(): Promise<void> {
    const mine = recording
    if (!mine) return Promise.resolve()
    if (fetching?.recording === mine) return fetching.done
    const done = fetchInto(mine)
      .catch((reason: unknown) => {
        if (mine !== recording) return
        error.value = reason
        stop()
      })
      .finally(() => {
        if (fetching?.recording === mine) fetching = null
      })
    fetching = { recording: mine, done }
    return done
  }
  async function fetchInto(mine: Recording): Promise<void> {
    const askedMs = latest()
    mine.append(await call('cityFacts', { query: { after: mine.seq, limit: PAGE, under: under() } }), askedMs)
  }

  /** Shows an instant that the recording has. */
  async function show(atMs: number): Promise<void> {
    if (recording?.show(city, atMs)) {
      at.value = atMs
      wanted = 0
    } else await load(atMs)
  }

  async function seek(atMs: number): Promise<void> {
    stop()
    span = null
    const target = Math.min(atMs, latest())
    if (recording?.has(target)) {
      await show(target)
      rest()
    } else if (await load(target)) void fetchMore()
  }

  /** Begins a recording where one rests, if the board has figures and they are of another instant. */
  function rest(): void {
    clearTimeout(resting)
    if (!city.isFigured) resting = setTimeout(() => void beginHere(), REST_MS)
  }
  async function beginHere(): Promise<void> {
    const [atMs, mine] = [at.value, recording]
    const isHere = () => at.value === atMs && recording === mine && !isPlaying.value
    try {
      const snapshot = await snapshotAt(atMs)
      if (!isHere()) return
      recording = new Recording(snapshot)
      recording.rewind(city)
      void fetchMore()
    } catch (reason) {
      if (isHere()) error.value = reason
    }
  }

  async function step(direction: 1 | -1): Promise<void> {
    if (!recording) return
    stop()
    span = null
    try {
      const target = direction === 1 ? await findNext() : findLast()
      await seek(target ?? (direction === 1 ? latest() : at.value))
    } catch (reason) {
      error.value = reason
    }
  }

  async function findNext(): Promise<number | null> {
    for (;;) {
      const found = recording?.nextChange(at.value) ?? null
      const before = recording?.horizonMs
      if (found !== null || !recording) return found
      await fetchMore()
      if (error.value || recording.horizonMs === before || recording.horizonMs >= latest() - SECOND) {
        return recording.nextChange(at.value)
      }
    }
  }

  /** Before the recording begins, by what the board was told last; of more in one instant than it knows, to before that instant. */
  function findLast(): number | null {
    const found = recording?.lastChange(at.value)
    if (found) return found
    const told = city.recent.map((fact) => Date.parse(fact.at))
    return told.find((one) => one < at.value) ?? (told.length > 0 ? at.value - 1 : null)
  }

  function stop(): void {
    isPlaying.value = false
    cancelAnimationFrame(frame)
    clearTimeout(resting)
  }

  function toggle(): void {
    // Before the first instant is there, nothing can be played.
    if (isPlaying.value || !recording) {
      stop()
      rest()
      return
    }
    clearTimeout(resting)
    isPlaying.value = true
    let before = performance.now()
    const tick = async (now: number): Promise<void> => {
      if (!isPlaying.value || !recording) return
      if (now - before < DRAWN_EVERY_MS) {
        frame = requestAnimationFrame((later) => void tick(later))
        return
      }
      const faster = span?.speed ?? speed.value
      const wanted = at.value + (now - before) * faster
      before = now
      if (recording.ahead < AHEAD && wanted + 5 * SECOND * faster > recording.horizonMs) void fetchMore()
      isWaiting.value = wanted > recording.horizonMs && recording.horizonMs < latest() - 2 * SECOND
      const next = Math.max(at.value, Math.min(wanted, recording.horizonMs, end()))
      if (next > at.value) await show(next)
      if (at.value >= Math.min(end(), latest() - SECOND)) {
        stop()
        rest()
        span = null
      }
      if (isPlaying.value) frame = requestAnimationFrame((later) => void tick(later))
    }
    frame = requestAnimationFrame((now) => void tick(now))
  }

  async function playSpan({ fromMs, toMs }: PastSpan, withinMs: number): Promise<void> {
    await seek(fromMs)
    // Somebody has wished for something else, or it could not be read.
    if (at.value !== fromMs || error.value) return
    span = { toMs, speed: (toMs - fromMs) / withinMs }
    toggle()
  }

  watch(speed, () => {
    span = null
  })
  watch(under, async () => {
    stop()
    span = null
    recording = null
    const here = wanted || at.value
    // Until it is there, nothing is shown: what is on the board is another division's.
    at.value = 0
    if (await load(here || latest())) void fetchMore()
  })
  onScopeDispose(() => {
    wish += 1
    stop()
  })
  return { at, isPlaying, isWaiting, error, speed, seek, toggle, step, playSpan }
}
