import { computed } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import type { SetupStep } from '../../../shared/desk/setup/setup.ts'
import { call } from '../../base/call.ts'
import { useBusy } from '../../base/ui/dialogs/useBusy.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const isMissing = ({ state }: SetupStep) => state === 'missing'

/** The steps to a running room; none while they are not known, or all are done or skipped. */
export function useSetup() {
  const query = useQuery(
    () => null,
    () => call('setup'),
    {
      facts: ({ kind }) => kind === 'register.changed',
      // A room that runs is not asked for every minute whether it does.
      again: { everyMs: MINUTE, when: (all) => all?.some(isMissing) ?? true },
    },
  )
  const steps = computed(() => {
    const all = query.data.value ?? []
    return all.some(isMissing) ? all : []
  })
  const { isBusy, run } = useBusy()
  async function skip(step: SetupStep['step'], skipped: boolean): Promise<void> {
    await run(step, () => call('skipSetup', { params: { step }, body: { skipped } }))
    await query.reload()
  }
  return { steps, skip, isBusy }
}
