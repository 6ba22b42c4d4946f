import { computed, type Ref } from 'vue'
import { DAY } from '../../../shared/base/time.ts'
import { call } from '../../base/call.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

/** How much of the roster is shown at once. */
export const ROSTER_MS = 14 * DAY

/** Who is on duty at each desk; looked at again each minute, as turns change without anybody's doing. */
export function useDutyDesks() {
  const desks = useQuery(
    () => null,
    () => call('dutyDesks'),
    { again: 'minute' },
  )
  return desks
}

/** What was handed over, newest first; looked at again each minute, as others sign. */
export function useHandovers() {
  const handovers = useQuery(
    () => null,
    () => call('handovers'),
    { again: 'minute' },
  )
  return handovers
}

/** The turns of two weeks from an instant (epoch ms). */
export const useRoster = (fromMs: Ref<number>) =>
  useQuery(
    () => fromMs.value,
    (from) =>
      call('dutyShifts', {
        query: { from: new Date(from).toISOString(), to: new Date(from + ROSTER_MS).toISOString() },
      }),
  )

/** Names a desk in the language of the screen. */
export function useDeskName(): (district: string | null) => string {
  const { t } = useWords()
  const districtName = useDistrictName()
  return (district) => (district === null ? t('duty.city') : districtName(district))
}

/** The desks that somebody may plan, for a list to choose from. */
export function usePlannable(
  can: (district: string | null) => boolean,
  desks: () => readonly { district: string | null }[],
) {
  return computed(() => desks().flatMap(({ district }) => (can(district) ? [district] : [])))
}
