import { z } from 'zod'
import { person } from '../../../base/person.ts'
import { DOCUMENT_KINDS } from '../documents-rules.ts'

/** A template of Word without pictures has some 20 KB. */
export const MAX_TEMPLATE_BYTES = 5 * 2 ** 20

/** The template of a kind of document. */
export const template = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  /** 0: the one that the product brings. */
  version: z.int(),
  name: z.string(),
  uploaded: z.object({ by: person, at: z.iso.datetime() }).nullable(),
})
export type Template = z.infer<typeof template>

/** What was found in one: every tag, those within a loop behind its name, and what is wrong with which. */
export const checkedTemplate = template.extend({
  tags: z.array(z.string()),
  problems: z.array(z.object({ tag: z.string(), message: z.string() })),
})
export type CheckedTemplate = z.infer<typeof checkedTemplate>
