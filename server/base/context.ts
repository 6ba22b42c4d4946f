import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db/database.ts'

/**
 * What later wings do when something of an earlier one has happened: each noun that can be followed says by what
 * (`declare module`), and `server/app/after.ts` names who follows.
 */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface After {}

/** The last visit of a site. */
export interface Measured {
  readonly siteId: number
  /** Epoch seconds. */
  readonly at: number
  /** Null: it did not answer. */
  readonly latencyMs: number | null
}

/** What every part of the server is built from. */
export interface Context {
  readonly config: Config
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  /** Tells the live plane that facts were committed. Call after the transaction, never inside. */
  readonly wake: () => void
  /** Tells the live plane of visits that were stored. Call after the transaction. */
  readonly measured: (visits: readonly Measured[]) => void
  /**
   * Has the people behind open sockets looked up again: somebody's rights have ended or changed. Call after the transaction.
   * @param userId whose, 0 for wall links; without it all are looked up, which takes its time.
   */
  readonly recheck: (userId?: number) => void
  readonly after: After
}
