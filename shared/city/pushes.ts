import { z } from 'zod'
import { pulseRow, snapshot } from './board.ts'
import { fact } from './facts.ts'
import { levelFigures } from './level.ts'
import { BYE_REASONS, ROOM } from './pushes-rules.ts'

export * from './pushes-rules.ts'

export const room = z.string().regex(ROOM)

/** What a client may ask over the socket: to hear rooms, from a fact on if it was here before. */
export const subscribeInput = z.object({
  rooms: z.array(room).min(1).max(200),
  since: z.int().nonnegative().optional(),
})
export type SubscribeInput = z.infer<typeof subscribeInput>

export const subscribeResult = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** The number of the last fact that the client now has. */
    seq: z.int(),
    /** Whether a `snapshot` was sent; otherwise the facts after `since` were. */
    snapshot: z.boolean(),
  }),
  z.object({
    ok: z.literal(false),
    code: z.string(),
    /** A sentence for people, in both languages. */
    message: z.string(),
    /** Not now: worth asking again after this long. Absent: asking again changes nothing. */
    retryMs: z.int().positive().optional(),
  }),
])
export type SubscribeResult = z.infer<typeof subscribeResult>

/** The latest measurements, at most once a second; also the heart-beat by which a wall knows that it hears. */
export const pulse = z.object({
  at: z.iso.datetime(),
  /** The last fact told before this pulse. */
  seq: z.int(),
  rows: z.array(pulseRow),
  /** Of a board without its sites: what it has instead of them. */
  figures: levelFigures.optional(),
  /** Visits in the last minute, and sites whose turn is overdue. */
  monitor: z.object({
    visitsPerMinute: z.int(),
    overdue: z.int(),
    lastVisitAt: z.int(),
    /** After so many seconds without a visit the monitors stand still; null: nobody is to be visited. */
    silentAfterS: z.int().nullable(),
    /** Where more is asked than can be carried: turns come so late, seconds, and visits a second of both. */
    behind: z.object({ seconds: z.int(), capacity: z.int(), wanted: z.int() }).nullable(),
    /** Whether pages are drawn by a browser where what their server sends is not enough. */
    draws: z.boolean(),
  }),
})
export type Pulse = z.infer<typeof pulse>
export const bye = z.object({ reason: z.enum(BYE_REASONS) })

/** Every push of the server, with its payload. */
export const pushes = { snapshot, facts: z.array(fact), pulse, bye } as const
export type Pushes = typeof pushes

export type ServerToClientEvents = { [E in keyof Pushes]: (payload: z.output<Pushes[E]>) => void }
