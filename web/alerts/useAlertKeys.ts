import type { Alert } from '../../shared/alerts.ts'
import { useListKeys } from '../ui/useListKeys.ts'
import type { AlertStep } from './useAlertActions.ts'
import type { Cursor } from './useCursor.ts'
import type { OpenAlert } from './useOpenAlert.ts'
import type { Selection } from './useSelection.ts'
import type { StepPop } from './useStepPop.ts'

export interface AlertKeys {
  readonly cursor: Cursor<Alert>
  readonly selection: Selection<Alert>
  readonly pop: StepPop
  readonly opened: OpenAlert
  can(step: AlertStep, alert: Alert): boolean
}

/** Triage without the mouse; `KeysDialog.vue` says what each key does. */
export function useAlertKeys(desk: AlertKeys, help: () => void): void {
  const { cursor, selection, pop, opened, can } = desk
  const onRow = (act: (alert: Alert) => void) => () => {
    if (cursor.row.value) act(cursor.row.value)
  }
  const step = (name: AlertStep) =>
    onRow((alert) => {
      if (can(name, alert)) pop.show(name, [alert], document.querySelector('tr.cursor'))
    })
  const move = (by: number) => () => {
    cursor.move(by)
    if (opened.id.value !== null) onRow((alert) => opened.show(alert.id))()
  }
  useListKeys(
    {
      j: move(1),
      k: move(-1),
      a: step('acknowledge'),
      s: step('assign'),
      x: onRow((alert) => selection.toggle(alert.id)),
      Enter: onRow((alert) => opened.show(alert.id)),
      Escape: () => opened.close(),
      '?': help,
    },
    () => pop.open.value === null,
  )
}
