import { z } from 'zod'
import { rowId } from '../../../base/ids.ts'
import { sentText } from '../../../base/sent-text.ts'
import { MOST_REASON } from '../../ledger/ledger-rules.ts'

const reason = sentText.min(1).max(MOST_REASON)
const named = z.object({ id: z.int(), name: z.string() })

/** A unit that became one with another: it goes, and what it had to do is the other's. */
export const unitMerge = z.object({
  id: z.int(),
  /** The other of the two: into which it went, or which went into it. */
  unit: named,
  at: z.iso.datetime(),
  by: z.string(),
  reason: z.string(),
  /** How much went over. */
  moved: z.object({ sites: z.int(), accounts: z.int(), rectifications: z.int() }),
  mayUndo: z.boolean(),
})
export type UnitMerge = z.infer<typeof unitMerge>

/** What a unit has to do with others. */
export const unitKin = z.object({
  mergedInto: unitMerge.nullable(),
  merged: z.array(unitMerge),
})
export type UnitKin = z.infer<typeof unitKin>

/** The one that goes is in the address. */
export const unitMergeInput = z.object({ intoId: rowId, reason })
export type UnitMergeInput = z.output<typeof unitMergeInput>
export const unitUndoInput = z.object({ reason })
