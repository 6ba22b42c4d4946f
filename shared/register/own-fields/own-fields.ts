import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { LEDGER_GROUPS } from '../ledger/ledger-rules.ts'
import { MOST_CHOICES, MOST_LABEL, OWN_KINDS } from './own-fields-rules.ts'

const label = sentText.min(1).max(MOST_LABEL)
const value = z.string().regex(/^c[1-9]\d?$/)

const choice = z.object({
  value,
  zh: z.string(),
  en: z.string(),
  /** It is offered no more; sites that say it go on saying it. */
  retired: z.boolean(),
})

/** A field that the register of this installation has besides the national ones. */
export const ownField = z.object({
  id: z.int(),
  /** Under which sites say it: in the API, in the history, as the name of a column. */
  key: z.string(),
  section: z.string(),
  kind: z.enum(OWN_KINDS),
  zh: z.string(),
  en: z.string(),
  choices: z.array(choice),
  required: z.boolean(),
  /** It is asked for no more; what was said stays in the history. */
  retired: z.boolean(),
  version: z.int(),
})
export type OwnField = z.infer<typeof ownField>

const about = z.object({
  section: z.enum(LEDGER_GROUPS.map(({ key }) => key) as [string, ...string[]]),
  zh: label,
  en: label,
  /** Of a field to choose from. */
  choices: z
    .array(
      z.object({
        /** Of one that is there already; a new one is given its own. */
        value: value.optional(),
        zh: label,
        en: label,
        retired: z.boolean().default(false),
      }),
    )
    .max(MOST_CHOICES)
    .default([]),
  required: z.boolean().default(false),
})
/** What sites say in fields of one's own, by their ids; those that say nothing are left out. */
export const ownValues = z.object({
  values: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
})
export type OwnValues = z.infer<typeof ownValues>

export const newOwnField = about.extend({ kind: z.enum(OWN_KINDS) })
export type NewOwnField = z.output<typeof newOwnField>

/** What it may hold stays: sites say it already. */
export const ownFieldEdit = about.extend({ retired: z.boolean(), version: z.int().min(1) })
export type OwnFieldEdit = z.output<typeof ownFieldEdit>
