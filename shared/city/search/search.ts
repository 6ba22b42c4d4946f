import { z } from 'zod'
import { FOUND_KINDS } from './search-rules.ts'

/** One thing that was found; what does not concern its kind is null. */
export const hit = z.object({
  /** Of a person without an account, the number of the contact. */
  id: z.int(),
  name: z.string(),
  /** From which sign of the name to before which it fits; null where it was found by something else. */
  marked: z.tuple([z.int(), z.int()]).nullable(),
  /** Code of a site, number of a letter or of an issued document. */
  number: z.string().nullable(),
  /** What it is, or how it stands, in the codes of its kind; of a contact `head`, `contact` or `duty`. */
  is: z.string().nullable(),
  /** By which rule; of alerts and rectifications. */
  rule: z.string().nullable(),
  district: z.string().nullable(),
  unit: z.object({ id: z.int(), name: z.string() }).nullable(),
})
export type Hit = z.infer<typeof hit>

/** What was found of one kind. */
export const foundOfKind = z.object({
  kind: z.enum(FOUND_KINDS),
  total: z.int().describe('How many there are; at least so many where there are more'),
  isMore: z.boolean(),
  /** It could not be looked for just now; the other kinds were. */
  failed: z.boolean(),
  items: z.array(hit),
})
export type FoundOfKind = z.infer<typeof foundOfKind>
