import { type ComputedRef, computed } from 'vue'
import { SECOND } from '../../../shared/base/time.ts'
import { now } from '../../base/clock.ts'
import { useCity } from '../../base/live/store.ts'

export type MonitorHealth = 'ok' | 'line' | 'behind' | 'stall' | 'stopped'

/** How the monitor itself is: a board that is fed by nobody must not look well. */
export function useMonitorHealth(): ComputedRef<MonitorHealth> {
  const city = useCity()
  return computed(() => {
    const rules = new Set(Array.from(city.board.alerts.values(), (alert) => alert.rule))
    if (rules.has('LINE')) return 'line'
    const { lastVisitAt = 0, silentAfterS = null, behind } = city.monitor ?? {}
    const isSilent = silentAfterS !== null && now.value >= (lastVisitAt + silentAfterS) * SECOND
    if (lastVisitAt > 0 && isSilent) return 'stopped'
    if (behind) return 'behind'
    return rules.has('STALL') ? 'stall' : 'ok'
  })
}
