import { computed, type Ref, shallowRef } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { useCursor } from '../../../base/ui/lists/worklist/useCursor.ts'
import { useHeldRows } from '../../../base/ui/lists/worklist/useHeldRows.ts'
import { useHold } from '../../../base/ui/lists/worklist/useHold.ts'
import { useSelection } from '../../../base/ui/lists/worklist/useSelection.ts'
import { useSession } from '../../../people/sessions/store.ts'
import { type AlertStep, useAlertActions } from '../steps/useAlertActions.ts'
import { useStepPop } from '../steps/useStepPop.ts'
import type { AlertFilters } from '../triage.ts'
import { useOpenAlert } from '../useOpenAlert.ts'
import { alertsOf, type DeskLine } from './groups.ts'
import { useAlertList } from './useAlertList.ts'
import { useGroups } from './useGroups.ts'

/** Steps with a button in each row, and those that many alerts can take at once. */
const IN_ROW = ['acknowledge', 'assign', 'silence'] as const satisfies readonly AlertStep[]
export const IN_BULK = [
  'acknowledge',
  'unacknowledge',
  'assign',
  'silence',
  'regrade',
  'merge',
  'falseAlarm',
] as const satisfies readonly AlertStep[]

export type DeskFilters = AlertFilters & { readonly group: string }

/**
 * The list of alerts as somebody works on it: its rows hold still meanwhile, one is under the cursor, some are
 * selected, one may be open beside it, and one form may be open.
 * @param set changes filters.
 * @param panel what the pointer or the focus is on while somebody works on the list.
 */
export function useAlertDesk(
  filters: () => DeskFilters,
  set: (patch: Partial<DeskFilters>) => void,
  panel: Readonly<Ref<HTMLElement | null>>,
) {
  const session = useSession()
  const list = useAlertList(filters)
  const pop = useStepPop()
  const place = shallowRef<number | string | null>(null)
  const held = useHeldRows(
    () => list.alerts.value,
    // Who has a row under the cursor is working on the list, wherever the mouse is.
    useHold(panel, () => pop.open.value !== null || place.value !== null),
    () => [filters(), list.data.value !== undefined],
  )
  const present = computed(() => new Set(list.alerts.value.map((alert) => alert.id)))
  const selection = useSelection(() => held.rows.value)
  const groups = useGroups(
    () => held.rows.value,
    () => held.taken.value,
    () => filters().group,
  )
  const cursor = useCursor<DeskLine>(() => groups.lines.value, place)
  const opened = useOpenAlert()
  const raising = shallowRef<Alert | null>(null)
  const { can, isBusy } = useAlertActions()
  const canRaise = (alert: Alert) =>
    alert.siteId !== null &&
    alert.status !== 'resolved' &&
    alert.rectificationId === null &&
    session.can('rectification.raise', alert)

  /** The same list for the same alert, so that a row is not drawn anew while others scroll. */
  const known = new WeakMap<Alert, readonly AlertStep[]>()
  function stepsOf(alert: Alert): readonly AlertStep[] {
    const steps = known.get(alert) ?? IN_ROW.filter((step) => can(step, alert))
    known.set(alert, steps)
    return steps
  }

  return {
    filters,
    set,
    list,
    held,
    groups,
    selection,
    cursor,
    opened,
    pop,
    raising,
    can,
    canRaise,
    isBusy,
    stepsOf,
    /** It has left the list since, and its row stays until the list is updated. */
    isGone: (alert: Alert) => !present.value.has(alert.id),
    /** Whether this user may act on alerts at all. */
    actsOn: computed(() => session.can('alert.acknowledge') || session.can('alert.assign')),
    /** What a key acts on: the selection, or without one the line under the cursor. */
    targets: computed<readonly Alert[]>(() => {
      if (selection.selected.value.length > 0) return selection.selected.value
      return cursor.row.value ? alertsOf(cursor.row.value) : []
    }),
    /** What can be done to at least one of the selected. */
    bulkSteps: computed(() =>
      IN_BULK.filter((step) => selection.selected.value.some((one) => can(step, one))),
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
export type AlertDesk = ReturnType<typeof useAlertDesk>
