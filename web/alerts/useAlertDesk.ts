import { computed, type Ref } from 'vue'
import type { Alert } from '../../shared/alerts.ts'
import { useSession } from '../session/store.ts'
import { useHeldRows } from '../ui/useHeldRows.ts'
import { useHold } from '../ui/useHold.ts'
import type { AlertFilters } from './triage.ts'
import { type AlertStep, useAlertActions } from './useAlertActions.ts'
import { useAlertList } from './useAlertList.ts'
import { useCursor } from './useCursor.ts'
import { useOpenAlert } from './useOpenAlert.ts'
import { useSelection } from './useSelection.ts'
import { useStepPop } from './useStepPop.ts'

/** Steps that are taken from the list, on one alert or on many. */
const IN_PLACE = ['acknowledge', 'assign', 'silence'] as const satisfies readonly AlertStep[]

/**
 * The list of alerts as somebody works on it: its rows hold still meanwhile, one is under the cursor, some are
 * selected, one may be open beside it, and one form may be open.
 * @param panel what the pointer or the focus is on while somebody works on the list.
 */
export function useAlertDesk(filters: () => AlertFilters, panel: Readonly<Ref<HTMLElement | null>>) {
  const session = useSession()
  const list = useAlertList(filters)
  const pop = useStepPop()
  const held = useHeldRows(
    () => list.alerts.value,
    useHold(panel, () => pop.open.value !== null),
    () => [filters(), list.isLoaded.value],
  )
  const present = computed(() => new Set(list.alerts.value.map((alert) => alert.id)))
  const selection = useSelection(() => held.rows.value)
  const cursor = useCursor(() => held.rows.value)
  const opened = useOpenAlert()
  const { can, isBusy } = useAlertActions()
  const stepsOf = (alert: Alert) => IN_PLACE.filter((step) => can(step, alert))

  return {
    list,
    held,
    selection,
    cursor,
    opened,
    pop,
    can,
    isBusy,
    stepsOf,
    /** It has left the list since, and its row stays until the list is updated. */
    isGone: (alert: Alert) => !present.value.has(alert.id),
    /** Whether this user may act on alerts at all. */
    actsOn: computed(() => session.can('alert.acknowledge') || session.can('alert.assign')),
    /** What can be done to at least one of the selected. */
    bulkSteps: computed(() =>
      IN_PLACE.filter((step) => selection.selected.value.some((one) => can(step, one))),
    ),
    show(alert: Alert): void {
      cursor.set(alert.id)
      opened.show(alert.id)
    },
    /** Opens the form of a step for those of the selected that can take it. */
    showBulk(step: AlertStep, button: Element): void {
      pop.show(
        step,
        selection.selected.value.filter((alert) => can(step, alert)),
        button,
      )
    },
  }
}
