import { useRouter } from 'vue-router'
import { useWords } from '../../../base/i18n.ts'
import type { PageKey } from '../../../base/ui/keys/usePageKeys.ts'
import { useListKeys } from '../../../base/ui/lists/worklist/useListKeys.ts'
import type { BulkStep } from '../steps/useRectificationActions.ts'
import type { RectificationDesk } from './useRectificationDesk.ts'

/** The key of each step that the list can take. */
const STEP_KEYS = { a: 'accept', s: 'assign', e: 'extend' } as const satisfies Record<string, BulkStep>

/** Rectifications without the mouse. */
export function useRectificationKeys({ work, pop, take, may, actsOn }: RectificationDesk): void {
  const { t } = useWords()
  const router = useRouter()
  useListKeys(work, {
    title: () => t('rectifications.keys.list'),
    canSelect: () => actsOn.value,
    open: ({ id }) => void router.push({ name: 'rectification', params: { id } }),
    also: Object.entries(STEP_KEYS).map(
      ([key, step]): PageKey => ({
        keys: [key],
        does: () => t(`rectifications.step.${step}`),
        press: () => void take(step, work.targets.value),
        isThere: () => may(step),
      }),
    ),
    isEnabled: () => pop.open.value === null,
  })
}
