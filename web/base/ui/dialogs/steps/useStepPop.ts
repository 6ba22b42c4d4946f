import { type ShallowRef, shallowRef } from 'vue'

/** The form that is open, and the things as they were when it was opened: what the person has seen and decides on. */
export interface OpenStep<S, T> {
  readonly step: S
  readonly things: readonly T[]
  readonly anchor: DOMRect
}

export interface StepPop<S, T> {
  readonly open: Readonly<ShallowRef<OpenStep<S, T> | null>>
  /** @param beside the button that opened it; without one, the line under the cursor. */
  show(step: S, things: readonly T[], beside?: Element): void
  close(): void
}

/** The form of one step with some things, beside the button or the line that opened it. */
export function useStepPop<S, T>(): StepPop<S, T> {
  const open: ShallowRef<OpenStep<S, T> | null> = shallowRef(null)
  return {
    open,
    show(step, things, beside) {
      if (things.length === 0) return
      const place = (beside ?? document.querySelector('tr.cursor'))?.getBoundingClientRect()
      open.value = { step, things, anchor: place ?? new DOMRect(window.innerWidth / 2, 160) }
    },
    close() {
      open.value = null
    },
  }
}
