import { z } from 'zod'
import { factBase } from '../../base/facts.ts'
import { person } from '../../base/person.ts'
import { rectification, rectificationRequest } from './rectifications.ts'

export const RECTIFICATION_FACTS = [
  'rectification.raised',
  'rectification.assigned',
  'rectification.accepted',
  'rectification.submitted',
  'rectification.verifying',
  'rectification.closed',
  'rectification.returned',
  'rectification.extended',
  'rectification.overridden',
  'rectification.relapsed',
  'rectification.paused',
  'rectification.resumed',
  'rectification.atRisk',
  'rectification.overdue',
  'rectification.rescheduled',
  'rectification.asked',
  'rectification.withdrawn',
  'rectification.granted',
  'rectification.refused',
  'rectification.commented',
  'rectification.attached',
  'rectification.detached',
  'rectification.moved',
] as const
export type RectificationFactKind = (typeof RECTIFICATION_FACTS)[number]

export const rectificationChanged = z.object({
  ...factBase,
  kind: z.enum(RECTIFICATION_FACTS),
  data: z.object({
    rectification,
    text: z.string().nullable(),
    /** Whom a comment mentions. */
    mentions: z.array(person).optional(),
    /** What was asked for, withdrawn or answered. */
    request: rectificationRequest.optional(),
  }),
})

export type RectificationChanged = z.infer<typeof rectificationChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    rectification: RectificationChanged
  }
}
