import { z } from 'zod'

/** The largest number that a row can have. */
export const MOST_ID = 2_147_483_647

/** The number of a row, as it stands in an address: no larger than a column can hold. */
export const rowId = z.coerce.number().int().positive().max(MOST_ID)

/** The number of a row that somebody sends. */
export const sentId = z.int().positive().max(MOST_ID)
