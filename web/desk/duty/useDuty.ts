import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { DAY } from '../../../shared/base/time.ts'
import { call } from '../../base/call.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { useEachMinute } from '../../base/ui/lists/useEachMinute.ts'
import { useRemote } from '../../base/ui/lists/useRemote.ts'
import { formatTime } from '../../base/ui/marks/format.ts'

/** How much of the roster is shown at once. */
export const ROSTER_MS = 14 * DAY

/** Who is on duty at each desk; looked at again each minute, as turns change without anybody's doing. */
export function useDutyDesks() {
  const desks = useRemote(
    () => null,
    () => call('dutyDesks'),
  )
  useEachMinute(desks.reload)
  return desks
}

/** What was handed over, newest first; looked at again each minute, as others sign. */
export function useHandovers() {
  const handovers = useRemote(
    () => null,
    () => call('handovers'),
  )
  useEachMinute(handovers.reload)
  return handovers
}

/** The turns of two weeks from an instant (epoch ms). */
export const useRoster = (fromMs: Ref<number>) =>
  useRemote(
    () => fromMs.value,
    (from) =>
      call('dutyShifts', {
        query: { from: new Date(from).toISOString(), to: new Date(from + ROSTER_MS).toISOString() },
      }),
  )

/** Names a desk in the language of the screen. */
export function useDeskName(): (district: string | null) => string {
  const { t } = useI18n()
  const districtName = useDistrictName()
  return (district) => (district === null ? t('duty.city') : districtName(district))
}

/** 'MM-DD HH:MM'. */
export const shortTime = (iso: string): string => formatTime(iso).slice(5, 16)

/** The desks that somebody may plan, for a list to choose from. */
export function usePlannable(
  can: (district: string | null) => boolean,
  desks: () => readonly { district: string | null }[],
) {
  return computed(() => desks().flatMap(({ district }) => (can(district) ? [district] : [])))
}
