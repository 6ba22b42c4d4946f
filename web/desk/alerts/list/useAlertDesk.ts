import { computed, shallowRef } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { ALERT_RIGHTS } from '../../../../shared/desk/alerts/alerts-rules.ts'
import { useStepPop } from '../../../base/ui/dialogs/steps/useStepPop.ts'
import { useWorkList } from '../../../base/ui/lists/worklist/useWorkList.ts'
import { useSession } from '../../../people/sessions/store.ts'
import type { AlertFilters } from '../listed.ts'
import { type AlertStep, useAlertActions } from '../steps/useAlertActions.ts'
import { useOpenAlert } from '../useOpenAlert.ts'
import { useAlertGrouping } from './useAlertGrouping.ts'
import { useAlertList } from './useAlertList.ts'

/** Steps with a button in each row, and those that many alerts can take at once. */
const IN_ROW = ['acknowledge', 'assign', 'silence'] as const satisfies readonly AlertStep[]
export type RowStep = (typeof IN_ROW)[number]
export const IN_BULK = [
  'acknowledge',
  'unacknowledge',
  'assign',
  'silence',
  'unsilence',
  'regrade',
  'merge',
  'falseAlarm',
] as const satisfies readonly AlertStep[]

export type DeskFilters = AlertFilters & { readonly group: string }

/**
 * The list of alerts as somebody works on it: one may be open beside it, and one form may be open.
 * @param set changes filters.
 */
export function useAlertDesk(filters: () => DeskFilters, set: (patch: Partial<DeskFilters>) => void) {
  const session = useSession()
  const list = useAlertList(filters)
  const pop = useStepPop<AlertStep, Alert>()
  const work = useWorkList<Alert>({
    rows: () => list.alerts.value,
    asked: () => [filters(), list.data.value !== undefined],
    isHeld: () => pop.open.value !== null,
    grouping: useAlertGrouping(() => filters().group),
  })
  const { selection } = work
  const opened = useOpenAlert()
  const raising = shallowRef<Alert | null>(null)
  const { can, isBusy } = useAlertActions()
  const canRaise = (alert: Alert) =>
    alert.siteId !== null &&
    alert.status !== 'resolved' &&
    alert.rectificationId === null &&
    session.can('rectification.raise', alert)

  /** The same list for the same alert, so that a row is not drawn anew while others scroll. */
  const known = new WeakMap<Alert, readonly RowStep[]>()
  function stepsOf(alert: Alert): readonly RowStep[] {
    const steps = known.get(alert) ?? IN_ROW.filter((step) => can(step, alert))
    known.set(alert, steps)
    return steps
  }

  return {
    filters,
    set,
    list,
    work,
    opened,
    pop,
    raising,
    can,
    canRaise,
    /** Whether this person has the right to it, whatever the alert. */
    may: (step: AlertStep) => session.can(ALERT_RIGHTS[step]),
    mayRaise: () => session.can('rectification.raise'),
    isBusy,
    stepsOf,
    /** Whether this user may act on alerts at all. */
    actsOn: computed(() => session.can('alert.acknowledge') || session.can('alert.assign')),
    /** What can be done to at least one of the selected. */
    bulkSteps: computed(() =>
      IN_BULK.filter((step) => selection.selected.value.some((one) => can(step, one))),
    ),
    show(alert: Alert): void {
      work.cursor.set(alert.id)
      opened.show(alert.id)
    },
    /** Closes what is open beside the list; the focus goes back to its line. @returns whether something was. */
    leave(): boolean {
      const id = opened.id.value
      if (id === null) return false
      if (work.cursor.row.value === null) work.cursor.set(id)
      work.cursor.isFocusAsked.value = true
      opened.close()
      return true
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
