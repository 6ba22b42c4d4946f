import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import { SECOND } from '../shared/time.ts'

/**
 * The one place in the browser that reads the time. `now` is the server's time in epoch ms, as far as it was
 * heard: a wall computer's own clock is often wrong.
 */
const current = shallowRef(Date.now())
let offsetMs = 0
let timer: ReturnType<typeof setTimeout> | undefined

export const now: Readonly<ShallowRef<number>> = shallowReadonly(current)

/** Ticks `now` on each whole second from here on. */
export function startClock(): void {
  clearTimeout(timer)
  current.value = serverNow()
  timer = setTimeout(startClock, SECOND - (current.value % SECOND))
}

export function stopClock(): void {
  clearTimeout(timer)
}

/** Epoch ms as the server counts, to the millisecond. */
export function serverNow(): number {
  return Date.now() + offsetMs
}

/** Sets `now` by a time that the server has just sent. Less than a second apart is the network's, not the clock's. */
export function hearServerTime(iso: string): void {
  const heard = Date.parse(iso) - Date.now()
  if (Math.abs(heard - offsetMs) >= SECOND) offsetMs = heard
}
