import { z } from 'zod'
import { sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { ANNOUNCEMENT_STATES, MAX_TEXT } from './announcements-rules.ts'

export * from './announcements-rules.ts'

export const announcementState = z.enum(ANNOUNCEMENT_STATES)

/** What the working group or a district office says to everybody, or to all of a district, until a time. */
export const announcement = z.object({
  id: z.int(),
  /** Whom it is for: all of a district, units with sites there among them; null: everybody. */
  district: z.string().nullable(),
  text: z.string(),
  /** Stands out; for what must not be missed. */
  urgent: z.boolean(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  postedBy: person,
  postedAt: z.iso.datetime(),
  withdrawn: z.object({ by: person, at: z.iso.datetime() }).nullable(),
  /** Whether who asks may withdraw it now. */
  mayWithdraw: z.boolean(),
})
export type Announcement = z.infer<typeof announcement>

export const newAnnouncement = z.object({
  district: z.string().max(20).nullable(),
  text: sentText.min(1).max(MAX_TEXT),
  urgent: z.boolean().default(false),
  /** Now, unless said. */
  from: sentInstant.optional(),
  until: sentInstant,
})
export type NewAnnouncement = z.input<typeof newAnnouncement>
