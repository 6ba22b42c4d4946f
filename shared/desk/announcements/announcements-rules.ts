import type { Announcement } from './announcements.ts'

/** One line on a wall is read from across the room; two are not. */
export const MAX_TEXT = 120

export const ANNOUNCEMENT_STATES = ['current', 'coming', 'past'] as const
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number]

/** How an announcement stands at an instant (epoch ms): what was withdrawn is past. */
export function stateOf({ from, until, withdrawn }: Announcement, now: number): AnnouncementState {
  if (withdrawn || Date.parse(until) <= now) return 'past'
  return Date.parse(from) > now ? 'coming' : 'current'
}
