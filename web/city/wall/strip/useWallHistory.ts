import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { MINUTE } from '../../../../shared/base/time.ts'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { type BurnDown, PAST_DAYS } from '../alerts/burn-down.ts'
import { type CountsAt, STRIP_HOURS, STRIP_STEP_MIN } from './strip.ts'

const AGAIN_MS = 5 * MINUTE

export interface WallHistory {
  readonly day: Readonly<ShallowRef<readonly CountsAt[]>>
  readonly burnDown: Readonly<ShallowRef<BurnDown>>
}

/** The last day of the city and the last month of its rectifications: asked for again every 5 minutes and after a break. */
export function useWallHistory(): WallHistory {
  const city = useCity()
  const day = shallowRef<readonly CountsAt[]>([])
  const burnDown = shallowRef<BurnDown>({ points: [] })
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Of the division that the board is of. */
  const under = () => (city.node ? { under: city.node.place.code } : {})

  async function load(): Promise<void> {
    clearTimeout(timer)
    timer = setTimeout(load, AGAIN_MS)
    // What cannot be had now stays as it was; the banner tells of a lost connection.
    await Promise.allSettled([loadDay(), loadBurnDown()])
  }
  async function loadDay(): Promise<void> {
    const { points } = await call('cityHistory', {
      query: { hours: STRIP_HOURS, stepMinutes: STRIP_STEP_MIN, ...under() },
    })
    day.value = points.map(({ at, counts }) => ({ atMs: Date.parse(at), counts }))
  }
  async function loadBurnDown(): Promise<void> {
    burnDown.value = await call('burnDown', { query: { days: PAST_DAYS, ...under() } })
  }

  watch(
    [() => city.isLoaded && city.isConnected, () => city.node?.place.code],
    ([isThere]) => {
      if (isThere) void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return { day, burnDown }
}
