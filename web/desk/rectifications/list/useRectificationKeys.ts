import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { toast } from '../../../base/ui/dialogs/toasts.ts'
import { usePageKeys } from '../../../base/ui/keys/usePageKeys.ts'
import { useCursor } from '../../../base/ui/lists/worklist/useCursor.ts'
import type { Selection } from '../../../base/ui/lists/worklist/useSelection.ts'
import { useRectificationActions } from '../steps/useRectificationActions.ts'

/** The form that a key has opened, for the rectification as it was then. */
export interface OpenRectificationStep {
  readonly step: 'assign' | 'extend'
  readonly rectification: Rectification
  readonly anchor: DOMRect
}

/** What each key of the list does, by its word in `rectifications.keys`. */
export const FIX_KEYS = ['j', 'k', 'x', 'Enter', 'a', 's', 'e'] as const

/** Rectifications without the mouse. */
export function useRectificationKeys(
  rows: () => readonly Rectification[],
  selection: Selection<Rectification>,
) {
  const { t } = useI18n()
  const router = useRouter()
  const { stepsOf, act } = useRectificationActions()
  const cursor = useCursor(rows, shallowRef<number | string | null>(null))
  const open = shallowRef<OpenRectificationStep | null>(null)
  const onRow = (action: (rectification: Rectification) => void) => () => {
    if (cursor.row.value) action(cursor.row.value)
  }
  const form = (step: OpenRectificationStep['step']) =>
    onRow((rectification) => {
      if (!stepsOf(rectification).includes(step)) return
      const row = document.querySelector('tr.cursor')
      const anchor = row?.getBoundingClientRect() ?? new DOMRect(window.innerWidth / 2, 160)
      open.value = { step, rectification, anchor }
    })
  const accept = onRow(async (rectification) => {
    if (!stepsOf(rectification).includes('accept')) return
    if (await act(rectification, { step: 'accept' })) toast(t('rectifications.done.accept'))
  })
  const move = (by: number) => () => {
    cursor.move(by)
    requestAnimationFrame(() => document.querySelector('tr.cursor')?.scrollIntoView({ block: 'nearest' }))
  }
  usePageKeys(
    {
      j: move(1),
      k: move(-1),
      a: accept,
      s: form('assign'),
      e: form('extend'),
      x: onRow((rectification) => selection.toggle(rectification.id)),
      Enter: onRow(
        (rectification) => void router.push({ name: 'rectification', params: { id: rectification.id } }),
      ),
    },
    () => open.value === null,
  )
  return { cursor, open }
}
