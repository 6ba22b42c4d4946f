import { addDays, localDay, localTime, timeOn } from '../../../../shared/base/time.ts'
import type { QuietHours } from '../../../../shared/desk/notifications/notifications.ts'

/** Whether an instant (epoch ms) lies in the quiet hours, which may go over midnight. */
export function isQuiet(quiet: QuietHours | null, now: number): boolean {
  if (!quiet) return false
  const { from, to } = quiet
  const time = localTime(now)
  return from < to ? time >= from && time < to : time >= from || time < to
}

/** When the quiet hours that an instant lies in are over (epoch ms). */
export function quietEnd({ to }: QuietHours, now: number): number {
  const day = localDay(now)
  const today = timeOn(day, to)
  return today > now ? today : timeOn(addDays(day, 1), to)
}
