import { DAY, HOUR } from '../../../shared/base/time.ts'
import { MOST_WINDOW_DAYS } from '../../../shared/register/rule-editions/editions-rules.ts'

/** What is plain at first, and packed later. */
export type Plain = 'visit' | 'visit_hour'

/**
 * How long after its end a UTC day stays plain (ms). Of visits, who come plain take 40 KB a site and day, and a doubt of
 * the line (`server/recording/doubt.ts`), which is all that changes them, reaches back by hours at most: a day ends at
 * 08:00 in China, and 18 hours later, at two at night, it is out of everybody's reach and nobody is kept waiting. V1 adds
 * up the hours of its week over and over: they stay plain until they are out of it, and take little.
 */
const PLAIN_MS: Record<Plain, number> = {
  visit: 18 * HOUR,
  visit_hour: (1 + MOST_WINDOW_DAYS) * DAY,
}
/** A day that is still plain so long after it was due is one too many for the packing, or it has failed. */
const LATE_MS = 2 * DAY

/** When a UTC day is packed (epoch ms), by its number. */
export const packDueMs = (table: Plain, day: number): number => (day + 1) * DAY + PLAIN_MS[table]

/** Whether a day that is still plain should have been packed long ago. */
export const isLate = (table: Plain, day: number, nowMs: number): boolean =>
  nowMs > packDueMs(table, day) + LATE_MS
