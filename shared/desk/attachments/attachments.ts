import { z } from 'zod'
import { person } from '../../base/person.ts'

export * from './attachments-rules.ts'

export const attachment = z.object({
  id: z.int(),
  rectificationId: z.int(),
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.int(),
  by: person,
  at: z.iso.datetime(),
})
export type Attachment = z.infer<typeof attachment>
