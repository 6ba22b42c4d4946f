import { z } from 'zod'
import { factBase } from '../../base/facts.ts'
import { NOTED } from './notebook-rules.ts'

export const NOTE_FACTS = ['note.written'] as const

/** A note is a fact and nothing else: it stands in the log beside what was done, and is never changed. */
export const noteWritten = z.object({
  ...factBase,
  kind: z.enum(NOTE_FACTS),
  data: z.object({
    /** Null where only that something was written is told: on a wall. */
    text: z.string().nullable(),
    /** The instant that the screen showed. */
    moment: z.iso.datetime(),
    /** Of the screen (`GET /api/notes/pictures/:id`); notes without one do not have it. */
    picture: z.int().optional(),
    about: z.object({
      kind: z.enum(NOTED),
      id: z.int().nullable(),
      /** As it was called then; null: the whole. */
      name: z.string().nullable(),
    }),
  }),
})
export type NoteWritten = z.infer<typeof noteWritten>

declare module '../../base/facts.ts' {
  interface Facts {
    note: NoteWritten
  }
}
