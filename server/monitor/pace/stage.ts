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

/** So many more turns a stage can carry, however much room it has: what waits holds its page in memory. */
export function carries({ waiting, room, perS }: Stage): number {
  return Math.max(0, Math.min(room, Math.max(LEAD_AT_LEAST, LEAD_S * perS) - waiting))
}
