import { DAY } from '../../../shared/base/time.ts'
import type { DutyDesk } from '../../../shared/desk/duty/duty.ts'

export const LOG_SPANS = ['shift', 'day', 'week'] as const
export type LogSpan = (typeof LOG_SPANS)[number]

/** From when on a log is read (epoch ms): the beginning of the running turn, or a day or a week ago. */
export function logFrom(span: LogSpan, desk: DutyDesk | undefined, nowMs: number): number {
  if (span === 'week') return nowMs - 7 * DAY
  return span === 'shift' && desk?.now ? Date.parse(desk.now.startsAt) : nowMs - DAY
}
