import { computed } from 'vue'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { useCity } from '../../base/live/store.ts'
import { minute } from '../../base/ui/controls/minute.ts'
import { triage } from './triage.ts'
import { weightsOf } from './weights.ts'

/** Puts alerts into the one order of all lists, by what is known of their sites now. */
export function useTriage(): (alerts: Iterable<Alert>) => Alert[] {
  const city = useCity()
  const weight = computed(() => weightsOf(city.board.alerts.values(), city.board.sites))
  return (alerts) => triage(alerts, minute.value, weight.value)
}
