import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { sentText } from '../../base/sent-text.ts'
import { MAX_NOTE, NOTED } from './notebook-rules.ts'

export * from './notebook-rules.ts'

/** What a note is about. Alerts and rectifications have comments of their own, which stand in the same log. */
export const noteAbout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(NOTED[0]) }),
  z.strictObject({ kind: z.literal(NOTED[1]), code: z.string().min(1).max(30) }),
  z.strictObject({ kind: z.literal(NOTED[2]), id: sentId }),
  z.strictObject({ kind: z.literal(NOTED[3]), id: sentId }),
])
export type NoteAbout = z.infer<typeof noteAbout>

export const newNote = z.object({
  about: noteAbout,
  text: sentText.min(1).max(MAX_NOTE),
  /** The instant that the screen showed; now, unless said. */
  moment: sentInstant.optional(),
  /** One that was sent before (`POST /api/notes/pictures`) by the same person, and is with no note yet. */
  picture: sentId.optional(),
})
export type NewNote = z.infer<typeof newNote>
