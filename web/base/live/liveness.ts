import { type ComputedRef, computed, shallowRef } from 'vue'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { DEAF_MS, useLiveCity } from './store.ts'

/** Deaf for so long that what is shown is history, and must not look like now. */
const LOST_MS = MINUTE
/** A computer without a network that has missed pulses need not wait for ten of them. */
const OFFLINE_MS = 3 * SECOND

/**
 * How far the screen can be taken for the present: it is; nothing is heard for some seconds, or for a minute and
 * more; `starting`: nothing was heard yet, and nothing is shown; `unheard`: nor within the time in which it should have been.
 */
export type Liveness = 'starting' | 'unheard' | 'live' | 'late' | 'lost'

const isOnline = shallowRef(globalThis.navigator?.onLine !== false)
for (const name of ['online', 'offline']) {
  globalThis.addEventListener?.(name, () => {
    isOnline.value = name === 'online'
  })
}

export interface HowLive {
  readonly liveness: ComputedRef<Liveness>
  /** Something is shown, and it is of the past: nothing may be done on the strength of it. */
  readonly isStale: ComputedRef<boolean>
  /** It is this computer that has no network. */
  readonly isOffline: ComputedRef<boolean>
}

/** Whether what wall and desk show is the present; always asked of the real city, never of a replay. */
export function useLiveness(): HowLive {
  const city = useLiveCity()
  const liveness = computed<Liveness>(() => {
    const deafMs = isOnline.value ? DEAF_MS : OFFLINE_MS
    if (!city.isLoaded) return (city.waitedMs ?? 0) >= deafMs ? 'unheard' : 'starting'
    const silentMs = city.silentMs ?? 0
    if (silentMs >= LOST_MS) return 'lost'
    return silentMs >= deafMs ? 'late' : 'live'
  })
  return {
    liveness,
    isStale: computed(() => liveness.value === 'late' || liveness.value === 'lost'),
    isOffline: computed(() => !isOnline.value),
  }
}
