import { z } from 'zod'
import { factBase } from '../../base/facts.ts'
import { person } from '../../base/person.ts'
import { alert } from './alerts.ts'

export const ALERT_FACTS = [
  'alert.opened',
  'alert.raised',
  'alert.eased',
  'alert.reopened',
  'alert.grouped',
  'alert.acknowledged',
  'alert.informed',
  'alert.unacknowledged',
  'alert.forgotten',
  'alert.escalated',
  'alert.assigned',
  'alert.silenced',
  'alert.unsilenced',
  'alert.seen',
  'alert.commented',
  'alert.regraded',
  'alert.merged',
  'alert.split',
  'alert.resolved',
  'alert.falsified',
] as const
export type AlertFactKind = (typeof ALERT_FACTS)[number]

export const alertChanged = z.object({
  ...factBase,
  kind: z.enum(ALERT_FACTS),
  data: z.object({
    alert,
    text: z.string().nullable(),
    /** Whom a comment mentions. */
    mentions: z.array(person).optional(),
  }),
})

export type AlertChanged = z.infer<typeof alertChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    alert: AlertChanged
  }
}
