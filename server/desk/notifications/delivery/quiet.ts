import { DAY, MINUTE, localDay, localTime, startOfDay } from '../../../../shared/base/time.ts'
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
  const [hours = 0, minutes = 0] = to.split(':').map(Number)
  const today = startOfDay(localDay(now)) + (hours * 60 + minutes) * MINUTE
  return today > now ? today : today + DAY
}
