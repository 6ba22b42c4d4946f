import { z } from 'zod'
import { UNMEASURED } from './messages-rules.ts'

export const waitingLetter = z.object({ on: z.string(), title: z.string(), url: z.string().nullable() })

/** What the monitor has seen of the letters on a site itself: `MessagesVerdict`. */
export const messagesVerdict = z.object({
  outcome: z.enum(['found', 'clear', 'unmeasured']),
  why: z.enum(UNMEASURED).nullable(),
  count: z.int(),
  some: z.array(waitingLetter),
})

/** A message column as a site's page shows it. */
export const messageColumn = z.object({
  name: z.string(),
  url: z.string(),
  seenAt: z.iso.datetime(),
  /** When its letters were read last; null: they could not be yet. */
  readAt: z.iso.datetime().nullable(),
  verdict: messagesVerdict,
  /** Letters with a day, and those of them with an answer; null: not read. */
  dated: z.int().nullable(),
  answered: z.int().nullable(),
  waiting: z.int().nullable(),
})
export type MessageColumn = z.infer<typeof messageColumn>
