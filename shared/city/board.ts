import { z } from 'zod'
import { namedPlace } from '../base/places.ts'
import { alert } from '../desk/alerts/alerts.ts'
import { progress, rectification } from '../desk/rectifications/rectifications.ts'
import { installation } from '../people/settings/settings.ts'
import { areaPlace } from '../register/divisions/divisions.ts'
import { fact } from './facts.ts'
import { boardNode, level } from './level.ts'

export * from './board-rules.ts'
export * from './counts-rules.ts'

/**
 * One site in a snapshot, in this order: id, code, name, district, unitId, level, platform, state, stateSince,
 * availability, cause, since, v1, share, v2, newest, lastVisitAt, latencyMs, flapping (0 or 1), v3. Words that repeat are indexes
 * into SITE_STATES, AVAILABILITIES, VERDICTS, LEVELS and the snapshot's `districts` and `platforms`; times are
 * epoch seconds, 0 for never.
 */
export const siteRow = z.tuple([
  z.int(),
  z.string(),
  z.string(),
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.string().nullable(),
  z.int(),
  z.int(),
  z.number().nullable(),
  z.int(),
  z.string().nullable(),
  z.int(),
  z.number().nullable(),
  z.int(),
  z.int(),
])
export type SiteRow = z.infer<typeof siteRow>

/** One site in a pulse: id, last visit (epoch seconds), latency (ms, null when the visit failed). */
export const pulseRow = z.tuple([z.int(), z.int(), z.number().nullable()])
export type PulseRow = z.infer<typeof pulseRow>

export const snapshot = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  /** The sites are the demo fleet's. */
  demo: z.boolean(),
  districts: z.array(z.string()),
  /** The place that the installation is for; null while no register is loaded. */
  area: areaPlace.nullable(),
  /** Every group with its names, in the order of the wall; `districts` may have more, of the past. */
  groups: z.array(namedPlace),
  /** Null: all that the installation is for, or what a person's rooms have of it. */
  node: boardNode.nullable(),
  /** Null where the sites themselves are on the board; else they are not, and of the rest there is what matters most. */
  level: level.nullable(),
  installation,
  platforms: z.array(z.string()),
  sites: z.array(siteRow),
  alerts: z.array(alert),
  rectifications: z.array(rectification),
  /** Site, raised, closed: see `Board`. */
  tally: z.array(z.tuple([z.int(), z.int(), z.int()])),
  /** Outages that nobody has looked at: alert, site. */
  missed: z.array(z.tuple([z.int(), z.int()])),
  /** The last facts, oldest first, for a ticker. */
  recent: z.array(fact),
})
export type Snapshot = z.infer<typeof snapshot>
export { progress }
