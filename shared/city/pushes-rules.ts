import type { SubscribeInput, SubscribeResult } from './pushes.ts'

/**
 * `city`, `region:<code>` of any division, `district:<code>` of a group, `unit:<id>` or `site:<id>`; `wall` is the city
 * without what people wrote, for wall displays, `wall:<code>` a division so.
 */
export const ROOM = /^(city|wall|(region|wall|district):[\w-]{1,40}|(unit|site):\d{1,10})$/

/** Whether who hears these rooms is told every fact. */
export const hearsAll = (rooms: readonly string[]) => rooms.includes('city') || rooms.includes('wall')

/**
 * Why the server is about to close the connection.
 * - `restart`: it is going down or being updated; come back by yourself.
 * - `signed-out`: the session, token or wall link has ended.
 * - `changed`: the person's rights are others than before, or the register is, and rooms are out of their sight; ask who one
 *   is, and subscribe to those rooms.
 *
 * After `signed-out` and `changed` the server disconnects the socket (`io server disconnect`); after `restart` only
 * the transport is closed, after which clients come back by themselves. A client that does not read what it is sent
 * (`too-slow`), or sends more than any browser (`too-many`), is cut off with that as the reason of the close frame
 * (code 4008).
 */
export const BYE_REASONS = ['restart', 'signed-out', 'changed'] as const
export type ByeReason = (typeof BYE_REASONS)[number]
export interface ClientToServerEvents {
  subscribe: (input: SubscribeInput, answer: (result: SubscribeResult) => void) => void
}
