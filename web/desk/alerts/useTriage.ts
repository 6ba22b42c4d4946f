import { computed } from 'vue'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { useCity } from '../../base/live/store.ts'
import { triage } from './triage.ts'
import { weightsOf } from './weights.ts'

/** Puts alerts into the one order of all lists, by what the page knows of their sites. */
export function useTriage(): (alerts: Iterable<Alert>) => Alert[] {
  const city = useCity()
  const weight = computed(() => weightsOf(city.board.alerts.values(), city.board.sites))
  return (alerts) => triage(alerts, city.minute, weight.value)
}
