import { canTake, type Rectification, STEPS, type Step } from '../../shared/rectifications.ts'
import { call } from '../call.ts'
import { useSession } from '../session/store.ts'
import { useBusy } from '../ui/useBusy.ts'

/** A step with what its form says. */
export type FixInput =
  | { readonly step: 'assign'; readonly assigneeId: number }
  | { readonly step: 'accept' }
  | { readonly step: 'submit'; readonly note: string }
  | { readonly step: 'return' | 'override'; readonly reason: string }
  | { readonly step: 'extend'; readonly dueWorkdays: number; readonly reason: string }

export interface FixActions {
  isBusy(id: number): boolean
  /** The steps that this user may take with the fix as it is. */
  stepsOf(fix: Rectification): Step[]
  /** @returns the fix after it; undefined when it was refused, which has been said then. */
  act(fix: Rectification, input: FixInput): Promise<Rectification | undefined>
}

/** One for all places: a fix is busy in the list, too, while its form is being sent. */
const { isBusy, run } = useBusy()

/** What people do to fixes. The page changes when the push of it arrives, not before. */
export function useFixActions(): FixActions {
  const session = useSession()
  return {
    isBusy,
    stepsOf: (fix) =>
      STEPS.filter((step) => canTake(fix.stage, step) && session.can(`rectification.${step}`, fix)),
    act: (fix, input) => run(fix.id, () => send(fix, input)),
  }
}

function send({ id, version }: Rectification, input: FixInput): Promise<Rectification> {
  const params = { id }
  switch (input.step) {
    case 'assign':
      return call('assignRectification', { params, body: { version, assigneeId: input.assigneeId } })
    case 'accept':
      return call('acceptRectification', { params, body: { version } })
    case 'submit':
      return call('submitRectification', {
        params,
        body: { version, ...(input.note && { note: input.note }) },
      })
    case 'return':
      return call('returnRectification', { params, body: { version, reason: input.reason } })
    case 'override':
      return call('overrideRectification', { params, body: { version, reason: input.reason } })
    case 'extend':
      return call('extendRectification', {
        params,
        body: { version, dueWorkdays: input.dueWorkdays, reason: input.reason },
      })
  }
}
