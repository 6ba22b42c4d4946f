import { z } from 'zod'
import { pulseRow, snapshot } from './board.ts'
import { fact } from './facts.ts'

/**
 * `city`, `region:<code>`, `district:<code>`, `unit:<id>` or `site:<id>`; `wall` is the city without what people
 * wrote, for wall displays.
 */
export const ROOM = /^(city|wall|region:\d{2,12}|district:[\w-]{1,40}|(unit|site):\d{1,10})$/
export const room = z.string().regex(ROOM)

/** Whether who hears these rooms is told every fact. */
export const hearsAll = (rooms: readonly string[]) => rooms.includes('city') || rooms.includes('wall')

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
  /** Visits in the last minute, and sites whose turn is overdue. */
  monitor: z.object({ visitsPerMinute: z.int(), overdue: z.int(), lastVisitAt: z.int() }),
})
export type Pulse = z.infer<typeof pulse>

/**
 * Why the server is about to close the connection.
 * - `restart`: it is going down or being updated; come back by yourself.
 * - `signed-out`: the session, token or wall link has ended.
 * - `changed`: the person's rights are others than before; ask who one is, and subscribe to those rooms.
 *
 * After `signed-out` and `changed` the server disconnects the socket (`io server disconnect`); after `restart` only
 * the transport is closed, after which clients come back by themselves. A client that does not read what it is sent
 * (`too-slow`), or sends more than any browser (`too-many`), is cut off with that as the reason of the close frame
 * (code 4008).
 */
export const BYE_REASONS = ['restart', 'signed-out', 'changed'] as const
export const bye = z.object({ reason: z.enum(BYE_REASONS) })
export type ByeReason = (typeof BYE_REASONS)[number]

/** Every push of the server, with its payload. */
export const pushes = { snapshot, facts: z.array(fact), pulse, bye } as const
export type Pushes = typeof pushes

export type ServerToClientEvents = { [E in keyof Pushes]: (payload: z.output<Pushes[E]>) => void }
export interface ClientToServerEvents {
  subscribe: (input: SubscribeInput, answer: (result: SubscribeResult) => void) => void
}
