import { type ComputedRef, computed } from 'vue'
import { SECOND } from '../../../shared/base/time.ts'
import { now } from '../../base/clock.ts'
import { useCity } from '../../base/live/store.ts'

export type MonitorHealth = 'ok' | 'line' | 'behind' | 'stall' | 'stopped'

/** The monitor looks at each of 640 sites in minutes: a minute without one visit means that it stands still. */
export const STOPPED_MS = 60 * SECOND

/** How the monitor itself is: a board that is fed by nobody must not look well. */
export function useMonitorHealth(): ComputedRef<MonitorHealth> {
  const city = useCity()
  return computed(() => {
    const rules = new Set(Array.from(city.board.alerts.values(), (alert) => alert.rule))
    if (rules.has('LINE')) return 'line'
    const last = city.monitor?.lastVisitAt
    if (last && now.value - last * SECOND >= STOPPED_MS) return 'stopped'
    if (city.monitor?.behind) return 'behind'
    return rules.has('STALL') ? 'stall' : 'ok'
  })
}
