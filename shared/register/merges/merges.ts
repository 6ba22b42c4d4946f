import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentText } from '../../base/sent-text.ts'
import { newSite, siteEdit } from '../ledger/ledger.ts'
import { MOST_REASON } from '../ledger/ledger-rules.ts'
import { SAME } from './merges-rules.ts'

const reason = sentText.min(1).max(MOST_REASON)
const named = z.object({ id: z.int(), code: z.string(), name: z.string() })
const done = z.object({ site: named, at: z.iso.datetime(), by: z.string(), reason: z.string() })

/** Two entries of the register that are one site: one of them goes, and what is kept of it stays with it. */
export const merge = done.extend({
  id: z.int(),
  /** Whether the reader may take it back. */
  mayUndo: z.boolean(),
  /** How much of the site that went was open, and went over. */
  moved: z.object({ rectifications: z.int(), findings: z.int() }),
})
export type Merge = z.infer<typeof merge>

/** What a site has to do with others. Sites that the reader may not see are named all the same. */
export const siteKin = z.object({
  /** It is that site, and is looked after there. */
  mergedInto: merge.nullable(),
  /** Sites that were merged into it; their codes are its former ones. */
  merged: z.array(merge),
  splitFrom: done.nullable(),
  splitInto: z.array(done),
})
export type SiteKin = z.infer<typeof siteKin>

/** The one that stays is in the address; fields are what it says from then on. */
export const mergeInput = siteEdit.extend({ otherId: rowId, otherVersion: z.int().min(1) })
export type MergeInput = z.output<typeof mergeInput>
export const undoInput = z.object({ reason })

/** What is left out is as the one that it is made of says. */
export const splitInput = newSite.extend({ version: z.int().min(1), reason })
export type SplitInput = z.output<typeof splitInput>

/** Sites that may be one, and by what. */
export const likelyDuplicates = z.object({
  same: z.array(z.enum(SAME)),
  sites: z.array(named.extend({ url: z.string(), unit: z.string(), district: z.string() })),
})
export type LikelyDuplicates = z.infer<typeof likelyDuplicates>
