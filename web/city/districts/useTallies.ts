import { type ComputedRef, computed } from 'vue'
import { isOverdue } from '../../../shared/desk/rectifications/rectifications-rules.ts'
import { useCity } from '../../base/live/store.ts'
import { type DistrictTally, tallyDistricts, worstFirst } from './tally.ts'

/** The lines of the table of districts, `worst` first or as the administration orders them. */
export function useTallies(order: () => string): ComputedRef<readonly DistrictTally[]> {
  const city = useCity()
  return computed(() => {
    const all = tallyDistricts({
      codes: city.districts,
      counts: city.countsByDistrict,
      missed: city.missedByDistrict,
      alerts: city.board.alerts.values(),
      rectifications: city.board.rectifications.values(),
      figures: city.board.figures,
      isLate: (rectification) => isOverdue(rectification, city.minute),
      nowMs: city.minute,
    })
    return order() === 'worst' ? worstFirst(all) : all
  })
}
