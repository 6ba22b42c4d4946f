import type { Rectification, Step } from '../../../../shared/desk/rectifications/rectifications.ts'
import { nextSteps } from '../../../../shared/desk/rectifications/rectifications-rules.ts'
import { type CallInput, type CallOutput, call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useActions } from '../../../base/ui/dialogs/steps/useActions.ts'
import { useSession } from '../../../people/sessions/store.ts'
import type { TermInput } from '../raise/useDeadline.ts'

/** A step with what its form says. */
export type RectificationInput =
  | { readonly step: 'assign'; readonly assigneeId: number }
  | { readonly step: 'accept' | 'resume' | 'withdraw' }
  | {
      readonly step: 'ask'
      readonly kind: 'extend' | 'pause'
      readonly until: string
      readonly reason: string
    }
  | { readonly step: 'answer'; readonly grant: boolean; readonly until: string; readonly reason: string }
  | { readonly step: 'submit' | 'confirm'; readonly note: string }
  | { readonly step: 'pause'; readonly until: string; readonly reason: string }
  | { readonly step: 'return' | 'override'; readonly reason: string }
  | ({ readonly step: 'extend'; readonly reason: string } & TermInput)

/** Steps that ask for something before they are taken. */
export type FormStep = Exclude<Step, 'accept' | 'resume' | 'withdraw'>

export function hasForm(step: Step): step is FormStep {
  return step !== 'accept' && step !== 'resume' && step !== 'withdraw'
}

/** Steps that can be taken with many rectifications at once. */
export const BULK_STEPS = ['assign', 'accept', 'extend'] as const satisfies readonly Step[]
export type BulkStep = (typeof BULK_STEPS)[number]
/** Whether many can take the step at once. */
export function isBulk(input: RectificationInput): input is BulkRectificationInput & RectificationInput {
  return BULK_STEPS.some((step) => step === input.step)
}
type BulkBody = CallInput<'bulkRectifications'>['body']
export type BulkRectificationInput = BulkBody extends infer B
  ? B extends BulkBody
    ? Omit<B, 'items'>
    : never
  : never
export type BulkRectificationResults = CallOutput<'bulkRectifications'>['results']

export interface RectificationActions {
  isBusy(key: number | 'bulk'): boolean
  /** The steps that this user may take with the rectification as it is. */
  stepsOf(rectification: Rectification): Step[]
  /** @returns the rectification after it; undefined when it was not begun. */
  act(rectification: Rectification, input: RectificationInput): Promise<Rectification | undefined>
  /** One step with many rectifications, each with its own result. */
  bulk(
    rectifications: readonly Rectification[],
    input: BulkRectificationInput,
  ): Promise<BulkRectificationResults | undefined>
}

const actions = useActions<Rectification>()

/** What people do to rectifications. The page changes when the push of it arrives, not before. */
export function useRectificationActions(): RectificationActions {
  const session = useSession()
  const city = useCity()
  return {
    isBusy: actions.isBusy,
    stepsOf: (rectification) =>
      nextSteps(rectification, city.minute).filter((step) =>
        session.can(`rectification.${step}`, rectification),
      ),
    act: (rectification, input) => actions.act(rectification, input.step, (one) => send(one, input)),
    bulk: (rectifications, input) =>
      actions.bulk(
        rectifications,
        async (items) =>
          (await call('bulkRectifications', { body: { ...input, items } as BulkBody })).results,
        (results) => results.map(({ rectification }) => rectification),
      ),
  }
}

function send({ id, version }: Rectification, input: RectificationInput): Promise<Rectification> {
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
    case 'confirm':
      return call('confirmRectification', { params, body: { version, note: input.note } })
    case 'pause':
      return call('pauseRectification', {
        params,
        body: { version, until: input.until, reason: input.reason },
      })
    case 'resume':
      return call('resumeRectification', { params, body: { version } })
    case 'return':
      return call('returnRectification', { params, body: { version, reason: input.reason } })
    case 'ask':
      return call('askRectification', {
        params,
        body: { version, kind: input.kind, until: input.until, reason: input.reason },
      })
    case 'withdraw':
      return call('withdrawRectification', { params, body: { version } })
    case 'answer':
      return call('answerRectification', {
        params,
        body: {
          version,
          grant: input.grant,
          ...(input.grant && { until: input.until }),
          ...(input.reason && { reason: input.reason }),
        },
      })
    case 'override':
      return call('overrideRectification', { params, body: { version, reason: input.reason } })
    case 'extend':
      return call('extendRectification', {
        params,
        body: { version, ...termOf(input), reason: input.reason },
      })
  }
}

function termOf({ dueWorkdays, dueHours }: TermInput): TermInput {
  return { ...(dueWorkdays !== undefined && { dueWorkdays }), ...(dueHours !== undefined && { dueHours }) }
}
