import { type ComputedRef, computed, reactive, watch } from 'vue'
import { useRoute } from 'vue-router'
import { localHour, MINUTE } from '../../../shared/base/time.ts'
import { now } from '../../base/clock.ts'
import { keep, kept } from '../../base/preferences.ts'

/** When a wall is dimmed: whole hours of the local day, from the evening on until the morning. */
export interface NightHours {
  readonly from: number
  readonly to: number
}
export const NIGHT: NightHours = { from: 22, to: 6 }

/** The choice of this screen: dimmed at night, or never. */
export const night = reactive({ isDimmed: kept().dimAtNight !== false })
watch(
  () => night.isDimmed,
  (dimAtNight) => keep({ dimAtNight }),
)

/**
 * Hours as an address says them: `night=22-6`; `night=off` for never. What is neither says nothing.
 * @returns undefined where the screen's own choice holds.
 */
export function askedHours(text: unknown): NightHours | 'off' | undefined {
  if (text === 'off') return 'off'
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(typeof text === 'string' ? text : '') ?? []
  if (from === undefined || to === undefined || Number(from) > 24 || Number(to) > 24) return undefined
  return { from: Number(from) % 24, to: Number(to) % 24 }
}

/** Whether an hour of the day is within hours that may go over midnight. */
export function isWithin({ from, to }: NightHours, hour: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}

/** Whether the wall is to be dim now. */
export function useNight(): ComputedRef<boolean> {
  const route = useRoute()
  const asked = computed(() => askedHours(route.query.night))
  return computed(() => {
    if (asked.value === 'off') return false
    if (asked.value === undefined && !night.isDimmed) return false
    return isWithin(asked.value ?? NIGHT, localHour(now.value))
  })
}

/** How long a step of the walk stands. */
const STEP_MS = 2 * MINUTE
/** Steps over and back: they share no factor, so that in 156 steps (5.2 hours) every place is come to. */
const PERIODS = { x: 12, y: 13 } as const
const MOST_PX = 3

/** How far the picture is moved at an instant, in CSS pixels: at most three each way, so that nothing burns in. */
export function wander(atMs: number): { readonly x: number; readonly y: number } {
  const step = Math.floor(atMs / STEP_MS)
  const swing = (period: number): number => {
    const phase = step % period
    const up = Math.min(phase, period - phase) / Math.floor(period / 2)
    return Math.round(up * 2 * MOST_PX) - MOST_PX
  }
  return { x: swing(PERIODS.x), y: swing(PERIODS.y) }
}
