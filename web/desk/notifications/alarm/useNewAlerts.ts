import { onScopeDispose, watch } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { useCity } from '../../../base/live/store.ts'
import { Gathering } from './alarm.ts'
import { Arrivals } from './arrivals.ts'
import { alarm } from './preferences.ts'

const LOOK_MS = 1_000

/**
 * Tells of alerts that are new, together and at most once in a while (`PAUSE_MS`).
 * @param isWanted whether anybody wants to be told.
 */
export function useNewAlerts(isWanted: () => boolean, tell: (alerts: readonly Alert[]) => void): void {
  const city = useCity()
  const arrivals = new Arrivals()
  let gathering: Gathering | null = null

  function look(): void {
    if (!city.isLoaded || !isWanted()) {
      gathering = null
      return
    }
    gathering ??= new Gathering()
    const hasCome = arrivals.take(city)
    gathering.see(city.board.alerts.values(), alarm.severities, city.isSummed ? hasCome : null)
    const alerts = gathering.take(Date.now())
    if (alerts.length > 0) tell(alerts)
  }
  // Another choice of severities is no news.
  watch(
    () => alarm.severities,
    () => {
      gathering = null
    },
  )
  // A tab in the background is given few ticks, and hears of facts all the same.
  watch(() => city.recent, look)
  const timer = setInterval(look, LOOK_MS)
  onScopeDispose(() => clearInterval(timer))
}
