import { computed } from 'vue'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { useWords } from '../../../base/i18n.ts'
import { useStepPop } from '../../../base/ui/dialogs/steps/useStepPop.ts'
import { toast, toastError } from '../../../base/ui/dialogs/toasts.ts'
import { useWorkList } from '../../../base/ui/lists/worklist/useWorkList.ts'
import { useSession } from '../../../people/sessions/store.ts'
import {
  BULK_STEPS,
  type BulkRectificationResults,
  type BulkStep,
  type FormStep,
  hasForm,
  useRectificationActions,
} from '../steps/useRectificationActions.ts'
import { type RectificationFilters, useRectificationList } from './useRectificationList.ts'

/**
 * The list of rectifications as somebody works on it, stage by stage; one form may be open.
 * @param show says what came of a step with many.
 */
export function useRectificationDesk(
  filters: () => RectificationFilters,
  show: (results: BulkRectificationResults, things: readonly Rectification[]) => void,
) {
  const { t } = useWords()
  const session = useSession()
  const { stepsOf, act, bulk, isBusy } = useRectificationActions()
  const list = useRectificationList(filters)
  const pop = useStepPop<FormStep, Rectification>()
  const work = useWorkList<Rectification>({
    rows: () => list.rectifications.value,
    asked: () => [filters(), list.data.value !== undefined],
    isHeld: () => pop.open.value !== null,
    grouping: { of: ({ stage }) => ({ key: stage, name: t(`stage.${stage}`) }), rest: () => '' },
  })
  const able = (step: BulkStep, things: readonly Rectification[]) =>
    things.filter((one) => stepsOf(one).includes(step))

  /** Takes a step with those that can take it, or opens its form. */
  async function take(step: BulkStep, things: readonly Rectification[], button?: Element): Promise<void> {
    const takers = able(step, things)
    const [first, ...others] = takers
    if (!first) {
      if (things.length > 0) toast(t('list.keys.cannot', { step: t(`rectifications.step.${step}`) }))
    } else if (hasForm(step)) pop.show(step, takers, button)
    else if (others.length === 0) {
      if (await act(first, { step }).catch(toastError)) toast(t(`rectifications.done.${step}`))
    } else {
      const results = await bulk(takers, { step }).catch(toastError)
      if (results) show(results, takers)
    }
  }

  const may = (step: BulkStep) => session.can(`rectification.${step}`)
  return {
    list,
    work,
    pop,
    isBusy,
    able,
    take,
    /** Whether this person has the right to a step, whatever the rectification. */
    may,
    /** Whether this user may do anything to many of them. */
    actsOn: computed(() => BULK_STEPS.some(may)),
    /** What can be done to at least one of the selected. */
    bulkSteps: computed(() =>
      BULK_STEPS.filter((step) => able(step, work.selection.selected.value).length > 0),
    ),
  }
}
export type RectificationDesk = ReturnType<typeof useRectificationDesk>
