import { type ComputedRef, computed, type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import { SECOND } from '../../shared/base/time.ts'

/**
 * The one place in the browser that reads the time: the server's, in epoch ms, as far as it was heard. A wall
 * computer's own clock is often wrong.
 */
const running = shallowRef(Date.now())
const shown = shallowRef(running.value)
let heldAt: number | null = null
let offsetMs = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** The present. Only what tells how old the picture is needs it; pages show `now`. */
export const present: Readonly<ShallowRef<number>> = shallowReadonly(running)

/**
 * The instant that the screen is of: the present, and while nothing is heard the moment when it last was, so that
 * ages and orders stand still together with the picture that they belong to.
 */
export const now: Readonly<ShallowRef<number>> = shallowReadonly(shown)

/** Ms from an instant (epoch ms) to the present; null of none. */
export const msSince = (at: Readonly<ShallowRef<number | null>>): ComputedRef<number | null> =>
  computed(() => (at.value === null ? null : Math.max(0, running.value - at.value)))

/** Ticks on each whole second from here on. */
export function startClock(): void {
  clearTimeout(timer)
  running.value = serverNow()
  shown.value = heldAt ?? running.value
  timer = setTimeout(startClock, SECOND - (running.value % SECOND))
}

export function stopClock(): void {
  clearTimeout(timer)
}

/** Holds `now` at an instant (epoch ms); null lets it go on. */
export function holdNow(at: number | null): void {
  heldAt = at
  shown.value = at ?? running.value
}

/** Epoch ms as the server counts, to the millisecond. */
export function serverNow(): number {
  return Date.now() + offsetMs
}

/** Sets the time by one that the server has just sent. Less than a second apart is the network's, not the clock's. */
export function hearServerTime(iso: string): void {
  const heard = Date.parse(iso) - Date.now()
  if (Math.abs(heard - offsetMs) >= SECOND) offsetMs = heard
}
