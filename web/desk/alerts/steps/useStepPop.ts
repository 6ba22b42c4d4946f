import { type ShallowRef, shallowRef } from 'vue'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import type { AlertStep } from './useAlertActions.ts'

/** The form that is open, and the alerts as they were when it was opened: what the person has seen and decides on. */
export interface OpenStep {
  readonly step: AlertStep
  readonly alerts: readonly Alert[]
  readonly anchor: DOMRect
}

export interface StepPop {
  readonly open: Readonly<ShallowRef<OpenStep | null>>
  show(step: AlertStep, alerts: readonly Alert[], anchor: Element | null): void
  close(): void
}

export function useStepPop(): StepPop {
  const open = shallowRef<OpenStep | null>(null)
  return {
    open,
    show(step, alerts, anchor) {
      if (alerts.length === 0) return
      const place = anchor?.getBoundingClientRect() ?? new DOMRect(window.innerWidth / 2, 160)
      open.value = { step, alerts, anchor: place }
    },
    close() {
      open.value = null
    },
  }
}
