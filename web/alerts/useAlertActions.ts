import { type Alert, type BulkInput, MAX_ACK_MS } from '../../shared/alerts.ts'
import type { Action } from '../../shared/users.ts'
import { type CallOutput, call } from '../call.ts'
import { useSession } from '../session/store.ts'
import { useBusy } from '../ui/useBusy.ts'

export const ALERT_STEPS = ['acknowledge', 'assign', 'silence', 'comment', 'resolve'] as const
export type AlertStep = (typeof ALERT_STEPS)[number]
export type BulkResults = CallOutput<'bulkAlerts'>['results']
/** What every bulk action carries beside the alerts. */
type BulkStep = BulkInput extends infer B ? (B extends BulkInput ? Omit<B, 'items'> : never) : never
/** A step with what its form says. */
export type StepInput =
  | BulkStep
  | { readonly action: 'comment'; readonly text: string }
  | { readonly action: 'resolve'; readonly note: string }

/** Longest that the server lets an alert be silenced; what takes longer is filed downtime. */
export const MAX_SILENCE_MS = 30 * 24 * 3_600_000
export { MAX_ACK_MS }

const RIGHTS = {
  acknowledge: 'alert.acknowledge',
  assign: 'alert.assign',
  silence: 'alert.silence',
  comment: 'alert.comment',
  resolve: 'alert.resolve',
} as const satisfies Record<AlertStep, Action>

/** Whether the alert can take the step: the server says the same (`server/alerts/rules.ts`). */
function takes(alert: Alert, step: AlertStep): boolean {
  if (step === 'comment') return true
  if (step === 'acknowledge') return alert.status === 'open'
  return alert.status !== 'resolved'
}

export interface AlertActions {
  isBusy(key: number | 'bulk'): boolean
  /** Whether the button belongs there: the right to it, and an alert that can take the step. */
  can(step: AlertStep, alert: Alert): boolean
  /** @returns the alert after it; undefined when it was refused, which has been said then. */
  act(alert: Alert, input: StepInput): Promise<Alert | undefined>
  /** One action on many alerts, each with its own result. */
  bulk(alerts: readonly Alert[], input: BulkStep): Promise<BulkResults | undefined>
}

/** One for all places: an alert is busy in the list, too, while its form is being sent. */
const { isBusy, run } = useBusy()

/** What people do to alerts. The row changes when the push of it arrives, not before. */
export function useAlertActions(): AlertActions {
  const session = useSession()
  return {
    isBusy,
    can: (step, alert) => takes(alert, step) && session.can(RIGHTS[step], alert),
    act: (alert, input) => run(alert.id, () => send(alert, input)),
    bulk: (alerts, input) =>
      run('bulk', async () => {
        const items = alerts.map(({ id, version }) => ({ id, version }))
        return (await call('bulkAlerts', { body: { ...input, items } })).results
      }),
  }
}

function send({ id, version }: Alert, input: StepInput): Promise<Alert> {
  const params = { id }
  switch (input.action) {
    case 'acknowledge':
      return call('acknowledgeAlert', { params, body: { version, note: input.note, until: input.until } })
    case 'assign':
      return call('assignAlert', { params, body: { version, assigneeId: input.assigneeId } })
    case 'silence':
      return call('silenceAlert', { params, body: { version, until: input.until, reason: input.reason } })
    case 'comment':
      return call('commentAlert', { params, body: { text: input.text } })
    case 'resolve':
      return call('resolveAlert', { params, body: { version, note: input.note } })
  }
}
