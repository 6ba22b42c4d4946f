import { z } from 'zod'
import { isDay } from './time.ts'

/** Later than this an instant has more digits than its text has places for, in this zone or that. */
const LATEST = Date.UTC(9000, 0)

/** An instant that somebody sends: ISO 8601, with any offset, of 1970 or later. */
export const sentInstant = z.iso
  .datetime({ offset: true })
  .refine((at) => Date.parse(at) >= 0 && Date.parse(at) < LATEST)

/** A local day that somebody sends, as YYYY-MM-DD: of this age, so that days can be added to it. */
export const sentDay = z.string().refine((day) => isDay(day) && day >= '1970-01-02' && day < '9000')
