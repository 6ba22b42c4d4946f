import { z } from 'zod'
import { namedPlace } from '../base/places.ts'
import { progress } from '../desk/rectifications/rectifications.ts'

/** What a board has instead of all its alerts and rectifications where it does not hold its sites. */
export const levelFigures = z.object({
  /** Live alerts, and of these those that nobody has taken on. */
  alerts: z.int(),
  waiting: z.int(),
  /** Rectifications that are not closed, and of these those of which somebody asks for something. */
  rectifications: z.int(),
  requests: z.int(),
  progress,
  /** Place, alerts that nobody has taken on, rectifications overdue, sites that were down while nobody looked. */
  parts: z.array(z.tuple([z.string(), z.int(), z.int(), z.int()])),
})
export type LevelFigures = z.infer<typeof levelFigures>

/** A board of places: of each its sites by state, in the order of SITE_STATES. */
export const level = z.object({
  counts: z.array(z.tuple([z.string(), z.array(z.int())])),
  figures: levelFigures,
})
export type Level = z.infer<typeof level>

/** The division that a board is of, where that is not all that the installation is for, and what it lies in, the nearest first. */
export const boardNode = z.object({ place: namedPlace, above: z.array(namedPlace) })
export type BoardNode = z.infer<typeof boardNode>
