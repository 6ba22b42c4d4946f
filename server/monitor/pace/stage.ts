import { SECOND } from '../../../shared/base/time.ts'

/** A stage of the way from a turn to what is recorded, as those before it see it. */
export interface Stage {
  readonly name: 'visit' | 'read' | 'record'
  /** How many wait in it. */
  readonly waiting: number
  /** How many more it takes. */
  readonly room: number
  /** How long the first of them has waited, ms; 0 when none does. */
  readonly oldestMs: number
  /** How many it has done a second, lately. */
  readonly perS: number
}

/** What a stage lets wait is done within so long; a stage that has just begun may be given a few all the same. */
const LEAD_S = 5
const LEAD_AT_LEAST = 300
/** Where none waits longer, a stage does what comes to it. */
const IDLE_MS = SECOND

/** The visits that are on their way to a stage, and how many may be at once. */
interface OnTheWay {
  readonly inFlight: number
  readonly most: number
}

/**
 * So much more it takes, a whole number, however much room it has: what waits holds its page in memory. One that keeps up is no reason
 * to take fewer than may be under way: those that hang lie at their hosts, not in the stage.
 */
export function takes({ waiting, room, perS, oldestMs }: Stage, most: number): number {
  const lead = Math.max(LEAD_AT_LEAST, LEAD_S * perS, oldestMs < IDLE_MS ? most : 0)
  return Math.max(0, Math.min(room, Math.floor(lead) - waiting))
}

/** So many more turns a stage can carry: what is on its way comes first. */
export const carries = (stage: Stage, { inFlight, most }: OnTheWay): number =>
  Math.max(0, takes(stage, most) - inFlight)
