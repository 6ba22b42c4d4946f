import type { Alert, BulkInput } from '../../../../shared/desk/alerts/alerts.ts'
import { ALERT_RIGHTS } from '../../../../shared/desk/alerts/alerts-rules.ts'
import { type CallOutput, call } from '../../../base/call.ts'
import { useActions } from '../../../base/ui/dialogs/steps/useActions.ts'
import { useSession } from '../../../people/sessions/store.ts'

/** In the order of their buttons. */
export const ALERT_STEPS = [
  'acknowledge',
  'unacknowledge',
  'assign',
  'silence',
  'unsilence',
  'comment',
  'regrade',
  'merge',
  'split',
  'falseAlarm',
  'resolve',
] as const satisfies readonly (keyof typeof ALERT_RIGHTS)[]
export type AlertStep = (typeof ALERT_STEPS)[number]
export type BulkResults = CallOutput<'bulkAlerts'>['results']
/** What every bulk action carries beside the alerts. */
export type BulkStep = BulkInput extends infer B ? (B extends BulkInput ? Omit<B, 'items'> : never) : never
/** A step with what its form says. */
export type StepInput =
  | BulkStep
  | { readonly action: 'comment'; readonly text: string; readonly mentions: number[] }
  | { readonly action: 'split'; readonly note: string }
  | { readonly action: 'falseAlarm'; readonly reason: string; readonly updatedOn: string }
  | { readonly action: 'resolve'; readonly note: string }

/** Steps that many alerts can take at once. */
export function isBulk(input: StepInput): input is BulkStep {
  return (
    input.action !== 'comment' &&
    input.action !== 'split' &&
    input.action !== 'resolve' &&
    !(input.action === 'falseAlarm' && 'updatedOn' in input)
  )
}

/** Whether the alert can take the step: the server says the same (`server/desk/alerts/rules.ts`). */
function takes(alert: Alert, step: AlertStep, isUnit: boolean): boolean {
  if (step === 'comment') return true
  if (isUnit && step === 'acknowledge') return alert.status !== 'resolved' && !alert.informed
  if (isUnit && step === 'unacknowledge') return alert.status !== 'resolved' && Boolean(alert.informed)
  if (step === 'acknowledge') return alert.status === 'open'
  if (step === 'unacknowledge') return alert.status === 'acknowledged'
  const isLive = alert.status !== 'resolved'
  if (step === 'unsilence') return isLive && alert.silencedUntil !== null
  if (step === 'merge') return isLive && alert.rule === 'DOWN' && !alert.incidentId
  if (step === 'split') return isLive && alert.rule === 'DOWN' && Boolean(alert.incidentId)
  return isLive
}

export interface AlertActions {
  isBusy(key: number | 'bulk'): boolean
  /** Whether the button belongs there: the right to it, and an alert that can take the step. */
  can(step: AlertStep, alert: Alert): boolean
  /** @returns the alert after it; undefined when it was not begun. */
  act(alert: Alert, input: StepInput): Promise<Alert | undefined>
  /** One action on many alerts, each with its own result. */
  bulk(alerts: readonly Alert[], input: BulkStep): Promise<BulkResults | undefined>
}

const actions = useActions<Alert>()

/** What people do to alerts. The row changes when the push of it arrives, not before. */
export function useAlertActions(): AlertActions {
  const session = useSession()
  return {
    isBusy: actions.isBusy,
    can: (step, alert) =>
      takes(alert, step, session.user?.role === 'unit') && session.can(ALERT_RIGHTS[step], alert),
    act: (alert, input) => actions.act(alert, input.action, (one) => send(one, input)),
    bulk: (alerts, input) =>
      actions.bulk(
        alerts,
        async (items) => (await call('bulkAlerts', { body: { ...input, items } })).results,
        (results) => results.map(({ alert }) => alert),
      ),
  }
}

function send({ id, version }: Alert, input: StepInput): Promise<Alert> {
  const params = { id }
  switch (input.action) {
    case 'acknowledge':
      return call('acknowledgeAlert', { params, body: { version, ...input } })
    case 'unacknowledge':
      return call('unacknowledgeAlert', { params, body: { version, ...input } })
    case 'assign':
      return call('assignAlert', { params, body: { version, ...input } })
    case 'silence':
      return call('silenceAlert', { params, body: { version, ...input } })
    case 'unsilence':
      return call('unsilenceAlert', { params, body: { version, ...input } })
    case 'comment':
      return call('commentAlert', { params, body: input })
    case 'regrade':
      return call('regradeAlert', { params, body: { version, ...input } })
    case 'merge':
      return call('mergeAlert', { params, body: { version, ...input } })
    case 'split':
      return call('splitAlert', { params, body: { version, ...input } })
    case 'falseAlarm':
      return call('falsifyAlert', { params, body: { version, ...input } })
    case 'resolve':
      return call('resolveAlert', { params, body: { version, ...input } })
  }
}
