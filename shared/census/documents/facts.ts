import { z } from 'zod'
import { factBase, toMany } from '../../base/facts.ts'

/** On the way to being issued: of those who make documents alone. */
export const DRAFT_FACTS = ['document.inReview', 'document.returned'] as const

export const DOCUMENT_FACTS = [
  ...DRAFT_FACTS,
  'document.issued',
  'document.superseded',
  'document.replied',
] as const

export const documentChanged = z.object({
  ...factBase,
  kind: z.enum(DOCUMENT_FACTS),
  data: z.object({
    documentId: z.int(),
    title: z.string(),
    /** Its number, or what stands for one before it is issued. */
    number: z.string(),
    text: z.string().nullable(),
    ...toMany,
  }),
})
export type DocumentChanged = z.infer<typeof documentChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    document: DocumentChanged
  }
}
