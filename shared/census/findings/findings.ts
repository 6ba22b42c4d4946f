import { z } from 'zod'
import { sentId } from '../../base/ids.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { FINDING_STATES, MOST_COUNT, MOST_NOTE, MOST_PROOF, MOST_PROOFS } from './findings-rules.ts'

/** A password in an address would be shown to everybody. */
const address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => !URL.canParse(text) || new URL(text).username === '')
const rule = z.string().regex(/^[A-Z]\d{1,2}[a-z]?$/)

/** What a person has found on a site, by a rule of the census. */
export const newFinding = z.object({
  siteId: sentId,
  rule,
  /** The page, link or column that it is about; of this the monitor's own count stands back. Null: the whole site. */
  target: address.nullable().default(null),
  /**
   * How many of what the rule counts; null: there is no such column at all. Of rules that are judged by their number in
   * all (surveys, interviews) this is that number, and 0 elsewhere says that there is nothing to find. A class that guides
   * lack counts once: without `target` this is the number of classes in all; confirmed by a second person it stands in
   * the place of the monitor's, as 0 does for letters, and until then the greater of the two counts.
   */
  count: z.int().min(0).max(MOST_COUNT).nullable().default(1),
  note: sentText.min(1).max(MOST_NOTE),
  /** Addresses of screenshots, kept pages or documents. */
  proof: z
    .array(sentText.min(1).max(2000))
    .max(MOST_PROOFS)
    .refine((all) => all.join('').length <= MOST_PROOF)
    .default([]),
})
export type NewFinding = z.output<typeof newFinding>

/** A screenshot, kept with the finding. */
export const picture = z.object({ id: z.int(), name: z.string(), size: z.int() })
export type Picture = z.infer<typeof picture>

const step = z.object({ by: person, at: z.iso.datetime(), note: z.string().nullable() })

export const censusFinding = z.object({
  id: z.int(),
  version: z.int(),
  number: z.string(),
  siteId: z.int(),
  siteName: z.string(),
  district: z.string(),
  edition: z.string(),
  rule,
  target: z.string().nullable(),
  count: z.int().nullable(),
  note: z.string(),
  proof: z.array(z.string()),
  pictures: z.array(picture),
  state: z.enum(FINDING_STATES),
  recorded: step,
  /** Null: nobody had to; or has not yet. */
  confirmed: step.nullable(),
  /** Dismissed or mended. */
  ended: step.nullable(),
  /** What whoever asks may do with it now. */
  may: z.array(z.enum(['confirm', 'dismiss', 'mend', 'illustrate'])),
})
export type CensusFinding = z.infer<typeof censusFinding>
