import { z } from 'zod'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { VIEW_LISTS } from './views-rules.ts'

export * from './views-rules.ts'

/** Filters as the address of the list has them. */
const query = z
  .record(z.string().max(30), z.string().max(200))
  .refine((filters) => Object.keys(filters).length <= 20, { message: 'too many filters' })

/** What somebody saves under a name. */
export const newView = z.object({
  /** Whoever does not say it means the alerts, which were the only list that had views. */
  list: z.enum(VIEW_LISTS).default('alerts'),
  name: sentText.min(1).max(40),
  query,
  /** For everybody; each still sees of a list what is of the own scope only. */
  shared: z.boolean().default(false),
})
export type NewView = z.infer<typeof newView>

/** A saved view of a list. */
export const savedView = z.object({
  id: z.int(),
  list: z.enum(VIEW_LISTS),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  shared: z.boolean(),
  owner: person,
})
export type SavedView = z.infer<typeof savedView>
