import { z } from 'zod'

/** The number of a row, as it stands in an address: no larger than a column can hold. */
export const rowId = z.coerce.number().int().positive().max(2_147_483_647)
