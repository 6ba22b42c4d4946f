import type { Announcement } from './announcements.ts'

/** So many square characters have room in the two lines of a wall's foot, if it has nothing else to show. */
export const MAX_TEXT = 120

export const ANNOUNCEMENT_STATES = ['current', 'coming', 'past'] as const
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number]

/** How an announcement stands at an instant (epoch ms): what was withdrawn is past. */
export function stateOf({ from, until, withdrawn }: Announcement, now: number): AnnouncementState {
  if (withdrawn || Date.parse(until) <= now) return 'past'
  return Date.parse(from) > now ? 'coming' : 'current'
}
