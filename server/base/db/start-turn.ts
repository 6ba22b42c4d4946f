import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { KEEP_ALIVE } from './line/keep-alive.ts'

/** Any number, the same in all processes of an installation; another than that of versions that waited in the database. */
const START_LOCK = 7_310_577_002
const AGAIN_MS = 200

/** Lets processes do one thing one after the other. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>

/**
 * One process after the other, of all that are on this database: what makes tables must not meet the same in another
 * process. The lock is that of a connection of its own, which the work does not need; a process that dies loses it.
 * @param watch told of the connection.
 */
export function aloneAt(connectionString: string, watch: (client: pg.Client) => void = () => {}): Alone {
  return async (work) => {
    const client = new pg.Client({ connectionString, application_name: 'siteward start', ...KEEP_ALIVE })
    client.on('error', () => {})
    await client.connect().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`the database cannot be reached: ${why}`, { cause: error })
    })
    watch(client)
    try {
      await takeTurn(client)
      return await work()
    } finally {
      await client.end()
    }
  }
}

/**
 * Asks again and again. Whoever waited in the database would be waited for: an index that is made beside others waits for every statement
 * that began before it, also for one that waits for who makes the index.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ isOurs: boolean }>('select pg_try_advisory_lock($1) as "isOurs"', [
      START_LOCK,
    ])
    if (rows[0]?.isOurs) return
    await pause(AGAIN_MS)
  }
}
